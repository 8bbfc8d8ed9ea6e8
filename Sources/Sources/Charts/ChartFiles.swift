import Model
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was fetched, by its SHA-256, in a directory that does not grow beyond a bound. Several processes may share it.
package struct ChartFiles: Sendable {
    private let directory: String
    private let limit: Int
    private static let maximumFiles = 5000
    private let work = BlockingWork("plumb.charts.files")

    /// `limit` in bytes, of all files together; what was not used for longest goes first.
    package init(directory: String, limit: Int = WebLimits().cache) {
        self.directory = directory
        self.limit = limit
    }

    /// nil where it is not there, or was damaged, in which case it goes.
    func read(_ digest: Revision.Digest) async throws -> [UInt8]? {
        let path = path(digest)
        let bytes = try await work.run { () -> [UInt8]? in
            guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
            // When it was used, for who makes room.
            try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
            return [UInt8](data)
        }
        guard let bytes else { return nil }
        if await ContentDigest.of(bytes) == digest { return bytes }
        try await work.run { try? FileManager.default.removeItem(atPath: path) }
        return nil
    }

    /// Keeps what has this digest. A disk that is full is no reason not to go on with what was fetched.
    func keep(_ bytes: [UInt8], _ digest: Revision.Digest) async throws {
        guard bytes.count <= limit else { return }
        let (directory, path, limit) = (directory, path(digest), limit)
        try await work.run {
            try? FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            Self.makeRoom(in: directory, for: bytes.count, limit: limit)
            // Under another name first: nobody reads half of it.
            try? Data(bytes).write(to: URL(filePath: path), options: .atomic)
        }
    }

    private func path(_ digest: Revision.Digest) -> String { "\(directory)/\(digest.hex)" }

    private static func makeRoom(in directory: String, for size: Int, limit: Int) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let files = names.compactMap { name -> (path: String, size: Int, used: Date)? in
            let path = "\(directory)/\(name)"
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path), let size = attributes[.size] as? Int,
                let used = attributes[.modificationDate] as? Date
            else { return nil }
            return (path, size, used)
        }
        var (total, count) = (files.reduce(size) { $0 + $1.size }, files.count)
        for file in files.sorted(by: { $0.used < $1.used }) where total > limit || count >= maximumFiles {
            try? FileManager.default.removeItem(atPath: file.path)
            (total, count) = (total - file.size, count - 1)
        }
    }
}
