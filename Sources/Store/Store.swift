import GRDB
import Manifests
import Model

/// What the operator remembers, in one SQLite file.
///
/// A call that has returned survives a `kill -9` of the process. A loss of power may take the last moments away and never
/// damages the file: in write-ahead mode SQLite waits for the disk when it moves the log into the file, not at each commit.
/// A write that has begun runs to its end also where its task is cancelled, so that a caller always knows what is stored;
/// reads are ended. Every call may throw `PlumbError`. Text ends before its first NUL, past which SQLite does not read; in
/// states and manifests, which are kept as JSON, it does not.
package struct Store: Sendable {
    /// For messages: the path, or `in memory`.
    package let place: String
    let database: any DatabaseWriter
    let closing = Closing()
    private let lock: StoreLock?

    init(place: String, database: any DatabaseWriter, lock: StoreLock?) {
        self.place = place
        self.database = database
        self.lock = lock
    }

    /// Opens or creates the file (0600, in a directory that is made 0700 where it is not there) and migrates it forward.
    ///
    /// Throws `held` where another operator has it open, `unsupported` where a newer Plumb wrote it, and `invalid` where
    /// the file is something else; it is not touched then.
    package static func open(at path: String) async throws -> Store {
        try await BlockingCall.run { try StoreOpening(path: path).open() }
    }

    /// One that is gone when nobody refers to it any more.
    package static func inMemory() throws -> Store {
        let database = try DatabaseQueue()
        try Schema.migrate(database, at: "in memory")
        return Store(place: "in memory", database: database, lock: nil)
    }

    /// Waits for the writes under way and lets others have the file. Later calls throw.
    package func close() async {
        guard closing.begin() else { return }
        await BlockingCall.run { [database, lock] in
            // The file alone is then all of it, for whoever copies it. Where that or closing fails, what is stored is as safe.
            try? database.writeWithoutTransaction { _ = try $0.rows("PRAGMA wal_checkpoint(TRUNCATE)") }
            try? database.close()
            lock?.release()
        }
    }
}
