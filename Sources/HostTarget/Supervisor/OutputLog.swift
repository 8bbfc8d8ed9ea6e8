import Glibc
import Model

/// What a process writes, in two files of bounded size: the current one and the one before it.
struct OutputLog: ~Copyable {
    private let folder: Folder
    private var file: Int32
    private var size: Int

    /// In bytes, of each of the two files.
    static let fileLimit = 1 << 20

    init(_ folder: Folder) throws {
        let size = try folder.facts(ProcessDirectory.outputFile)?.size ?? 0
        let file = try Self.open(folder)
        self.folder = folder
        self.file = file
        self.size = size
    }

    deinit { close(file) }

    mutating func append(_ bytes: [UInt8]) throws {
        if size + bytes.count > Self.fileLimit, size > 0 { try rotate() }
        try Folder.write(bytes, to: file, ProcessDirectory.outputFile)
        size += bytes.count
    }

    private mutating func rotate() throws {
        try folder.rename(ProcessDirectory.outputFile, to: "\(ProcessDirectory.outputFile).1", replacing: true)
        let fresh = try Self.open(folder)
        close(file)
        file = fresh
        size = 0
    }

    private static func open(_ folder: Folder) throws -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC
        let file = retrying { openat(folder.descriptor, ProcessDirectory.outputFile, flags, 0o600) }
        guard file >= 0 else { throw systemError("write \(folder.shown(ProcessDirectory.outputFile))") }
        return file
    }

    /// The last line that is not empty, shortened; nil where there is none.
    static func lastLine(in folder: Folder) throws -> String? {
        let file = retrying { openat(folder.descriptor, ProcessDirectory.outputFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let end = lseek(file, 0, SEEK_END)
        let count = pread(file, &buffer, buffer.count, max(0, end - buffer.count))
        guard count > 0, let line = buffer[..<count].split(separator: 10).last(where: { $0.contains { $0 > 0x20 } }) else {
            return nil
        }
        return String(String(decoding: line, as: UTF8.self).trimmed.prefix(200))
    }
}
