import Subprocess
import Synchronization
import SystemPackage

/// A program that runs until it is stopped. It never outlives the test process.
package final class ServerProcess: Sendable {
    package let processID: Int32
    /// Where its stdout and stderr go.
    package let outputFile: String
    package let logFile: String

    private enum Order: Sendable { case terminate, kill }
    private let orders: AsyncStream<Order>.Continuation
    private let supervision: Task<Int32, any Error>
    private let running: RunningFlag

    private init(
        processID: Int32, outputFile: String, logFile: String, orders: AsyncStream<Order>.Continuation,
        supervision: Task<Int32, any Error>, running: RunningFlag
    ) {
        self.processID = processID
        self.outputFile = outputFile
        self.logFile = logFile
        self.orders = orders
        self.supervision = supervision
        self.running = running
    }

    deinit { orders.finish() }

    /// Starts `program` (a path, or a name to look for in `PATH`). Returns when its process exists, not when it is ready.
    /// - Parameters:
    ///   - log: the file that gets its stderr; its stdout too unless `output` names another. Both are appended to.
    ///   - environment: added to the base of `ProcessRunner.run`.
    package static func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], log: String, output: String? = nil
    ) async throws -> ServerProcess {
        let (stream, orders) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(4))
        let (started, announce) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingOldest(1))
        let output = output ?? log
        let running = RunningFlag()
        let supervision = Task {
            defer {
                running.clear()
                announce.finish()
            }
            return try await supervise(
                ["-c", Supervisor.script, "supervisor", output, log, program] + arguments, environment: environment, orders: stream
            ) { announce.yield($0) }
        }
        for await processID in started {
            return ServerProcess(
                processID: processID, outputFile: output, logFile: log, orders: orders, supervision: supervision, running: running)
        }
        let status = try await supervision.value
        throw TestSupportError("\(program) could not be started (status \(status))\n\(Files.tail(log))")
    }

    package var isRunning: Bool { running.isSet }

    /// Kills it and everything in its process group, and returns when it is gone.
    package func kill() async {
        orders.yield(.kill)
        _ = try? await supervision.value
    }

    /// Asks it to end (SIGTERM) and waits; kills it when it has not ended within `limit`.
    /// - Returns: its exit code, or 128 plus the signal that ended it.
    @discardableResult
    package func terminate(within limit: Duration = .seconds(10)) async throws -> Int32 {
        orders.yield(.terminate)
        let orders = orders
        let lateKill = Task {
            try await Task.sleep(for: limit)
            orders.yield(.kill)
        }
        defer { lateKill.cancel() }
        return try await supervision.value
    }

    /// Waits until it ends by itself. Cancelling the wait kills it.
    /// - Returns: its exit code, or 128 plus the signal that ended it.
    package func wait() async throws -> Int32 {
        try await withTaskCancellationHandler {
            try await supervision.value
        } onCancel: {
            orders.yield(.kill)
        }
    }

    private static func supervise(
        _ arguments: [String], environment: [String: String], orders: AsyncStream<Order>,
        started: @escaping @Sendable (Int32) -> Void
    ) async throws -> Int32 {
        BrokenPipes.areErrors
        var options = PlatformOptions()
        options.createSession = true
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(arguments), environment: ProcessRunner.environment(adding: environment),
            platformOptions: options, input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await order in orders {
                        guard order == .terminate else { break }
                        _ = try await execution.standardInputWriter.write("TERM\n")
                    }
                    try await execution.standardInputWriter.finish()
                }
                for try await line in execution.standardOutput.strings() {
                    if let processID = Int32(line.filter(\.isNumber)) { started(processID) }
                }
                group.cancelAll()
                // Writing to a supervisor that has ended fails, and does not matter any more.
                while let outcome = await group.nextResult() { _ = outcome }
            }
        }
        return result.terminationStatus.number
    }
}

/// Set while a process runs; both sides hold it.
private final class RunningFlag: Sendable {
    private let value = Mutex(true)
    var isSet: Bool { value.withLock { $0 } }
    func clear() { value.withLock { $0 = false } }
}
