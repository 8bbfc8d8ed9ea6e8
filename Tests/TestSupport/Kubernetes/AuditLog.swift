import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What an API server was asked, told by itself.
///
/// The server writes a request's entry beside its response, not before it. So every reading first makes a request of its own
/// with a URL that nobody else uses, and waits until that one is in the log: what had been answered before is there too.
package struct AuditLog: Sendable {
    /// A place in the log.
    package struct Mark: Sendable {
        fileprivate let offset: Int64
    }

    private let path: String
    /// Makes one request with the path that it is given.
    private let request: @Sendable (String) async throws -> Void

    init(path: String, request: @escaping @Sendable (String) async throws -> Void) {
        self.path = path
        self.request = request
    }

    /// The end of the log now: entries of requests that are answered later come after it.
    package func mark() async throws -> Mark {
        Mark(offset: try await writtenUpToNow())
    }

    /// Every request that arrived in the log between `mark` and now, in the log's order, each once (a watch that has ended with
    /// its end, one that is open with its beginning). Watches count like any other request: see `AuditEntry.stage`.
    package func entries(
        since mark: Mark, where condition: (AuditEntry) -> Bool = { _ in true }
    ) async throws -> [AuditEntry] {
        let end = try await writtenUpToNow()
        var position: [String: Int] = [:]
        var entries: [AuditEntry] = []
        for line in try read(from: mark.offset, to: end).split(separator: UInt8(ascii: "\n")) {
            let entry = try JSONDecoder().decode(AuditEntry.self, from: Data(line))
            if let earlier = position[entry.id] {
                entries[earlier] = entry
            } else {
                position[entry.id] = entries.count
                entries.append(entry)
            }
        }
        return entries.filter { !$0.uri.hasPrefix(Self.markerPath) && condition($0) }
    }

    private static let markerPath = "/version?marker="

    /// The offset after a marker's line. Two markers, because over HTTP/1.1 a response may reach its reader an instant before
    /// its entry is written; the first marker's round trip covers that instant.
    private func writtenUpToNow() async throws -> Int64 {
        try await request(Self.markerPath + UUID().uuidString)
        let start = try size()
        let marker = Self.markerPath + UUID().uuidString
        try await request(marker)
        // The marker is written after `start` was taken, or, when it was the fastest, after the request before it.
        return try await eventually("the request \(marker) is in the audit log", every: .milliseconds(5)) {
            try offset(after: Array(marker.utf8), from: start)
        }
    }

    private func offset(after marker: [UInt8], from start: Int64) throws -> Int64? {
        var base = start
        for line in try read(from: start, to: try size()).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast()
        {
            base += Int64(line.count) + 1
            if line.contains(marker) { return base }
        }
        return nil
    }

    private func size() throws -> Int64 {
        guard Files.exists(path) else { return 0 }
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        defer { try? file.close() }
        return try file.seek(offset: 0, from: .end)
    }

    private func read(from start: Int64, to end: Int64) throws -> [UInt8] {
        guard end > start else { return [] }
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        defer { try? file.close() }
        var position = start
        return try [UInt8](unsafeUninitializedCapacity: Int(end - start)) { buffer, count in
            count = 0
            while position < end {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let bytes = try file.read(fromAbsoluteOffset: position, into: rest)
                if bytes == 0 { break }
                count += bytes
                position += Int64(bytes)
            }
        }
    }
}
