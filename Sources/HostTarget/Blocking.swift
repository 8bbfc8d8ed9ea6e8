import Dispatch

/// Runs system calls that may wait for a disk or another process on a thread of their own, so that they never hold up
/// a thread of Swift's cooperative pool.
struct BlockingQueue: Sendable {
    private let queue: DispatchQueue

    /// One call at a time, unless `concurrent`.
    init(_ label: String, concurrent: Bool = false) {
        queue = DispatchQueue(label: label, attributes: concurrent ? .concurrent : [])
    }

    func run<Result: Sendable>(_ body: @Sendable @escaping () throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
