import CHostSupport
import Glibc
import Model
import Synchronization

/// Says from another thread that a run is to end.
final class Cancellation: Sendable {
    /// The end to write of a pipe; -1 once it is closed, which says so.
    private let writing: Mutex<Int32>
    /// Becomes readable then.
    let descriptor: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard plumb_pipe(&ends) == 0 else {
            throw PlumbError(.failed, "Could not make a pipe for a plugin: \(String(cString: strerror(errno)))")
        }
        descriptor = ends[0]
        writing = Mutex(ends[1])
    }

    deinit {
        cancel()
        close(descriptor)
    }

    var isCancelled: Bool { writing.withLock { $0 < 0 } }

    func cancel() {
        writing.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }
}
