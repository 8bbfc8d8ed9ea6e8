import Model

/// One process as it is now: what was asked for, what its supervisor says, and whether there is one.
struct ProcessView: Sendable {
    var stored: StoredProcess
    var status: ProcessStatus?
    /// A supervisor holds the lock.
    var isSupervised: Bool
    /// The supervisor is gone, and its child is not.
    var survivor: ProcessIdentity?
    var lastLine: String?

    /// nil where no such process was ever written.
    static func load(_ directory: ProcessDirectory) throws -> ProcessView? {
        guard let stored = try directory.stored() else { return nil }
        let isSupervised = try directory.isLocked()
        // Half a status is left only by a machine that lost power, and its processes with it.
        let status = try? directory.status()
        let survivor = isSupervised ? nil : status?.child.flatMap { $0.isAlive ? $0 : nil }
        return ProcessView(
            stored: stored, status: status, isSupervised: isSupervised, survivor: survivor,
            lastLine: try? OutputLog.lastLine(in: directory.folder))
    }

    /// Ended for good, as asked for: it needs no supervisor any more.
    var isFinished: Bool {
        guard let status, status.uid == stored.uid, status.digest == stored.digest else { return false }
        return status.state == .exited || status.state == .failed
    }

    var isThere: Bool { isSupervised || survivor != nil || isFinished }

    /// Whether what runs, or has run to its end, is this version.
    func runs(_ digest: String) -> Bool {
        guard isSupervised || (isFinished && survivor == nil) else { return false }
        return (isSupervised ? status?.digest : stored.digest) == digest
    }

    /// Ends in a row after which a process counts as broken, though it is still tried.
    private static let crashLoop = 5

    var health: Health {
        guard isThere else { return Health(.missing, "it does not run") }
        guard isSupervised || isFinished, let status else {
            return isSupervised
                ? Health(.progressing, "it starts") : Health(.degraded, "its supervisor has ended, and left it behind")
        }
        switch status.state {
        case .ready, .running: return .healthy
        case .exited: return Health(.healthy, "it has run to its end")
        case .failed: return Health(.degraded, reason)
        case .starting, .backoff:
            return Health(status.failures >= Self.crashLoop ? .degraded : .progressing, reason)
        case .stopped: return Health(.progressing, "it stops")
        }
    }

    var hookProgress: HookProgress {
        if isFinished { return status?.state == .exited ? .succeeded : .failed(reason) }
        return isSupervised ? .running(status?.message) : .failed("its supervisor ended before it did")
    }

    private var reason: String {
        var parts = [status?.message, status?.lastExit].compactMap { $0 }
        if let lastLine, !lastLine.isEmpty { parts.append("its last line: \(lastLine.quoted)") }
        return parts.joined(separator: "; ")
    }
}
