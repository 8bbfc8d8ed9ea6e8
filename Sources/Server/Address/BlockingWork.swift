import Dispatch

/// System calls on files, away from the threads that Swift's tasks share, one after another.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "plumb.server.files")

    /// Also in a cancelled task: what is left behind at an end has to be cleared up then too.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
