#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writing and reading the small files of tests.
package enum Files {
    /// Writes `files` (path below `directory` → text), making the directories that they need.
    package static func write(_ files: [String: String], to directory: String) throws {
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            try write(text, to: "\(directory)/\(path)")
        }
    }

    /// `mode`: the file's permissions, as in `0o600`.
    package static func write(_ text: String, to path: String, mode: Int? = nil) throws {
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        if !parent.isEmpty { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) }
        try Data(text.utf8).write(to: URL(filePath: path))
        if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path) }
    }

    package static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    package static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The last `lines` lines of a text file, for messages; empty where there is no file.
    package static func tail(_ path: String, lines: Int = 20) -> String {
        guard let text = try? read(path) else { return "" }
        return text.split(separator: "\n").suffix(lines).joined(separator: "\n")
    }
}
