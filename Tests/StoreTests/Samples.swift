import GRDB
import Manifests
import Model
import TestSupport

@testable import Store

enum Samples {
    static let time = "2026-01-31T18:00:00.123Z"
    static let digest = Digest(bytes: [1])
    /// What SQL could stumble over.
    static let text = "it's \"ä\u{1}\n雪\" -- ; ✓"

    static func event(_ application: String? = "shop", _ message: String = "m", time: String = time) -> Event {
        Event(time: time, application: application, kind: .updated, message: message)
    }

    static func operation(
        _ id: String, of application: String = "shop", _ phase: OperationRecord.Phase = .running
    ) -> OperationRecord {
        OperationRecord(id: id, application: application, cause: .revision, phase: phase, startedAt: time)
    }

    static func entry(_ operation: String, of application: String = "shop") -> HistoryEntry {
        HistoryEntry(
            application: application, operation: operation, cause: .revision, revision: "main@sha1:0", renderedDigest: digest,
            appliedAt: time, summary: "1 created")
    }
}

extension Store {
    /// A file's store in a directory of its own, closed at the end.
    static func with<Result>(_ body: (Store, _ path: String) async throws -> Result) async throws -> Result {
        try await TemporaryDirectory.with("store") { directory in
            let path = "\(directory)/data/plumb.db"
            let store = try await Store.open(at: path)
            let result = try await body(store, path)
            await store.close()
            return result
        }
    }

    /// Closes it and opens it again.
    func reopened(at path: String) async throws -> Store {
        await close()
        return try await Store.open(at: path)
    }
}
