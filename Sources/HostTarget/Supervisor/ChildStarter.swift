import CHostSupport
import Glibc
import Model

/// Starts the programs of one process: itself, and those that probe it.
struct ChildStarter {
    let root: String
    let spec: ProcessSpec

    /// Starts `command` with its output going to `output`. `announce` is called with the process id before the program
    /// runs: should the caller die first, it never does.
    ///
    /// Throws `failed` where it cannot be started, in words for people.
    func start(_ command: [String], output: Int32, dies: Bool, announce: (Int32) throws -> Void = { _ in }) throws -> Int32 {
        let user = try spec.user.map { try Accounts.user($0.user) }
        let environment = environment(user ?? Accounts.current())
        let started =
            try Folder.at(root) { rootFolder in
                try rootFolder.named("").within(spec.workingDirectory?.components ?? []) { directory in
                    let program = try program(command, environment, directory)
                    let group = try spec.user?.group.map(Accounts.groupID) ?? user?.group ?? 0
                    return try withCStrings(command) { arguments in
                        try withCStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { variables in
                            try program.withCString { path in
                                try (user.map(Accounts.groups) ?? []).withUnsafeBufferPointer { groups in
                                    var child = plumb_child()
                                    child.path = path
                                    child.arguments = arguments
                                    child.environment = variables
                                    child.directory = directory.descriptor
                                    child.output = output
                                    child.death_signal = dies ? SIGTERM : 0
                                    child.changes_identity = user.map { $0.id != geteuid() || $0.group != getegid() } ?? false
                                    child.user = user?.id ?? 0
                                    child.group = group
                                    child.groups = groups.baseAddress
                                    child.group_count = groups.count
                                    return try start(&child, program, announce)
                                }
                            }
                        }
                    }
                } ?? nil
            } ?? nil
        guard let started else {
            throw PlumbError(
                .failed, "cannot start: the working directory \(spec.workingDirectory?.description ?? root) is not there")
        }
        return started
    }

    private func start(_ child: inout plumb_child, _ program: String, _ announce: (Int32) throws -> Void) throws -> Int32 {
        let gate = try Pipe()
        defer { gate.close() }
        let report = try Pipe()
        defer { report.close() }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else { throw systemError("open /dev/null") }
        defer { close(null) }
        child.input = null
        child.gate = gate.read
        child.report = report.write
        let pid = plumb_start(&child)
        guard pid > 0 else { throw systemError("start a process") }
        report.closeWrite()
        gate.closeRead()
        do {
            try announce(pid)
        } catch {
            gate.closeWrite()
            Self.collect(pid)
            throw error
        }
        var go: UInt8 = 1
        _ = retrying { write(gate.write, &go, 1) }
        var message: [Int32] = [0, 0]
        let count = retrying { read(report.read, &message, 8) }
        guard count == 8 else { return pid }
        Self.collect(pid)
        let reason = String(cString: strerror(message[1]))
        switch message[0] {
        case Int32(PLUMB_STEP_DIRECTORY): throw PlumbError(.failed, "cannot enter its working directory: \(reason)")
        case Int32(PLUMB_STEP_IDENTITY): throw PlumbError(.failed, "cannot become the user \(spec.user?.user ?? ""): \(reason)")
        default: throw PlumbError(.failed, "cannot start \(program.quoted): \(reason)")
        }
    }

    /// Waits for a child that is about to end.
    static func collect(_ pid: Int32) {
        let descriptor = plumb_process_open(pid)
        if descriptor >= 0 {
            var poll = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
            _ = retrying { Glibc.poll(&poll, 1, 5_000) }
            close(descriptor)
        }
        _ = plumb_reap(pid)
    }

    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Exactly what the manifest says, and where programs and the home directory are.
    private func environment(_ user: Accounts.User) -> [String: String] {
        ["PATH": Self.defaultPath, "HOME": user.home].merging(spec.environment) { $1 }
    }

    /// The path to execute: a name without a slash is looked for in the PATH of the process.
    private func program(_ command: [String], _ environment: [String: String], _ directory: Folder) throws -> String {
        let name = command.first ?? ""
        if name.contains("/") { return name }
        for place in (environment["PATH"] ?? "").split(separator: ":") where place.hasPrefix("/") {
            let path = "\(place)/\(name)"
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return path }
        }
        throw PlumbError(.failed, "cannot start \(name.quoted): there is no such program in \(environment["PATH"] ?? "")")
    }
}

/// Both ends of a pipe, closed at most once each.
final class Pipe {
    private(set) var read: Int32
    private(set) var write: Int32

    init(nonblocking: Bool = false) throws {
        var ends: [Int32] = [-1, -1]
        guard plumb_pipe(&ends) == 0 else { throw systemError("make a pipe") }
        (read, write) = (ends[0], ends[1])
        if nonblocking { _ = fcntl(read, F_SETFL, O_NONBLOCK) }
    }

    func closeRead() {
        if read >= 0 { Glibc.close(read) }
        read = -1
    }

    func closeWrite() {
        if write >= 0 { Glibc.close(write) }
        write = -1
    }

    func close() {
        closeRead()
        closeWrite()
    }
}
