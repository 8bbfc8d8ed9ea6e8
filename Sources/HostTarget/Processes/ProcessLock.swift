import CHostSupport
import Glibc
import Model

/// The lock that a supervisor holds for its life; no two run for one process.
extension ProcessDirectory {
    /// An open descriptor that holds the lock; nil where another supervisor has it.
    func lock() throws -> Int32? {
        // Another could remove the file between its opening and its locking; then the lock is nobody's.
        for _ in 0..<100 {
            let file = retrying { openat(folder.descriptor, Self.lockFile, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600) }
            guard file >= 0 else { throw systemError("open \(folder.shown(Self.lockFile))") }
            guard plumb_lock(file) == 0 else {
                let number = errno
                close(file)
                if number == EAGAIN || number == EACCES { return nil }
                throw systemError("lock \(folder.shown(Self.lockFile))", number)
            }
            if try isLocked(by: file) { return file }
            close(file)
        }
        throw PlumbError(.conflict, "\(folder.path) is removed again and again by others.")
    }

    /// Whether the lock file is still the one that this descriptor has open.
    func isLocked(by descriptor: Int32) throws -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemError("look at \(folder.shown(Self.lockFile))") }
        return try folder.facts(Self.lockFile)?.inode == UInt64(status.st_ino)
    }

    func isLocked() throws -> Bool {
        // For reading: who watches the directory takes the end of writing for the end of a supervisor.
        let file = retrying { openat(folder.descriptor, Self.lockFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard file >= 0 else {
            if errno == ENOENT { return false }
            throw systemError("open \(folder.shown(Self.lockFile))")
        }
        defer { close(file) }
        let answer = plumb_is_locked(file)
        guard answer >= 0 else { throw systemError("look at the lock of \(folder.path)") }
        return answer == 1
    }
}
