import Glibc

/// Why the last system call failed, in the system's words.
enum SystemReason {
    static var last: String { String(cString: strerror(errno)) }
}
