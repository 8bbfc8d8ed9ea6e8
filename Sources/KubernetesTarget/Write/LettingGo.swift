import KubernetesClient
import Logging
import Manifests
import Model

extension KubernetesTarget {
    /// What an adoption makes of an object, from what a dry run says of it as long as earlier tools have their fields.
    ///
    /// What they alone own and nobody declares goes when their fields become ours. The server fills in its defaults again, so it is
    /// asked what is left then; where it cannot tell, `outcome` is as good as it gets.
    func letGo(in outcome: Value, of live: Value, _ declaration: Declaration) async throws -> Value {
        let abandoned = Abandoned(of: live, declaredIn: outcome, by: declaration).paths
        guard !abandoned.isEmpty else { return outcome }
        var rest = outcome
        for path in abandoned { rest.set(nil, at: path) }
        let key = declaration.desired.key
        do {
            return try await writer.patch(
                try await resource(of: declaration.desired), namespace: key.namespace, name: key.name,
                body: .array(Self.patch(from: live, to: rest)), type: .json, fieldManager: declaration.manager, dryRun: true)
        } catch let error as KubernetesError where !error.isRetryable {
            logger.debug(
                "What an adoption removes is not shown.", metadata: ["object": "\(key)", "error": "\(error)"])
            return outcome
        }
    }

    private static let shared: Set<String> = ["apiVersion", "kind", "metadata", "status"]

    private static func patch(from live: Value, to rest: Value) -> [Value] {
        func change(_ path: String, _ old: Value?, _ new: Value?) -> Value? {
            guard old != new else { return nil }
            guard let new else { return ["op": "remove", "path": .string(path)] }
            return ["op": "add", "path": .string(path), "value": new]
        }
        let members = Set((live.object ?? Object()).keys + (rest.object ?? Object()).keys).subtracting(shared).sorted()
        let marks = ["labels", "annotations"].compactMap { name in
            change("/metadata/\(name)", live.at("metadata", name), rest.at("metadata", name))
        }
        return marks + members.compactMap { change(FieldPath([.key($0)]).description, live[$0], rest[$0]) }
    }
}

/// The fields that go when an application takes over from earlier tools: theirs alone, and not declared.
struct Abandoned {
    private(set) var paths: [FieldPath] = []

    /// `outcome` is the object as the server returned it for an apply of the application's.
    init(of live: Value, declaredIn outcome: Value, by declaration: Declaration) {
        let manager = declaration.manager
        let entries = ManagedFields(of: live).entries
        let taken = entries.filter { Takeover.isTaken($0, by: manager) }
        let declared = ManagedFields(of: outcome).entries.filter { $0.manager == manager && $0.isApply }
        let others = entries.filter { $0.manager != manager && !Takeover.isTaken($0, by: manager) }
        let tree = taken.map(\.fields).reduce(.object(Object()), FieldTree.union)
        visit(tree, FieldPath(), FieldNodes((declared + others).map(\.fields)))
        // From the last to the first, so that what is left keeps its place.
        paths.reverse()
    }

    private mutating func visit(_ tree: Value, _ path: FieldPath, _ kept: FieldNodes) {
        // What another has as one value it has with all that is in it.
        if !path.steps.isEmpty, kept.hasLeaf { return }
        for member in tree.object ?? Object() {
            guard let step = Self.step(member.key), member.key != "f:status" || !path.steps.isEmpty else { continue }
            let below = path.appending(step)
            if kept.descending(step).isEmpty, Self.isWhole(member.key, member.value) {
                paths.append(below)
            } else if !(member.value.object?.isEmpty ?? true) {
                visit(member.value, below, kept.descending(step))
            }
        }
    }

    /// Whether it goes at once: one value, or an element of a list with all that is in it.
    private static func isWhole(_ key: String, _ value: Value) -> Bool {
        (value.object?.isEmpty ?? true) || (key.hasPrefix("k:") && value["."] != nil)
    }

    private static func step(_ key: String) -> FieldPath.Step? {
        if key.hasPrefix("f:") { return .key(String(key.dropFirst(2))) }
        guard let value = JSONText.value(String(key.dropFirst(2))) else { return nil }
        if key.hasPrefix("v:") { return value.scalarText.map { .value($0) } }
        guard key.hasPrefix("k:"), let members = value.object else { return nil }
        var pairs: [String: String] = [:]
        for member in members { pairs[member.key] = member.value.scalarText }
        return .element(pairs)
    }
}
