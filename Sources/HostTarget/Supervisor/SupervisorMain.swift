import CHostSupport
import Glibc
import Model

/// What `plumb supervise` does: the life of one process, from its directory of state.
package enum SupervisorMain {
    /// What the one who starts a supervisor reads from it when it has the lock and has said so.
    static let greeting = "ok"

    /// Blocks the calling thread until the process has ended for good or SIGTERM was received, and gives the exit code:
    /// 0, or 1 where it could not begin or go on, or 75 where another supervisor has the process.
    ///
    /// `handshake` is a descriptor to say `ok` or what is wrong on, and to close.
    package static func run(stateDirectory: String, handshake: Int32?) -> Int32 {
        let signals = plumb_termination_signals()
        if let handshake { _ = fcntl(handshake, F_SETFD, FD_CLOEXEC) }
        do {
            let result = try Folder.at(stateDirectory) { try run(ProcessDirectory(folder: $0), signals, handshake) }
            guard let result else { throw PlumbError(.notFound, "There is no directory \(stateDirectory).") }
            return result
        } catch {
            say("\(error)", handshake)
            return 1
        }
    }

    private static func run(_ directory: ProcessDirectory, _ signals: Int32, _ handshake: Int32?) throws -> Int32 {
        guard let lock = try directory.lock() else {
            say("another supervisor has the process", handshake)
            return 75
        }
        defer { close(lock) }
        guard let stored = try directory.stored(), let own = ProcessIdentity(getpid()) else {
            throw PlumbError(.notFound, "\(directory.folder.path) holds no process to run.")
        }
        // A status that a lost power cut in half names nobody who is still alive.
        let survivor = (try? directory.status())??.child
        let status = ProcessStatus(
            state: .starting, supervisor: own, child: survivor, restarts: 0, failures: 0, message: "it is about to start",
            digest: stored.digest, uid: stored.uid)
        try directory.store(status)
        say(greeting, handshake)
        if let survivor { try ProcessEnd.end(survivor, patience: RunningChild.patience) }
        var supervisor = try Supervisor(directory, stored, signals: signals, lock: lock, status: status)
        try supervisor.run()
        return 0
    }

    private static func say(_ text: String, _ handshake: Int32?) {
        guard let handshake else { return }
        try? Folder.write(Array(text.utf8), to: handshake, "the handshake")
        close(handshake)
    }
}

/// Ends a process that has no supervisor, with everything in its session.
enum ProcessEnd {
    /// Blocks for at most `patience`, and as long again after SIGKILL.
    static func end(_ process: ProcessIdentity, patience: Duration) throws {
        for signal in [SIGTERM, SIGKILL] {
            let isGone = try process.withDescriptor { descriptor in
                // The supervisor made it the leader of a group of its own.
                _ = kill(-process.pid, signal)
                return wait(descriptor, patience)
            }
            if isGone ?? true { return }
        }
        throw PlumbError(.timedOut, "The process \(process.pid) that an earlier supervisor left behind does not end.")
    }

    /// Whether the process ended within the time.
    static func wait(_ descriptor: Int32, _ patience: Duration) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return retrying {
            poll(
                &polled, 1,
                Int32(clamping: patience.components.seconds * 1000 + patience.components.attoseconds / 1_000_000_000_000_000))
        } > 0
    }
}
