import Glibc

/// What a directory entry is, without following it.
struct FileFacts: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable {
        case file = "a file"
        case directory = "a directory"
        case symlink = "a symlink"
        case other = "a device, pipe or socket"
    }

    var kind: Kind
    /// The permission bits, with set-user-id, set-group-id and sticky.
    var mode: UInt32
    var user: UInt32
    var group: UInt32
    /// In bytes.
    var size: Int
    var device: UInt64
    var inode: UInt64
    /// When the kernel last changed anything of it; nobody can set it back.
    var changedAt: Timestamp

    struct Timestamp: Sendable, Hashable {
        var seconds: Int
        var nanoseconds: Int
    }

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .symlink
        default: kind = .other
        }
        mode = status.st_mode & 0o7777
        user = status.st_uid
        group = status.st_gid
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        changedAt = Timestamp(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
    }

    /// What is equal before and after is the same content, if it `isSettled`. Not the time of modification, which anyone may set.
    var fingerprint: Fingerprint { Fingerprint(identity: identity, size: size, changedAt: changedAt) }

    struct Fingerprint: Sendable, Hashable {
        var identity: FileIdentity
        var size: Int
        var changedAt: Timestamp

        /// Two changes within one tick of the file system's clock leave the same time: a fingerprint that is younger than the
        /// coarsest of them says nothing about what comes next.
        var isSettled: Bool {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return now.tv_sec - changedAt.seconds > 2
        }
    }

    /// Names the very entry of the file system; unlike a path, a replacement has another.
    var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}

struct FileIdentity: Sendable, Hashable, Codable {
    var device: UInt64
    var inode: UInt64
}
