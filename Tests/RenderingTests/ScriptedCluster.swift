import Manifests
import Model
import Synchronization

@testable import Rendering

/// What is live, as a test has it, and what was asked.
final class ScriptedCluster: Sendable {
    private struct State {
        var objects: [LiveQuery: Value] = [:]
        var denied: Set<LiveQuery> = []
        var reads: [String] = []
    }

    private let state = Mutex(State())

    init(_ objects: [LiveQuery: Value] = [:]) { state.withLock { $0.objects = objects } }

    var reads: [String] { state.withLock { $0.reads } }

    func set(_ query: LiveQuery, _ object: Value?) { state.withLock { $0.objects[query] = object } }
    func deny(_ query: LiveQuery) { state.withLock { _ = $0.denied.insert(query) } }

    var context: RenderContext {
        var context = RenderContext(release: "shop")
        context.namespace = { "shop" }
        context.live = reader
        return context
    }

    var reader: LiveReader {
        LiveReader(
            read: { query in
                try self.state.withLock { state in
                    state.reads.append(query.words)
                    if state.denied.contains(query) { throw PlumbError(.denied, "\(query.words) may not be read.") }
                    return LiveAnswer(value: state.objects[query], stamp: Self.stamp(state.objects[query], query))
                }
            },
            stamp: { query in self.state.withLock { Self.stamp($0.objects[query], query) } })
    }

    private static func stamp(_ object: Value?, _ query: LiveQuery) -> LiveStamp {
        LiveStamp(version: Digest(of: object ?? .null), key: query.key(isNamespaced: true))
    }

    static func data(_ members: (String, String)...) -> Value {
        ["data": .object(Object(members.map { ($0.0, .string($0.1)) }))]
    }
}
