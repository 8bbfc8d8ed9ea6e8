package import Manifests
package import Model
import Synchronization

/// Keeps what was rendered until something that was read for it changes.
package final class RenderCache: Sendable {
    private struct Key: Hashable {
        let application: String
        let source: Application.Source
        let substitute: [String: String]
        let release: String?
    }

    private struct Entry {
        let manifests: [Manifest]
        let inputs: RenderedInputs
        let facts: RenderedFacts?
        let cost: Int
        var used: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var cost = 0
        var clock: UInt64 = 0
    }

    private let maximumEntries: Int
    private let maximumBytes: Int
    private let state = Mutex(State())

    /// Keeps at most so many renderings, and about so many bytes of memory; what was not used for longest goes first.
    package init(maximumEntries: Int = 5000, maximumBytes: Int = 64 << 20) {
        self.maximumEntries = maximumEntries
        self.maximumBytes = maximumBytes
    }

    /// What `Rendering.rendered` gives. `application` tells apart applications whose sources read alike, such as the same path of two
    /// repositories.
    ///
    /// Throws what rendering throws; an error is not kept.
    package func manifests(
        of source: Application.Source, in tree: any FileTree, substitute: [String: String] = [:], for application: String = "",
        context: RenderContext = RenderContext()
    ) async throws -> RenderedSource {
        let key = Key(application: application, source: source, substitute: substitute, release: context.release)
        if let kept = kept(key), await kept.inputs.hold(in: tree), await kept.facts?.hold(in: context) ?? true {
            return RenderedSource(
                manifests: kept.manifests, isFresh: false, live: kept.facts?.live ?? LiveFacts(),
                release: kept.facts?.release?.revision)
        }
        let recording = RecordingTree(tree)
        let output = try await withTaskExecutorPreference(RenderThread()) {
            try await Rendering.render(source, in: recording, substitute: substitute, context: context)
        }
        let root = try output.whole ?? TreePath(source.path)
        let subtree = try await tree.subtreeFingerprint(at: root)
        if let prints = output.whole == nil ? recording.record : subtree.map({ _ in [:] }) {
            keep(output.manifests, RenderedInputs(prints: prints, root: root, subtree: subtree), output.facts, key)
        }
        return output.rendered
    }

    /// Of the entries kept now.
    var count: Int { state.withLock { $0.entries.count } }

    private func kept(_ key: Key) -> Entry? {
        state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            state.clock += 1
            state.entries[key]?.used = state.clock
            return entry
        }
    }

    private func keep(_ manifests: [Manifest], _ inputs: RenderedInputs, _ facts: RenderedFacts?, _ key: Key) {
        let cost = manifests.reduce(inputs.prints.count * 200) { $0 + $1.value.footprint }
        state.withLock { state in
            if let old = state.entries.removeValue(forKey: key) { state.cost -= old.cost }
            guard cost <= maximumBytes, maximumEntries > 0 else { return }
            state.clock += 1
            state.entries[key] = Entry(manifests: manifests, inputs: inputs, facts: facts, cost: cost, used: state.clock)
            state.cost += cost
            evict(&state)
        }
    }

    /// A tenth more than it has to, so that a full cache is not sorted at every rendering.
    private func evict(_ state: inout State) {
        guard state.entries.count > maximumEntries || state.cost > maximumBytes else { return }
        for (key, entry) in state.entries.sorted(by: { $0.value.used < $1.value.used }).dropLast() {
            guard state.entries.count > maximumEntries * 9 / 10 || state.cost > maximumBytes / 10 * 9 else { return }
            state.entries[key] = nil
            state.cost -= entry.cost
        }
    }
}

extension Value {
    /// The memory that it takes, about, in bytes.
    fileprivate var footprint: Int {
        switch self {
        case .null, .bool, .integer, .double: 24
        case .string(let text): 24 + (text.utf8.count > 15 ? text.utf8.count + 32 : 0)
        case .array(let values): values.reduce(64) { $0 + $1.footprint }
        case .object(let object): object.members.reduce(64) { $0 + 24 + $1.value.footprint }
        }
    }
}
