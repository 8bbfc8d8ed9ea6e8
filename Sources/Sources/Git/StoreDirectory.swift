import Model
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The directory that belongs to one repository: its copy, a lock against a second process, and the files that Git and SSH
/// take secrets from, which exist only while the repository is open.
///
/// Every call blocks on the file system.
final class StoreDirectory: Sendable {
    let path: String
    private let lock: CInt
    private let isHeld = Mutex(true)

    var repository: String { "\(path)/repository.git" }
    var history: String { "\(path)/history.git" }
    var secrets: String { "\(path)/private" }

    /// Creates the directory and takes its lock. Throws `conflict` while another process holds it.
    init(_ path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Descriptor.failure("create \(path)/lock", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            _ = Self.shut(descriptor)
            throw PlumbError(
                .conflict, "The directory \(path) is in use by another Plumb process, or a second time by this one.",
                remedy: "Stop the other one, or give this one a data directory of its own.")
        }
        // Last: from here on a failure would run `deinit`, which is for the holder of the lock only.
        lock = descriptor
    }

    deinit {
        release()
        _ = Self.shut(lock)
    }

    /// Removes the files with secrets, and lets another have the directory.
    func release() {
        let wasHeld = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        guard wasHeld else { return }
        removeSecrets()
        _ = flock(lock, LOCK_UN)
    }

    /// A member named `close` would hide the function.
    private static func shut(_ descriptor: CInt) -> CInt { close(descriptor) }

    /// Writes what Git takes from files only; whatever a process that was killed left behind goes first.
    func writeFiles(for credentials: GitCredentials) throws -> GitEnvironment.Files {
        removeSecrets()
        try FileManager.default.createDirectory(
            atPath: "\(secrets)/home", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var files = GitEnvironment.Files(home: "\(secrets)/home")
        if case .sshKey(let identity, let knownHosts) = credentials.method {
            // OpenSSH does not read a key whose last line does not end.
            files.identity = try write(identity + (identity.hasSuffix("\n") ? "" : "\n"), "identity")
            files.knownHosts = try write(knownHosts, "known_hosts")
        }
        if let authority = credentials.certificateAuthority { files.certificateAuthority = try write(authority, "ca.crt") }
        return files
    }

    private func removeSecrets() { try? FileManager.default.removeItem(atPath: secrets) }

    /// Removes the copy; the next fetch begins with nothing.
    func removeRepository() throws { try remove(repository) }
    func removeHistory() throws { try remove(history) }

    var hasRepository: Bool { FileManager.default.fileExists(atPath: "\(repository)/HEAD") }
    var hasHistory: Bool { FileManager.default.fileExists(atPath: "\(history)/HEAD") }

    private func remove(_ copy: String) throws {
        guard FileManager.default.fileExists(atPath: copy) else { return }
        do { try FileManager.default.removeItem(atPath: copy) } catch {
            throw PlumbError(.failed, "The damaged copy \(copy) cannot be removed: \(error)", remedy: "Remove it.")
        }
    }

    /// How many packs there are; each fetch adds one or two.
    var packs: Int { Self.packs(of: repository) }
    var historyPacks: Int { Self.packs(of: history) }

    private static func packs(of repository: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/objects/pack")) ?? []
        return names.count { $0.hasSuffix(".pack") }
    }

    func write(_ text: String, _ name: String) throws -> String {
        let file = "\(secrets)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Descriptor.failure("create \(file)", errno) }
        defer { _ = Self.shut(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Descriptor.failure("write \(file)", errno) }
            rest = rest.dropFirst(count)
        }
        return file
    }
}
