import Dispatch
import Glibc
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The directory of one run: HOME and TMPDIR of the program, and the files that it renders, below `source`.
struct RunDirectory: Sendable {
    let path: String
    private let owner: Plugin.Account?
    private let work: BlockingWork

    var source: String { path + "/source" }

    /// Bounds that no repository of manifests comes near.
    static let files = 50_000
    static let bytes = 512 << 20

    /// Throws `failed` where it cannot be made.
    static func make(in workspace: String, owner: Plugin.Account?, _ work: BlockingWork) async throws -> RunDirectory {
        let path = try await work.run {
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
            var template = Array("\(workspace)/plumb-run-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw failure("make a directory in \(workspace)") }
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if let owner, chown(path, owner.id, owner.group) != 0 { throw failure("give \(path) to the plugin's user") }
            return path
        }
        let directory = RunDirectory(path: path, owner: owner, work: work)
        do { try await directory.make("source") } catch {
            try? await directory.remove()
            throw error
        }
        return directory
    }

    private init(path: String, owner: Plugin.Account?, work: BlockingWork) {
        self.path = path
        self.owner = owner
        self.work = work
    }

    func make(_ name: String) async throws {
        try await work.run {
            guard mkdir("\(path)/\(name)", 0o755) == 0 || errno == EEXIST else { throw Self.failure("make the directory \(name)") }
            try own(name)
        }
    }

    /// Never follows a symlink, and never writes over anything.
    func write(_ bytes: [UInt8], to name: String, executable: Bool) async throws {
        try await work.run {
            let file = Glibc.open(
                "\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, executable ? 0o755 : 0o644)
            guard file >= 0 else { throw Self.failure("write the file \(name)") }
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw Self.failure("write the file \(name)") }
                rest = rest.dropFirst(count)
            }
            try own(name)
        }
    }

    func link(_ name: String, to target: String) async throws {
        try await work.run {
            guard symlink(target, "\(path)/\(name)") == 0 else { throw Self.failure("make the symlink \(name)") }
            try own(name)
        }
    }

    private func own(_ name: String) throws {
        guard let owner else { return }
        guard lchown("\(path)/\(name)", owner.id, owner.group) == 0 else { throw Self.failure("give \(name) to the plugin's user") }
    }

    /// Also in a cancelled task. Throws `failed` where something of it stays.
    func remove() async throws { try await work.run { try Self.erase(path) } }

    /// A directory and all in it, symlinks not followed.
    static func erase(_ path: String) throws {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            // Directories that a program has closed, to itself and to us.
            unlock(path)
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw PlumbError(
                    .failed, "The directory \(path) of a plugin cannot be removed: \(error)", remedy: "Remove it by hand.")
            }
        }
    }

    private static func unlock(_ directory: String) {
        guard chmod(directory, 0o700) == 0, let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            return
        }
        for name in names {
            var status = stat()
            let path = "\(directory)/\(name)"
            if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { unlock(path) }
        }
    }

    private static func failure(_ what: String) -> PlumbError {
        PlumbError(.failed, "Could not \(what) for a plugin: \(String(cString: strerror(errno)))")
    }
}

/// Runs calls that wait for a disk or a process on threads of their own, so that they never hold up a thread of Swift's pool.
struct BlockingWork: Sendable {
    private let queue: DispatchQueue

    init(_ label: String) { queue = DispatchQueue(label: label, attributes: .concurrent) }

    /// Also in a cancelled task: what was begun has to be cleared up then too.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
