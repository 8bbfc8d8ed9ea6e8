import Model

/// What a supervisor is to run, and for whom: `spec.json`, written by the target before it starts one.
struct StoredProcess: Codable, Sendable {
    /// Full name of the application; nil once it was released.
    var owner: String?
    var uid: String
    /// The operation that runs it, where it is a hook.
    var operation: String?
    /// Of the desired object.
    var digest: String
    /// The target's root, absolute.
    var root: String
    var spec: ProcessSpec
    /// The spec as its manifest wrote it, as JSON: what a later one is compared with.
    var source: String
}

/// How the process is doing: `status.json`, replaced by its supervisor at every change.
struct ProcessStatus: Codable, Sendable {
    enum State: String, Codable, Sendable {
        /// Started, and not ready yet.
        case starting
        case ready
        /// Up for a moment, with no readiness to ask for.
        case running
        /// Ended, and starts again at its time.
        case backoff
        /// Ended with 0, for good.
        case exited
        /// Ended with an error, for good.
        case failed
        /// Told to stop.
        case stopped
    }

    var state: State
    var supervisor: ProcessIdentity
    var child: ProcessIdentity?
    /// Seconds since 1970.
    var startedAt: Int64?
    var restarts: Int
    /// Ends in a row without a healthy minute between them.
    var failures: Int
    /// How it ended last, in words.
    var lastExit: String?
    var message: String?
    /// Of the `spec.json` that runs.
    var digest: String
    var uid: String
}

/// The directory of one process, `.plumb/processes/<name>`.
struct ProcessDirectory {
    let folder: Folder

    static let parent = "processes"
    static let lockFile = "lock"
    static let outputFile = "output.log"
    static let specFile = "spec.json"
    static let statusFile = "status.json"

    func stored() throws -> StoredProcess? { try folder.load(Self.specFile, as: StoredProcess.self) }
    func store(_ process: StoredProcess) throws { try folder.store(Self.specFile, json: process) }
    func status() throws -> ProcessStatus? { try folder.load(Self.statusFile, as: ProcessStatus.self) }
    func store(_ status: ProcessStatus) throws { try folder.store(Self.statusFile, json: status) }
}
