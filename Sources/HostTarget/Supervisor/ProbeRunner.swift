import CHostSupport
import Glibc
import Model

/// Asks one probe again and again, without ever waiting: the supervisor's loop calls `step` when something may have
/// happened.
final class ProbeRunner {
    enum Outcome {
        case passed
        case failed(String)
    }

    private enum Attempt {
        case none(until: ContinuousClock.Instant)
        case connecting(Int32)
        case reading(Int32, [UInt8])
        case executing(pid: Int32, descriptor: Int32)
    }

    private let probe: Probe
    private let starter: ChildStarter
    private var attempt: Attempt
    private var deadline: ContinuousClock.Instant
    private var tries = 0
    private var hasPassed = false
    /// Failures since the last time that it passed.
    private(set) var failures = 0

    /// The first attempts follow each other faster than the period: most processes are ready soon.
    private static let firstPause = Duration.milliseconds(50)

    init(_ probe: Probe, starter: ChildStarter, now: ContinuousClock.Instant) {
        self.probe = probe
        self.starter = starter
        attempt = .none(until: now + Self.firstPause)
        deadline = now
    }

    deinit { abandon() }

    /// What to wait for besides the time.
    var interest: pollfd? {
        switch attempt {
        case .none: nil
        case .connecting(let socket): pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        case .reading(let socket, _): pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        case .executing(_, let descriptor): pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        }
    }

    var wakes: ContinuousClock.Instant {
        if case .none(let until) = attempt { until } else { deadline }
    }

    /// The outcome of an attempt that has just ended; nil while one goes on or is not due.
    func step(_ now: ContinuousClock.Instant) -> Outcome? {
        if case .none(let until) = attempt {
            guard now >= until else { return nil }
            deadline = now + .milliseconds(probe.timeout)
            if let failure = begin() { return end(.failed(failure), now) }
        }
        while let outcome = advance() {
            switch outcome {
            case .goesOn: continue
            case .ended(let result): return end(result, now)
            }
        }
        if now >= deadline { return end(.failed("no answer within \(probe.timeout) ms"), now) }
        return nil
    }

    private enum Progress {
        case goesOn
        case ended(Outcome)
    }

    private func begin() -> String? {
        switch probe.check {
        case .http(let address, let port, _, _), .tcp(let address, let port): return connect(address, port)
        case .exec(let command):
            let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
            defer { close(null) }
            do {
                let pid = try starter.start(command, output: null, dies: true)
                let descriptor = plumb_process_open(pid)
                guard descriptor >= 0 else { return "cannot follow the probe's process" }
                attempt = .executing(pid: pid, descriptor: descriptor)
                return nil
            } catch {
                return (error as? PlumbError)?.message ?? "cannot start"
            }
        }
    }

    private func connect(_ address: String, _ port: UInt16) -> String? {
        guard let target = SocketAddress(address, port: port) else { return "\(address) is no address" }
        let socket = Glibc.socket(target.family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard socket >= 0 else { return "no socket: \(String(cString: strerror(errno)))" }
        let number = target.connect(socket)
        guard number == 0 || number == EINPROGRESS else {
            close(socket)
            return "port \(port): \(String(cString: strerror(number)))"
        }
        attempt = .connecting(socket)
        return nil
    }

    /// One step of the attempt; nil where it has to wait.
    private func advance() -> Progress? {
        guard var waited = interest, poll(&waited, 1, 0) > 0 else { return nil }
        switch attempt {
        case .none: return nil
        case .connecting(let socket): return connected(socket)
        case .reading(let socket, let bytes): return received(socket, bytes)
        case .executing(let pid, let descriptor):
            _ = kill(-pid, SIGKILL)
            let code = plumb_reap(pid)
            close(descriptor)
            attempt = .none(until: deadline)
            return .ended(code == 0 ? .passed : .failed("the probe's command ended with \(ExitText.text(code))"))
        }
    }

    private func connected(_ socket: Int32) -> Progress {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(socket, SOL_SOCKET, SO_ERROR, &number, &length) == 0, number == 0 else {
            let reason = String(cString: strerror(number))
            return .ended(.failed("cannot connect\(probe.check.place): \(reason)"))
        }
        guard case .http(_, _, let target, let host) = probe.check else { return .ended(.passed) }
        let request =
            "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: plumb-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        // At most a few KiB, which a socket that has just connected takes at once.
        let bytes = Array(request.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            return .ended(.failed("cannot send the request"))
        }
        attempt = .reading(socket, [])
        return .goesOn
    }

    private func received(_ socket: Int32, _ bytes: [UInt8]) -> Progress {
        var chunk = [UInt8](repeating: 0, count: 1024)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return .ended(.failed("the connection ended before an answer")) }
        let bytes = bytes + chunk[..<count]
        guard bytes.contains(10) || bytes.count > 4096 else {
            attempt = .reading(socket, bytes)
            return .goesOn
        }
        return .ended(Self.outcome(ofStatusLine: bytes))
    }

    static func outcome(ofStatusLine bytes: [UInt8]) -> Outcome {
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3, let status = Int(words[1]) else {
            return .failed("the answer is no HTTP")
        }
        return (200..<400).contains(status) ? .passed : .failed("the status is \(status)")
    }

    private func end(_ outcome: Outcome, _ now: ContinuousClock.Instant) -> Outcome {
        abandon()
        tries += 1
        if case .passed = outcome {
            hasPassed = true
            failures = 0
        } else {
            failures += 1
        }
        let period = Duration.milliseconds(probe.period)
        attempt = .none(until: now + (hasPassed ? period : min(period, Self.firstPause * (1 << min(tries, 10)))))
        return outcome
    }

    private func abandon() {
        switch attempt {
        case .none: return
        case .connecting(let socket), .reading(let socket, _): close(socket)
        case .executing(let pid, let descriptor):
            _ = kill(-pid, SIGKILL)
            ChildStarter.collect(pid)
            close(descriptor)
        }
        attempt = .none(until: deadline)
    }
}

/// How a child ended, for people.
enum ExitText {
    /// `code` as `plumb_reap` gives it.
    static func text(_ code: Int32) -> String {
        code >= 256 ? "signal \(code - 256) (\(name(code - 256)))" : "exit code \(code)"
    }

    private static func name(_ signal: Int32) -> String { strsignal(signal).map { String(cString: $0) } ?? "unknown" }
}
