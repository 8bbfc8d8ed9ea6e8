import Dispatch

/// Runs calls that wait for the disk on a thread of their own, so that they never hold up one of the cooperative pool.
enum BlockingCall {
    static func run<Result: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let outcome: Swift.Result<Result, Failure> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Swift.Result(catching: body)) }
        }
        return try outcome.get()
    }
}
