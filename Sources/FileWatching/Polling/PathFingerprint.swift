#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is compared of a path to see whether it changed: which entry it is, and when that last changed in any way. The kernel
/// sets that time itself (`ctime`); nobody can set it back.
struct PathFingerprint: Equatable {
    fileprivate struct Facts: Equatable {
        var device: UInt64
        var inode: UInt64
        var mode: UInt32
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    /// Entries of one directory that are looked at.
    private static let entryLimit = 20_000

    private var link: Facts?
    private var target: Facts?
    private var entries: [String: Facts] = [:]

    init(_ path: WatchedPath) {
        guard let status = try? SystemCalls.status(path.name) else { return }
        link = Facts(status)
        var followed = stat()
        guard stat(path.name, &followed) == 0 else { return }
        target = Facts(followed)
        guard path.scope == .entries, followed.st_mode & S_IFMT == S_IFDIR else { return }
        for name in SystemCalls.names(in: path.name, limit: Self.entryLimit) {
            if let status = try? SystemCalls.status(path.entry(name)) { entries[name] = Facts(status) }
        }
    }

    /// The path, where it is another itself, and its direct entries that are.
    func changes(since old: PathFingerprint, _ path: WatchedPath) -> Set<String> {
        var changed: Set<String> = []
        if link != old.link || target != old.target { changed.insert(path.name) }
        for name in Set(entries.keys).union(old.entries.keys) where entries[name] != old.entries[name] {
            changed.insert(path.entry(name))
        }
        return changed
    }
}

extension PathFingerprint.Facts {
    fileprivate init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(status.st_ino)
        mode = UInt32(status.st_mode)
        size = Int64(status.st_size)
        #if canImport(Glibc)
            (seconds, nanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
        #else
            (seconds, nanoseconds) = (status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec)
        #endif
    }
}
