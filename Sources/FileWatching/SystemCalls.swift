#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The few calls that look at entries of a file system, without following symlinks.
enum SystemCalls {
    enum Entry {
        case directory
        /// What it says.
        case symlink(String)
        case other
    }

    enum Failure: Error { case missing, unreadable }

    /// Throws `missing` where there is nothing, `unreadable` where this cannot be known.
    static func entry(_ path: String) throws(Failure) -> Entry {
        switch try status(path).st_mode & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFLNK:
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &buffer, buffer.count)
            // It was replaced in between: whoever watches the directory hears of that.
            guard count >= 0 else { throw failure() }
            return .symlink(String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
        default: return .other
        }
    }

    static func status(_ path: String) throws(Failure) -> stat {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure() }
        return status
    }

    private static func failure() -> Failure {
        [ENOENT, ENOTDIR, EINVAL, ELOOP, ENAMETOOLONG].contains(errno) ? .missing : .unreadable
    }

    /// The names in a directory, at most `limit` of them; none where it cannot be read.
    static func names(in directory: String, limit: Int) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
