import Dispatch

/// A thread for one rendering. Templates may compute for long without a pause, and the threads that all tasks share are few: two
/// charts would stop the operator, its health checks among it.
final class RenderThread: TaskExecutor {
    private let queue = DispatchQueue(label: "plumb.render", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
