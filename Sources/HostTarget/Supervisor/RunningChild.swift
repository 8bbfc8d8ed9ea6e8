import CHostSupport
import Glibc
import Model

/// The process while it runs, and what is known of it.
final class RunningChild {
    let pid: Int32
    let descriptor: Int32
    let output: Pipe
    let started: ContinuousClock.Instant
    let readiness: ProbeRunner?
    let liveness: ProbeRunner?
    var isReady = false
    var wasReady = false
    /// Why it was told to end; nil while it is not.
    var stopReason: String?
    /// When it is killed, having been told.
    var killsAt: ContinuousClock.Instant?

    /// Without a readiness probe, a process that is up for this long counts as running.
    static let settling = Duration.seconds(1)
    /// From SIGTERM to SIGKILL.
    static let patience = Duration.seconds(10)

    init(pid: Int32, output: Pipe, spec: ProcessSpec, starter: ChildStarter) throws {
        let now = ContinuousClock.now
        descriptor = plumb_process_open(pid)
        self.pid = pid
        self.output = output
        started = now
        readiness = spec.readiness.map { ProbeRunner($0, starter: starter, now: now) }
        liveness = spec.liveness.map { ProbeRunner($0, starter: starter, now: now) }
        guard descriptor >= 0 else { throw systemError("follow the process \(pid)") }
    }

    deinit {
        close(descriptor)
        output.close()
    }

    var polls: [pollfd] {
        var polls = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if output.read >= 0 { polls.append(pollfd(fd: output.read, events: Int16(POLLIN), revents: 0)) }
        for probe in probes { if let interest = probe.interest { polls.append(interest) } }
        return polls
    }

    var wakes: ContinuousClock.Instant? {
        if stopReason != nil { return killsAt }
        var times = probes.map(\.wakes)
        if readiness == nil, !isReady { times.append(started + Self.settling) }
        return times.min()
    }

    /// Liveness is asked for once the process was ready: starting slowly is not being dead.
    private var probes: [ProbeRunner] {
        guard stopReason == nil else { return [] }
        return [readiness, wasReady ? liveness : nil].compactMap { $0 }
    }

    func stop(_ reason: String) {
        guard stopReason == nil else { return }
        stopReason = reason
        killsAt = .now + Self.patience
        _ = kill(-pid, SIGTERM)
    }

    func killIfDue(_ now: ContinuousClock.Instant) {
        guard let killsAt, now >= killsAt else { return }
        self.killsAt = nil
        _ = kill(-pid, SIGKILL)
    }

    /// How it ended, as `plumb_reap` says; nil while it runs. Whatever it started in its session goes along.
    func reap() -> Int32? {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, 0) > 0 else { return nil }
        // Before it is reaped its number, and with it the group's, belongs to nobody else.
        _ = kill(-pid, SIGKILL)
        let code = plumb_reap(pid)
        return code < 0 ? nil : code
    }

    /// What it has written since the last call; bounded, so that a chatty process does not keep the loop.
    func drain(into log: inout OutputLog) {
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        for _ in 0..<16 where output.read >= 0 {
            let count = retrying { read(output.read, &chunk, chunk.count) }
            if count == 0 { output.closeRead() }
            guard count > 0 else { return }
            // A full disk must not end the process; its output is lost until there is room again.
            try? log.append(Array(chunk[..<count]))
        }
    }
}
