import GRDB
import Glibc
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// From a path to an open store: directory, lock, a look at the file, then SQLite.
struct StoreOpening {
    let path: String

    func open() throws -> Store {
        try makeDirectory()
        let lock = try StoreLock(for: path)
        let isNew = try lookAtFile()
        do {
            if isNew { try markAsStore() }
            let database = try DatabasePool(path: path, configuration: Self.configuration)
            try Schema.migrate(database, at: path)
            return Store(place: path, database: database, lock: lock)
        } catch {
            throw StoreFailure.translate(error, at: path)
        }
    }

    private func makeDirectory() throws {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        guard !parent.isEmpty, !FileManager.default.fileExists(atPath: parent) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PlumbError(
                .failed, "The directory \(parent) of the store cannot be made: \(SystemReason.last).",
                remedy: "Make it, or name another one with --data-dir.")
        }
    }

    /// Whether there is nothing in it yet. Made by hand, so that nobody else may read it from its first moment on; SQLite
    /// gives the files that it puts beside it the same permissions.
    private func lookAtFile() throws -> Bool {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw PlumbError(.failed, "The store \(path) cannot be opened: \(SystemReason.last).")
        }
        defer { Glibc.close(file) }
        var header = [UInt8](repeating: 0, count: StoreHeader.length)
        let count = pread(file, &header, header.count, 0)
        guard count >= 0 else {
            throw PlumbError(.failed, "The store \(path) cannot be read: \(SystemReason.last).")
        }
        let isNew = try StoreHeader.isNew(Array(header.prefix(count)), path: path)
        _ = fchmod(file, 0o600)
        return isNew
    }

    /// Before write-ahead mode, in which the mark would stand in the log at first.
    private func markAsStore() throws {
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(StoreHeader.applicationID)") }
        try database.close()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "plumb.store"
        // People look at the file with other programs.
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { database in
            // The log grows with the largest transaction, and would keep that size.
            if !database.configuration.readonly { try database.execute(sql: "PRAGMA journal_size_limit = 16777216") }
        }
        return configuration
    }
}
