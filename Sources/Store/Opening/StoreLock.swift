import Glibc
import Model
import Synchronization

/// Keeps a second operator out for as long as this one has the store open; the kernel lets go of it with the process.
final class StoreLock: Sendable {
    /// nil once released.
    private let file: Mutex<Int32?>

    /// Locks the file `path.lock`. Throws `held` where somebody else has it.
    init(for path: String) throws {
        let name = path + ".lock"
        let file = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw PlumbError(.failed, "The lock \(name) of the store cannot be opened: \(SystemReason.last).")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(file) }
            guard errno == EWOULDBLOCK else {
                throw PlumbError(.failed, "The store \(path) cannot be locked: \(SystemReason.last).")
            }
            let holder = Self.holder(file).map { " (process \($0))" } ?? ""
            throw PlumbError(
                .held, "Another operator\(holder) has the store \(path) open.",
                remedy: "Stop that one first, or give this one a directory of its own with --data-dir.")
        }
        self.file = Mutex(file)
        Self.writeHolder(file)
    }

    deinit { release() }

    func release() {
        file.withLock { file in
            // Unlocked and not only closed: a child that is being started has a copy of the descriptor for a moment.
            if let open = file {
                flock(open, LOCK_UN)
                close(open)
            }
            file = nil
        }
    }

    /// For the message of whoever comes second. A lock without it locks as well.
    private static func writeHolder(_ file: Int32) {
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(file, 0) == 0 { _ = pwrite(file, text, text.count, 0) }
    }

    private static func holder(_ file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != 10 }, as: UTF8.self))
    }
}
