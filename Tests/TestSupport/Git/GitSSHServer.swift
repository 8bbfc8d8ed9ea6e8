import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Git over SSH: a real `sshd` on a free port, with host and user keys of its own. It lets in whoever runs the tests.
package final class GitSSHServer: Sendable {
    package let port: Int
    /// The private key that the server lets in.
    package let privateKeyFile: String
    package let privateKey: String
    /// A key that it does not.
    package let strangersKeyFile: String
    /// The line by which a client knows the server.
    package let knownHosts: String
    package let knownHostsFile: String
    private let directory: String
    private let process: ServerProcess

    private init(port: Int, directory: String, process: ServerProcess) throws {
        self.port = port
        self.directory = directory
        self.process = process
        privateKeyFile = "\(directory)/user"
        privateKey = try Files.read(privateKeyFile)
        strangersKeyFile = "\(directory)/stranger"
        let hostKey = try Files.read("\(directory)/host.pub").split(separator: " ").prefix(2).joined(separator: " ")
        knownHosts = "[127.0.0.1]:\(port) \(hostKey.trimmed)"
        knownHostsFile = "\(directory)/known_hosts"
        try Files.write(knownHosts + "\n", to: knownHostsFile)
    }

    deinit { TemporaryDirectory.remove(directory) }

    package static func start() async throws -> GitSSHServer {
        let directory = try TemporaryDirectory.create("sshd")
        do {
            for key in ["host", "user", "stranger"] {
                try await ProcessRunner.check(
                    "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", key, "-f", "\(directory)/\(key)"])
            }
            try Files.write(try Files.read("\(directory)/user.pub"), to: "\(directory)/authorized_keys", mode: 0o600)
            return try await startOnFreePort(directory)
        } catch {
            TemporaryDirectory.remove(directory)
            throw error
        }
    }

    package static func with<Success>(_ body: (GitSSHServer) async throws -> Success) async throws -> Success {
        let server = try await start()
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Where `repository` is cloned from.
    package func url(of repository: TestRepository) -> String {
        "ssh://\(Self.userName)@127.0.0.1:\(port)\(repository.path)"
    }

    /// A value for `GIT_SSH_COMMAND` that knows this server and has the key it lets in.
    package var sshCommand: String {
        "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o UserKnownHostsFile=\(knownHostsFile) -i \(privateKeyFile)"
    }

    package func stop() async {
        await process.kill()
        TemporaryDirectory.remove(directory)
    }

    private static let userName: String = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"

    private static func startOnFreePort(_ directory: String) async throws -> GitSSHServer {
        // As root, sshd wants this directory, which only its init script makes.
        if getuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
        var attempt = 1
        while true {
            let port = try FreePort.next()
            let log = "\(directory)/sshd-\(attempt).log"
            try Files.write(configuration(directory, port: port), to: "\(directory)/sshd_config")
            // sshd starts itself again for every connection, so it insists on its absolute path.
            let process = try await ServerProcess.start(
                "/usr/sbin/sshd", ["-D", "-e", "-f", "\(directory)/sshd_config"], log: log)
            do {
                try await eventually("sshd listens on port \(port)", every: .milliseconds(10)) { () -> Void? in
                    guard process.isRunning else { throw Hopeless("sshd has ended") }
                    return try Files.read(log).contains("Server listening on") ? () : nil
                }
                return try GitSSHServer(port: port, directory: directory, process: process)
            } catch {
                await process.kill()
                try Task.checkCancellation()
                let text = Files.tail(log)
                guard attempt < 3, text.contains("Address already in use") else {
                    throw TestSupportError("sshd did not start: \(error)\n\(text)")
                }
                attempt += 1
            }
        }
    }

    private static func configuration(_ directory: String, port: Int) -> String {
        """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(directory)/host
        AuthorizedKeysFile \(directory)/authorized_keys
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        MaxStartups 200
        LogLevel VERBOSE

        """
    }
}
