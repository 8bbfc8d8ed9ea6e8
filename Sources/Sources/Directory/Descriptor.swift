import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file or directory, closed with its last user. Paths are only ever opened relative to one, a single
/// component at a time and without following symlinks, so that nothing swapped in meanwhile leads out of the tree.
final class Descriptor: Sendable {
    let number: CInt

    private init(_ number: CInt) { self.number = number }

    deinit { _ = close(number) }

    enum Kind: Sendable { case file(size: Int, executable: Bool), directory, symlink, other }

    /// Opens the root of a tree; here symlinks are followed, since the person named it.
    static func root(_ path: String) throws -> Descriptor {
        let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw failure("open the directory \(path)", errno) }
        return Descriptor(number)
    }

    /// Opens `name`, which `kind` said to be a regular file or a directory.
    func opened(_ name: String) throws -> Descriptor {
        // Non-blocking: a FIFO put in the file's place must not hang the reader.
        let child = openat(number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard child >= 0 else { throw Self.failure("open \(name.quoted)", errno) }
        return Descriptor(child)
    }

    /// What `name` is, symlinks not followed, or nil where there is nothing.
    func kind(of name: String) throws -> Kind? {
        var status = stat()
        guard fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG { return nil }
            throw Self.failure("look at \(name.quoted)", errno)
        }
        return Self.kind(status)
    }

    var kind: Kind {
        get throws {
            var status = stat()
            guard fstat(number, &status) == 0 else { throw Self.failure("look at an open file", errno) }
            return Self.kind(status)
        }
    }

    func symlinkTarget(of name: String) throws -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 4097)
        let length = readlinkat(number, name, &buffer, buffer.count)
        guard length >= 0 else { throw Self.failure("read the symlink \(name.quoted)", errno) }
        return buffer.prefix(length).map { UInt8(bitPattern: $0) }
    }

    /// The whole content, or nil when there are more than `limit` bytes.
    func bytes(limit: Int) throws -> [UInt8]? {
        var result: [UInt8] = []
        let chunk = 64 << 10
        while result.count <= limit {
            let part = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                let done = read(number, buffer.baseAddress, chunk)
                guard done >= 0 else { throw Self.failure("read a file", errno) }
                count = done
            }
            if part.isEmpty { return result }
            result += part
        }
        return nil
    }

    /// The names in this directory as bytes, unordered, without `.` and `..`; nil when there are more than `limit`.
    func names(limit: Int) throws -> [[UInt8]]? {
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw Self.failure("list a directory", errno) }
        defer { closedir(stream) }
        var result: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw Self.failure("list a directory", errno) }
                return result
            }
            let name = entry.name
            if name == [0x2e] || name == [0x2e, 0x2e] { continue }
            result.append(name)
            if result.count > limit { return nil }
        }
    }

    private static func kind(_ status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file(size: Int(status.st_size), executable: status.st_mode & 0o111 != 0)
        case S_IFDIR: .directory
        case S_IFLNK: .symlink
        default: .other
        }
    }

    static func failure(_ action: String, _ number: CInt) -> PlumbError {
        let code: PlumbError.Code =
            number == ENOENT || number == ENOTDIR ? .notFound : number == EACCES || number == EPERM ? .denied : .failed
        return PlumbError(code, "Cannot \(action): \(String(cString: strerror(number))).")
    }
}

extension UnsafeMutablePointer<dirent> {
    /// Read in place: a record on disk may be shorter than the type says, so it is never copied whole.
    fileprivate var name: [UInt8] {
        let start = UnsafeRawPointer(self).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
        return Array(UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
    }
}
