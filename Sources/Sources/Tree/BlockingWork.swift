import Dispatch

/// Runs calls that block on the file system away from the threads that Swift's tasks share, one after another.
struct BlockingWork: Sendable {
    private let queue: DispatchQueue

    init(_ label: String) { queue = DispatchQueue(label: label, qos: .utility) }

    /// Not cancelled once it has begun: a system call on a local file ends by itself. Not begun in a cancelled task.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
