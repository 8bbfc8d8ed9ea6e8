import Manifests
import Model
import Synchronization

/// What the server said a drifted object would become: it says the same again as long as neither has changed. Pure.
struct KnownDrift {
    private struct Answer {
        let version: ResourceVersion
        let declared: Digest
        let fields: [FieldChange]
    }

    private static let limit = 2000

    private var answers: [ResourceKey: Answer] = [:]

    func fields(of key: ResourceKey, at version: ResourceVersion, declared: Digest) -> [FieldChange]? {
        answers[key].flatMap { $0.version == version && $0.declared == declared ? $0.fields : nil }
    }

    mutating func remember(_ fields: [FieldChange], of key: ResourceKey, at version: ResourceVersion, declared: Digest) {
        if answers.count >= Self.limit { answers = [:] }
        answers[key] = Answer(version: version, declared: declared, fields: fields)
    }
}

extension ClusterView {
    /// nil where it has to be asked.
    func knownDrift(of key: ResourceKey, at version: ResourceVersion, declared: Digest) -> [FieldChange]? {
        state.withLock { $0.drift.fields(of: key, at: version, declared: declared) }
    }

    func remember(drift fields: [FieldChange], of key: ResourceKey, at version: ResourceVersion, declared: Digest) {
        state.withLock { state in
            if state.session != nil { state.drift.remember(fields, of: key, at: version, declared: declared) }
        }
    }
}
