import Manifests
import Model
import Synchronization
import Template

/// What the templates of one chart look up. Templates cannot wait: what is not known yet counts as not there and is fetched, and
/// then they run again.
final class Lookups: Sendable {
    private struct State {
        var answers: [LiveQuery: Result<LiveAnswer, any Error>] = [:]
        var bytes = 0
        /// Asked for in this round.
        var used: Set<LiveQuery> = []
        var missing: [LiveQuery] = []
        var failure: (any Error)?
    }

    static let queries = 100
    static let rounds = 20
    /// Of all answers, as JSON.
    static let bytes = 16 << 20

    private let live: LiveReader
    private let state = Mutex(State())

    init(_ live: LiveReader) { self.live = live }

    /// The template function. Throws where what it asks for could not be read.
    func answer(_ apiVersion: String, _ kind: String, _ namespace: String, _ name: String) throws -> Value {
        let query = LiveQuery(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
        return try state.withLock { state in
            state.used.insert(query)
            switch state.answers[query] {
            case .success(let answer)?: return answer.value ?? .object(Object())
            case .failure(let error)?:
                state.failure = state.failure ?? error
                throw GoError("\(query.words) could not be read")
            case nil:
                if !state.missing.contains(query), state.missing.count <= Self.queries { state.missing.append(query) }
                return .object(Object())
            }
        }
    }

    /// What `render` gives when all that it asks for is known. Throws what it throws then, and `limit`.
    func settled<Output>(_ render: () throws -> Output) async throws -> Output {
        for _ in 0..<Self.rounds {
            state.withLock { ($0.used, $0.missing, $0.failure) = ([], [], nil) }
            let outcome = Result { try render() }
            let (missing, failure) = state.withLock { ($0.missing, $0.failure) }
            // An error of a round that did not know everything may come of that.
            if missing.isEmpty {
                if let failure { throw failure }
                return try outcome.get()
            }
            try await fetch(missing)
        }
        throw PlumbError(
            .limit, "The look-ups of the chart lead to others \(Self.rounds) times over.", remedy: "Look up less, or give values.")
    }

    private func fetch(_ missing: [LiveQuery]) async throws {
        let known = state.withLock { $0.answers.count }
        guard known + missing.count <= Self.queries else {
            throw PlumbError(
                .limit, "The chart looks up more than \(Self.queries) things.", remedy: "Look up lists, or give values.")
        }
        let live = live
        let answers = try await Bounded.map(missing, limit: 8) { query -> Result<LiveAnswer, any Error> in
            do { return .success(try await live.read(query)) } catch {
                try Task.checkCancellation()
                return .failure(error)
            }
        }
        let total = state.withLock { state in
            for (query, answer) in zip(missing, answers) {
                state.answers[query] = answer
                if case .success(let answer) = answer { state.bytes += answer.value.map { JSON.serialize($0).count } ?? 0 }
            }
            return state.bytes
        }
        guard total <= Self.bytes else {
            throw PlumbError(
                .limit, "The look-ups of the chart give more than \(Self.bytes >> 20) MiB.", remedy: "Look up single objects.")
        }
    }

    /// Adds what the last round has used.
    func note(in inputs: inout ChartInputs) {
        let used = state.withLock { state in
            state.used.compactMap { query in (try? state.answers[query]?.get()).map { (query, $0) } }
        }
        for (query, answer) in used {
            inputs.facts.note(query, answer.stamp)
        }
    }

    /// Adds what Secrets gave in any round.
    func noteSecrets(in inputs: inout ChartInputs) {
        let answers = state.withLock { $0.answers }
        for (query, answer) in answers where query.kind == "Secret" {
            if let value = try? answer.get().value { inputs.secrets.add(lookedUp: value) }
        }
    }
}
