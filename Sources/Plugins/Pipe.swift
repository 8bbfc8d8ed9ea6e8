import CHostSupport
import Glibc
import Model

/// Both ends of a pipe, which no child inherits, closed at most once each.
final class Pipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    /// `reading` does not wait.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard plumb_pipe(&ends) == 0 else {
            throw PlumbError(.failed, "Could not make a pipe for a plugin: \(String(cString: strerror(errno)))")
        }
        (reading, writing) = (ends[0], ends[1])
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    deinit {
        closeReading()
        closeWriting()
    }

    func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// What is there now; nil at its end, after which it is closed.
    func take() -> [UInt8]? {
        guard reading >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(reading, &bytes, bytes.count)
            if count > 0 { return Array(bytes[..<count]) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return [] }
            closeReading()
            return nil
        }
    }
}
