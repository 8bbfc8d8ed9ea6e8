import CHostSupport
import Glibc
import Model

/// Keeps one process running as its spec says. Single-threaded, and waits in one place only: the child is to die with
/// the thread that started it, and a supervisor costs memory for every process of the host.
struct Supervisor: ~Copyable {
    private enum Activity {
        case idle(until: ContinuousClock.Instant)
        case running(RunningChild)
        /// The exit code of the supervisor.
        case ended
    }

    private let directory: ProcessDirectory
    private let stored: StoredProcess
    private let starter: ChildStarter
    private let signals: Int32
    /// The descriptor that holds the lock.
    private let lock: Int32
    private var policy: RestartPolicy
    private var log: OutputLog
    private var status: ProcessStatus
    private var activity = Activity.idle(until: .now)
    private var isStopping = false
    private var starts = 0
    private var looksAtLock: ContinuousClock.Instant = .now + lookInterval

    /// How long a process outlives its state at most, before it is told to stop.
    private static let lookInterval = Duration.seconds(10)

    init(_ directory: ProcessDirectory, _ stored: StoredProcess, signals: Int32, lock: Int32, status: ProcessStatus) throws {
        self.directory = directory
        self.stored = stored
        self.signals = signals
        self.lock = lock
        self.status = status
        starter = ChildStarter(root: stored.root, spec: stored.spec)
        policy = RestartPolicy(stored.spec.restart)
        log = try OutputLog(directory.folder)
    }

    /// Returns when the process has ended for good, or was told to.
    mutating func run() throws {
        while true {
            if case .ended = activity { return }
            wait()
            let now = ContinuousClock.now
            if try readSignals() || hasLostLock(now) { try stop() }
            switch activity {
            case .idle(let until): if now >= until { try start() }
            case .running(let child): try attend(child, now)
            case .ended: break
            }
        }
    }

    private func wait() {
        var polls = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
        var wakes = looksAtLock
        switch activity {
        case .idle(let until): wakes = min(wakes, until)
        case .running(let child):
            polls += child.polls
            wakes = min(wakes, child.wakes ?? wakes)
        case .ended: return
        }
        let (seconds, attoseconds) = (wakes - .now).components
        // Rounded up, or the last millisecond would be spent in a loop.
        let milliseconds = Int32(clamping: max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1))
        _ = poll(&polls, nfds_t(polls.count), milliseconds)
    }

    /// Whether the state was removed from under it (somebody deleted the root by hand): nobody could find, stop or replace
    /// the process any more, and the next one of its name would run beside it.
    private mutating func hasLostLock(_ now: ContinuousClock.Instant) throws -> Bool {
        guard now >= looksAtLock, !isStopping else { return false }
        looksAtLock = now + Self.lookInterval
        return try !directory.isLocked(by: lock)
    }

    private func readSignals() -> Bool {
        // A signalfd_siginfo is 128 bytes; which signal it was does not matter.
        var buffer = [UInt8](repeating: 0, count: 128 * 8)
        return read(signals, &buffer, buffer.count) > 0
    }

    private mutating func start() throws {
        status.restarts = starts
        starts += 1
        do {
            let output = try Pipe(nonblocking: true)
            let pid: Int32
            do {
                pid = try starter.start(stored.spec.command, output: output.write, dies: true) { pid in
                    status.state = .starting
                    status.child = ProcessIdentity(pid)
                    status.startedAt = Int64(time(nil))
                    status.message = stored.spec.readiness == nil ? "it has just started" : "it is not ready yet"
                    try directory.store(status)
                }
            } catch {
                output.close()
                throw error
            }
            output.closeWrite()
            activity = .running(try RunningChild(pid: pid, output: output, spec: stored.spec, starter: starter))
        } catch let error as PlumbError {
            try next(policy.ended(succeeded: false, uptime: .zero, wasReady: false), exit: error.message)
        }
    }

    private mutating func attend(_ child: RunningChild, _ now: ContinuousClock.Instant) throws {
        child.drain(into: &log)
        child.killIfDue(now)
        if let code = child.reap() {
            child.drain(into: &log)
            return try ended(child, code, now)
        }
        guard child.stopReason == nil else { return }
        try askReadiness(child, now)
        if child.wasReady, case .failed(let why)? = child.liveness?.step(now), let liveness = child.liveness,
            liveness.failures >= Probe.failureThreshold
        {
            child.stop("its liveness probe failed: \(why)")
            try change(.starting, "it is restarted: its liveness probe failed: \(why)")
        }
    }

    private mutating func askReadiness(_ child: RunningChild, _ now: ContinuousClock.Instant) throws {
        guard let readiness = child.readiness else {
            guard !child.isReady, now >= child.started + RunningChild.settling else { return }
            (child.isReady, child.wasReady) = (true, true)
            return try change(.running, nil)
        }
        switch readiness.step(now) {
        case nil: return
        case .passed?:
            guard !child.isReady else { return }
            (child.isReady, child.wasReady) = (true, true)
            try change(.ready, nil)
        case .failed(let why)?:
            let message = "it is not ready: \(why)"
            if child.isReady, readiness.failures < Probe.failureThreshold { return }
            child.isReady = false
            if status.state != .starting || status.message != message { try change(.starting, message) }
        }
    }

    private mutating func ended(_ child: RunningChild, _ code: Int32, _ now: ContinuousClock.Instant) throws {
        status.child = nil
        let exit = (child.stopReason.map { "\($0); " } ?? "") + "it ended with \(ExitText.text(code))"
        if isStopping {
            status.lastExit = exit
            try change(.stopped, nil)
            activity = .ended
            return
        }
        let succeeded = code == 0 && child.stopReason == nil
        try next(policy.ended(succeeded: succeeded, uptime: now - child.started, wasReady: child.wasReady), exit: exit)
    }

    private mutating func next(_ next: RestartPolicy.Next, exit: String) throws {
        status.child = nil
        status.lastExit = exit
        status.failures = policy.failures
        switch next {
        case .finish(let succeeded):
            activity = .ended
            try change(succeeded ? .exited : .failed, nil)
        case .restart(let delay):
            activity = .idle(until: .now + delay)
            try change(.backoff, "it starts again after \(DurationText.print(delay))")
        }
    }

    private mutating func stop() throws {
        isStopping = true
        switch activity {
        case .running(let child): child.stop("it was told to stop")
        case .idle, .ended:
            try change(.stopped, nil)
            activity = .ended
        }
    }

    private mutating func change(_ state: ProcessStatus.State, _ message: String?) throws {
        status.state = state
        status.message = message
        // The status is for others to read; a full disk must not end the process.
        do { try directory.store(status) } catch let error as PlumbError where error.code == .failed { return }
    }
}
