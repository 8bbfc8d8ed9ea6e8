import CHostSupport
import Glibc
import Model

extension Folder {
    /// The bytes of a regular file; nil where there is nothing. Throws `limit` for more than `limit` bytes.
    func read(_ name: String, limit: Int) throws -> [UInt8]? {
        // Without O_NONBLOCK, opening a pipe that took the file's place would wait for a writer.
        let file = retrying { openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw systemError("read \(shown(name))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw PlumbError(.conflict, "\(shown(name)) is not a regular file.")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(Int(status.st_size), limit))
        var chunk = [UInt8](repeating: 0, count: min(max(Int(status.st_size) + 1, 512), 1 << 16))
        while true {
            let count = retrying { Glibc.read(file, &chunk, chunk.count) }
            guard count >= 0 else { throw systemError("read \(shown(name))") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw PlumbError(.limit, "\(shown(name)) is larger than \(limit) bytes.") }
        }
    }

    struct Attributes {
        var mode: UInt32
        /// nil: as it comes.
        var user: UInt32?
        var group: UInt32?
    }

    /// Writes a new file under a passing name, all the way to the disk, for a rename to put it in its place. What an
    /// interrupted attempt left under that name is replaced.
    func writeTemporary(_ name: String, _ bytes: [UInt8], _ attributes: Attributes) throws -> FileFacts {
        try remove(name)
        let file = retrying { openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard file >= 0 else { throw systemError("write in \(path.isEmpty ? "the root" : path)") }
        defer { close(file) }
        do {
            try Self.write(bytes, to: file, shown(name))
            try Self.set(attributes, of: file, shown(name))
            guard fsync(file) == 0 else { throw systemError("write \(shown(name)) to the disk") }
            var status = stat()
            guard fstat(file, &status) == 0 else { throw systemError("look at \(shown(name))") }
            return FileFacts(status)
        } catch {
            // The error that led here is the one to report.
            try? remove(name)
            throw error
        }
    }

    /// Puts `temporary` in the place of `name`. With `replacing` false, throws `conflict` where something is there.
    func rename(_ temporary: String, to name: String, replacing: Bool) throws {
        let result =
            replacing
            ? renameat(descriptor, temporary, descriptor, name) : plumb_rename_new(descriptor, temporary, name)
        guard result == 0 else {
            let number = errno
            try? remove(temporary)
            if number == EEXIST {
                throw PlumbError(.conflict, "\(shown(name)) appeared meanwhile.", remedy: "Plan again: it may have to be adopted.")
            }
            throw systemError("put \(shown(name)) in its place", number)
        }
    }

    /// Replaces one of Plumb's own files, readable by its user alone, in one step.
    func store(_ name: String, _ bytes: [UInt8]) throws {
        let temporary = ".\(name).tmp"
        _ = try writeTemporary(temporary, bytes, Attributes(mode: 0o600))
        try rename(temporary, to: name, replacing: true)
        try synchronize()
    }

    static func write(_ bytes: [UInt8], to file: Int32, _ shown: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = retrying { rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } }
            guard count >= 0 else { throw systemError("write \(shown)") }
            rest = rest.dropFirst(count)
        }
    }

    /// The owner before the mode: changing the owner clears the set-user-id bits.
    static func set(_ attributes: Attributes, of file: Int32, _ shown: String) throws {
        if attributes.user != nil || attributes.group != nil {
            guard fchown(file, attributes.user ?? .max, attributes.group ?? .max) == 0 else {
                throw systemError("give \(shown) its owner")
            }
        }
        guard fchmod(file, attributes.mode) == 0 else { throw systemError("give \(shown) its mode") }
    }
}
