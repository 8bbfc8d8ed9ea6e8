import Manifests
import Model

/// A host manifest, understood.
enum HostObject: Sendable, Hashable {
    case file(FileSpec)
    case directory(DirectorySpec)
    case process(ProcessSpec)

    /// What occupies a path; nil for a process.
    var path: HostPath? {
        switch self {
        case .file(let spec): spec.path
        case .directory(let spec): spec.path
        case .process: nil
        }
    }
}

struct FileSpec: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case inline(String)
        /// A path in the snapshot, relative to the directory of the manifest's file.
        case source(String)
    }

    var path: HostPath
    var content: Content
    /// nil: not declared; a new file gets 0644.
    var mode: UInt32?
    var owner: Owner?

    /// Whether everybody on the host may read it; else its content is shown nowhere.
    var isPublic: Bool { (mode ?? 0o644) & 0o004 != 0 }
}

struct DirectorySpec: Sendable, Hashable {
    var path: HostPath
    /// nil: not declared; a new directory gets 0755.
    var mode: UInt32?
    var owner: Owner?
}

struct ProcessSpec: Sendable, Hashable, Codable {
    enum Restart: String, Sendable, Hashable, Codable, CaseIterable {
        case always
        case onFailure = "on-failure"
        case never
    }

    var command: [String]
    var environment: [String: String]
    var user: Owner?
    /// nil: the root itself.
    var workingDirectory: HostPath?
    var restart: Restart
    /// Names of objects whose change restarts the process.
    var restartOn: [Reference]
    var readiness: Probe?
    var liveness: Probe?

    struct Reference: Sendable, Hashable, Codable {
        var kind: HostKind
        var name: String
    }
}

/// A question that a process has to answer, again and again.
struct Probe: Sendable, Hashable, Codable {
    enum Check: Sendable, Hashable, Codable {
        /// A GET that is answered with a status from 200 to 399.
        case http(address: String, port: UInt16, target: String, host: String)
        /// A connection that is accepted.
        case tcp(address: String, port: UInt16)
        /// A program that ends with 0, run as the process is.
        case exec([String])

        /// ` to 127.0.0.1:80`; empty for a program.
        var place: String {
            switch self {
            case .http(let address, let port, _, _), .tcp(let address, let port):
                " to " + (address.contains(":") ? "[\(address)]" : address) + ":\(port)"
            case .exec: ""
            }
        }
    }

    var check: Check
    /// Of one attempt, in milliseconds.
    var timeout: Int
    /// From one attempt to the next, in milliseconds.
    var period: Int

    static let defaultTimeout = Duration.seconds(5)
    static let defaultPeriod = Duration.seconds(5)
    /// Attempts in a row that have to fail before a process that worked counts as failing.
    static let failureThreshold = 3
}
