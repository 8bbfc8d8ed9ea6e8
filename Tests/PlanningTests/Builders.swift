import Manifests
import Model
import Planning
import Testing

/// `apps/Deployment shop/web`, `Namespace shop`: a key as messages print it.
func key(_ text: String) -> ResourceKey {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    let groupKind = parts[0].split(separator: "/").map(String.init)
    let place = parts[1].split(separator: "/").map(String.init)
    return ResourceKey(
        group: groupKind.count == 2 ? groupKind[0] : "", kind: groupKind[groupKind.count - 1],
        namespace: place.count == 2 ? place[0] : nil, name: place[place.count - 1])
}

func digest(_ text: String) -> Digest { Digest(bytes: Array(text.utf8)) }

func desired(
    _ text: String, version: Int = 1, _ annotations: [String: String] = [:], requires: [String] = [], provides: Set<String> = []
) -> DesiredObject {
    let notes = Object(annotations.map { ($0, Value.string($1)) })
    return DesiredObject(
        key: key(text),
        manifest: Manifest(value: ["metadata": ["annotations": .object(notes)]], origin: Origin(file: "all.yaml", line: 1)),
        digest: digest("\(text) \(version) \(annotations.sorted { $0.key < $1.key })"), requires: Set(requires.map(key)),
        provides: provides)
}

/// A source, a target and an inventory; every change of them is one line of a table.
struct World: Sendable {
    var input = PlanInput(
        identity: ApplicationIdentity(installation: "i", name: "shop"), revision: "main@sha1:1", desired: [], observed: [:],
        inventory: Inventory(identity: ApplicationIdentity(installation: "i", name: "shop")), policy: SyncPolicy(),
        now: "2026-01-01T12:00:00Z")

    mutating func desire(_ text: String, version: Int = 1, _ annotations: [String: String] = [:], requires: [String] = []) {
        input.desired.append(desired(text, version: version, annotations, requires: requires))
    }

    mutating func live(
        _ text: String, uid: String? = nil, owner: ObservedResource.Owner = .this,
        difference: ObservedResource.Difference = .same, terminating: Bool = false, holdUntil: String? = nil
    ) {
        input.observed[key(text)] = ObservedResource(
            key: key(text), uid: uid ?? "uid of \(text)", owner: owner, difference: difference, isTerminating: terminating,
            holdUntil: holdUntil)
    }

    mutating func remember(
        _ text: String, uid: String? = nil, version: Int = 1, state: Inventory.Entry.State = .applied, wave: Int = 0,
        kept: Bool = false
    ) {
        input.inventory.entries[key(text)] = Inventory.Entry(
            state: state, uid: uid ?? "uid of \(text)", digest: desired(text, version: version).digest, wave: wave, isKept: kept)
    }

    /// Applied by an earlier sync and still there; in the source only where `desire` says so.
    mutating func applied(_ texts: String..., wave: Int = 0, kept: Bool = false) {
        for text in texts {
            remember(text, wave: wave, kept: kept)
            live(text)
        }
    }

    /// In the source, applied and unchanged.
    mutating func settled(_ texts: String...) {
        for text in texts {
            desire(text)
            remember(text)
            live(text)
        }
    }

    /// What is desired now was synced to the end before.
    mutating func synced() {
        input.inventory.synced = Inventory.SyncedRecord(
            renderedDigest: Planner.renderedDigest(of: input.desired), revision: input.revision)
    }

    mutating func hook(_ text: String, _ phase: HookPhase, was state: Inventory.SyncRecord.HookState) {
        input.inventory.sync = Inventory.SyncRecord(
            operation: "1", renderedDigest: Planner.renderedDigest(of: input.desired), revision: input.revision,
            hooks: [HookRecordKey.text(key(text), phase): state])
    }

    func plan() throws -> Plan { try Planner.plan(input) }
}

extension Operation {
    /// `create ConfigMap a`, `held delete ConfigMap b`: what a table compares with.
    var line: String {
        let state = state.name == "ready" ? "" : "\(state.name) "
        return "\(state)\(action.rawValue) \(key)"
    }
}

extension Plan {
    var lines: [String] { operations.map(\.line) }
}

/// One line of a table: how the world is, and the plan that follows.
struct PlanCase: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: [String]
    let arrange: @Sendable (inout World) -> Void

    init(_ name: String, _ expected: [String], _ arrange: @escaping @Sendable (inout World) -> Void) {
        self.name = name
        self.expected = expected
        self.arrange = arrange
    }

    var testDescription: String { name }

    func plan() throws -> Plan {
        var world = World()
        arrange(&world)
        return try world.plan()
    }
}

/// SplitMix64: the same seed gives the same case on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &self)] }
}
