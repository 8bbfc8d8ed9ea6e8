import CHostSupport
import Glibc
import Manifests
import Model

/// Plumb's own directory under a root, `.plumb`: who owns what there. Every change happens under its lock.
struct HostStore: Sendable {
    /// Absolute.
    let root: String
    /// What this process has seen here.
    private let seen = SeenInstallation()

    init(root: String) { self.root = root }

    /// How long a short change by another process is waited for.
    private static let lockPatience = Duration.seconds(10)

    /// The root and Plumb's directory in it; nil where Plumb has never been.
    ///
    /// Throws `unreachable` where what was there in this process's time is not any more, and `denied` where another
    /// installation's is: an unmounted disk is not an empty one.
    func read<Result>(_ body: (Folder, Folder) throws -> Result) throws -> Result? {
        let result =
            try Folder.at(root) { rootFolder in
                try rootFolder.named("").within(HostPath.reserved) { state in
                    try Self.trust(state)
                    try seen.check(try InventoryStore.installation(state), root)
                    return try body(rootFolder.named(""), state)
                }
            } ?? nil
        if result == nil { try seen.check(nil, root) }
        return result
    }

    /// Plumb has left on purpose: nothing is to be missed.
    func forget() { seen.forget() }

    /// The same under the lock; makes both directories where they are missing.
    func change<Result>(_ body: (Folder, Folder) throws -> Result) throws -> Result {
        // Nothing is made anew in the place of a root that is gone.
        _ = try read { _, _ in true }
        try makeRoot()
        // Whoever removes the directory takes the lock's file along; then it is made and locked again.
        for _ in 0..<100 {
            let result =
                try Folder.at(root) { rootFolder -> Result? in
                    let rootFolder = rootFolder.named("")
                    try rootFolder.makeFolder(HostPath.reserved, mode: 0o700)
                    return try rootFolder.within(HostPath.reserved) { state in
                        try Self.trust(state)
                        return try Self.locked(state) { try body(rootFolder, state) }
                    } ?? nil
                } ?? nil
            if let result { return result }
        }
        throw PlumbError(.conflict, "\(root)/\(HostPath.reserved) is removed again and again by others.")
    }

    /// Another user's directory could name any file as Plumb's own.
    static func trust(_ state: Folder) throws {
        var status = stat()
        guard fstat(state.descriptor, &status) == 0 else { throw systemError("look at \(state.path)") }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw PlumbError(
                .denied,
                "\(state.path) belongs to the user \(Accounts.name(ofUser: status.st_uid)), and Plumb runs as \(Accounts.current().name).",
                remedy: "Run Plumb as that user, or as root.")
        }
    }

    /// nil where the directory was removed before the lock was had.
    static func locked<Result>(_ state: Folder, _ body: () throws -> Result) throws -> Result? {
        let file = retrying { openat(state.descriptor, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw systemError("lock \(state.path)")
        }
        defer { close(file) }
        let deadline = ContinuousClock.now + lockPatience
        while plumb_lock(file) != 0 {
            guard errno == EAGAIN || errno == EACCES else { throw systemError("lock \(state.path)") }
            guard ContinuousClock.now < deadline else {
                throw PlumbError(.timedOut, "Another process has held the lock of \(state.path) for \(lockPatience).")
            }
            usleep(2_000)
        }
        var status = stat()
        guard fstat(file, &status) == 0, let current = try state.facts("lock"), current.inode == UInt64(status.st_ino) else {
            return nil
        }
        return try body()
    }
}

/// What Plumb did to the host apart from objects, so that it can be undone.
struct HostRecord: Codable {
    var madeRoot = false
    /// Directories made on the way to an object; removed again when empty.
    var parents: Set<String> = []

    static let file = "host.json"

    init(madeRoot: Bool = false) { self.madeRoot = madeRoot }

    static func load(_ state: Folder) throws -> HostRecord { try state.load(file, as: HostRecord.self) ?? HostRecord() }
}

extension Folder {
    /// The same directory under another name in messages.
    func named(_ path: String) -> Folder { Folder(descriptor: descriptor, path: path) }
}
