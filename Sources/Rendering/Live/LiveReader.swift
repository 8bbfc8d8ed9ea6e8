package import Model
import Synchronization

/// Reads what is live where the objects go, with the rights of the application.
package struct LiveReader: Sendable {
    /// See `Target.read`.
    package var read: @Sendable (LiveQuery) async throws -> LiveAnswer
    /// See `Target.stamp`.
    package var stamp: @Sendable (LiveQuery) async throws -> LiveStamp?

    package init(
        read: @escaping @Sendable (LiveQuery) async throws -> LiveAnswer,
        stamp: @escaping @Sendable (LiveQuery) async throws -> LiveStamp?
    ) {
        self.read = read
        self.stamp = stamp
    }
}

/// What of the live objects a rendering has used.
package struct LiveFacts: Sendable, Hashable {
    private(set) var stamps: [LiveQuery: LiveStamp] = [:]

    package init() {}

    package var isEmpty: Bool { stamps.isEmpty }

    mutating func note(_ query: LiveQuery, _ stamp: LiveStamp) { stamps[query] = stamp }

    /// Whether it would be the same now, where possible without asking the cluster. What cannot be read now is another.
    package func hold(in reader: LiveReader?) async -> Bool {
        guard !stamps.isEmpty else { return true }
        guard let reader else { return false }
        do {
            for (query, stamp) in stamps {
                if let now = try await reader.stamp(query) {
                    if now != stamp { return false }
                } else if try await reader.read(query).stamp != stamp {
                    return false
                }
            }
            return true
        } catch {
            return false
        }
    }
}

/// Notes under which keys a change is told of all that one rendering asked for, whether or not it came to an end.
package final class LiveLog: Sendable {
    private let noted = Mutex<Set<ResourceKey>>([])

    package init() {}

    package var keys: Set<ResourceKey> { noted.withLock { $0 } }

    package func noting(_ reader: LiveReader) -> LiveReader {
        LiveReader(
            read: { query in
                do {
                    let answer = try await reader.read(query)
                    self.note(answer.stamp.key)
                    return answer
                } catch {
                    // It may be there, or be allowed, by the next change.
                    self.note(query.key(isNamespaced: !query.namespace.isEmpty))
                    throw error
                }
            },
            stamp: { query in
                let stamp = try await reader.stamp(query)
                if let stamp { self.note(stamp.key) }
                return stamp
            })
    }

    private func note(_ key: ResourceKey) { noted.withLock { _ = $0.insert(key) } }
}
