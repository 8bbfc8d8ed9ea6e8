import Manifests
import Model
import Synchronization

/// What was read of files, so that only those that changed since are read again. Everything in it is checked against the file
/// system at every use, by device, inode, size and the time of the last change.
final class FileMemory: Sendable {
    private struct State {
        var records: [ResourceKey: (FileFacts.Fingerprint, PathRecord)] = [:]
        var contents: [HostPath: (FileFacts.Fingerprint, Digest)] = [:]
    }

    /// Of each kind; more than this begin anew.
    private static let limit = 50_000

    private let state = Mutex(State())

    func record(_ key: ResourceKey, _ records: PathRecords) throws -> PathRecord? {
        guard let print = try records.facts(key)?.fingerprint else { return nil }
        if let (known, record) = state.withLock({ $0.records[key] }), known == print { return record }
        guard let record = try records.load(key) else { return nil }
        if print.isSettled {
            state.withLock { state in
                if state.records.count >= Self.limit { state.records = [:] }
                state.records[key] = (print, record)
            }
        }
        return record
    }

    /// Whether the file at a path, of these facts, holds these bytes. `read` is called where that is not known.
    func holds(_ content: [UInt8], at path: HostPath, _ facts: FileFacts, read: () throws -> [UInt8]) throws -> Bool {
        guard facts.size == content.count else { return false }
        let print = facts.fingerprint
        if let (known, digest) = state.withLock({ $0.contents[path] }), known == print { return digest == Digest(bytes: content) }
        let current = try read()
        if print.isSettled {
            let digest = Digest(bytes: current)
            state.withLock { state in
                if state.contents.count >= Self.limit { state.contents = [:] }
                state.contents[path] = (print, digest)
            }
        }
        return current == content
    }
}
