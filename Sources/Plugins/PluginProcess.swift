import CHostSupport
import Glibc
import Model

/// One run of a plugin's program. It waits, so it needs a thread of its own, and its child ends with that.
struct PluginProcess: Sendable {
    enum Stop: Sendable, Equatable { case late, output, processes, memory, cancelled }

    struct Outcome: Sendable {
        /// The exit code, or 256 and the signal.
        var status: Int32
        var output: [UInt8] = []
        /// The last of what it said.
        var errors: [UInt8] = []
        /// Why it was ended; nil where it ended by itself.
        var stop: Stop?
    }

    let plugin: Plugin
    let arguments: [String]
    let environment: [String: String]
    /// Absolute.
    let directory: String
    let cancellation: Cancellation

    private static let errorsKept = 16 << 10
    /// How often it is looked at what it uses.
    private static let tick: Duration = .milliseconds(20)
    /// Of runs at once, which may be of one user.
    static let runs = 4

    func run() throws -> Outcome {
        let (output, errors) = (try Pipe(), try Pipe())
        let process = try start(output, errors)
        output.closeWriting()
        errors.closeWriting()
        let session = Session(id: process)
        let descriptor = plumb_process_open(process)
        defer { if descriptor >= 0 { close(descriptor) } }
        var outcome = Outcome(status: -1)
        follow(descriptor, session, output, errors, &outcome)
        // Before the program is reaped: until then its number is nobody else's.
        session.end()
        while let more = output.take(), !more.isEmpty, take(more, [], &outcome) {}
        while let more = errors.take(), !more.isEmpty { _ = take([], more, &outcome) }
        outcome.status = reap(process, descriptor)
        return outcome
    }

    /// Until the program ends, or has to.
    private func follow(_ descriptor: Int32, _ session: Session, _ output: Pipe, _ errors: Pipe, _ outcome: inout Outcome) {
        let deadline = ContinuousClock.now + plugin.timeout
        var nextCount = ContinuousClock.now
        while true {
            let now = ContinuousClock.now
            if now >= deadline { return outcome.stop = .late }
            if cancellation.isCancelled { return outcome.stop = .cancelled }
            if now >= nextCount {
                let usage = session.usage
                if usage.processes > plugin.processes { return outcome.stop = .processes }
                if usage.memory > plugin.memory { return outcome.stop = .memory }
                nextCount = now + Self.tick
            }
            var polls = [descriptor, cancellation.descriptor, output.reading, errors.reading].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let patience = min(deadline - now, Self.tick)
            _ = poll(&polls, nfds_t(polls.count), Int32(patience / .milliseconds(1)) + 1)
            if !take(output.take() ?? [], errors.take() ?? [], &outcome) { return }
            if polls[0].revents != 0 { return }
        }
    }

    /// Returns false where that is too much.
    private func take(_ output: [UInt8], _ errors: [UInt8], _ outcome: inout Outcome) -> Bool {
        outcome.errors += errors
        if outcome.errors.count > 2 * Self.errorsKept { outcome.errors.removeFirst(outcome.errors.count - Self.errorsKept) }
        guard outcome.output.count + output.count <= plugin.output else {
            outcome.stop = .output
            return false
        }
        outcome.output += output
        return true
    }

    /// It was killed, or has ended: this is soon.
    private func reap(_ process: Int32, _ descriptor: Int32) -> Int32 {
        var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while descriptor >= 0, poll(&ended, 1, -1) < 0, errno == EINTR {}
        return plumb_reap(process)
    }

    // MARK: The start

    private func start(_ output: Pipe, _ errors: Pipe) throws -> Int32 {
        let report = try Pipe()
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let place = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer {
            close(null)
            close(place)
        }
        guard null >= 0, place >= 0 else { throw failure("its working directory cannot be entered", errno) }
        var limits = plumb_limits()
        limits.memory = UInt(plugin.memory)
        limits.file = UInt(max(plugin.fileSize, 1))
        limits.descriptors = 256
        // Of Plumb's own user, everything else that it runs would count.
        if let user = plugin.user, user.id != geteuid() { limits.processes = UInt(Self.runs * plugin.processes) }
        limits.seconds = UInt(plugin.timeout.components.seconds) + 1
        let command = plugin.command + arguments
        let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let groups = [gid_t(plugin.user?.group ?? 0)]
        let process = withUnsafePointer(to: limits) { limits in
            withCStrings(command) { arguments in
                withCStrings(variables) { environment in
                    groups.withUnsafeBufferPointer { groups in
                        var child = plumb_child()
                        child.path = arguments[0].map { UnsafePointer($0) }
                        child.arguments = arguments
                        child.environment = environment
                        child.directory = place
                        child.input = null
                        child.output = output.writing
                        child.errors = errors.writing
                        child.gate = -1
                        child.report = report.writing
                        child.death_signal = SIGKILL
                        child.changes_identity = plugin.user.map { $0.id != geteuid() } ?? false
                        child.user = plugin.user?.id ?? 0
                        child.group = plugin.user?.group ?? 0
                        child.groups = groups.baseAddress
                        child.group_count = groups.count
                        child.limits = limits
                        return plumb_start(&child)
                    }
                }
            }
        }
        guard process > 0 else { throw failure("no process can be made", errno) }
        report.closeWriting()
        try check(report, process)
        return process
    }

    /// The report ends without a word once the program runs.
    private func check(_ report: Pipe, _ process: Int32) throws {
        var told: [UInt8] = []
        while true {
            var ready = pollfd(fd: report.reading, events: Int16(POLLIN), revents: 0)
            _ = poll(&ready, 1, -1)
            guard let bytes = report.take() else { break }
            told += bytes
        }
        guard told.count == 8 else { return }
        let descriptor = plumb_process_open(process)
        _ = reap(process, descriptor)
        if descriptor >= 0 { close(descriptor) }
        let numbers = told.withUnsafeBytes {
            [$0.loadUnaligned(as: Int32.self), $0.loadUnaligned(fromByteOffset: 4, as: Int32.self)]
        }
        switch numbers[0] {
        case Int32(PLUMB_STEP_DIRECTORY): throw failure("its working directory cannot be entered", numbers[1])
        case Int32(PLUMB_STEP_IDENTITY): throw failure("it cannot run as its user", numbers[1])
        case Int32(PLUMB_STEP_LIMITS): throw failure("its limits cannot be set", numbers[1])
        default: throw failure("\(plugin.command[0]) cannot be run", numbers[1])
        }
    }

    private func failure(_ what: String, _ number: Int32) -> PlumbError {
        PlumbError(
            .failed, "The plugin \(plugin.name) cannot be started: \(what): \(String(cString: strerror(number))).",
            remedy: "Correct it in the file of plugins.")
    }
}
