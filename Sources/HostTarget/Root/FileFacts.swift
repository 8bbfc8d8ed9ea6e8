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
    }

    /// Names the very entry of the file system; unlike a path, a replacement has another.
    var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}

struct FileIdentity: Sendable, Hashable, Codable {
    var device: UInt64
    var inode: UInt64
}
