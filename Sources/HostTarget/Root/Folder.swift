import CHostSupport
import Glibc
import Model

/// An open directory. Entries are reached by one name at a time and never through a symlink, so nothing that another
/// process does to the tree meanwhile leads outside it.
struct Folder {
    let descriptor: Int32
    /// For messages.
    let path: String

    /// Entries of one directory that a listing reads at most.
    static let listingLimit = 20_000

    /// The directory at a path that the user gave, symlinks followed; nil where there is nothing.
    static func at<Result>(_ path: String, _ body: (Folder) throws -> Result) throws -> Result? {
        let descriptor = retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw systemError("open the directory \(path)")
        }
        defer { close(descriptor) }
        return try body(Folder(descriptor: descriptor, path: path))
    }

    func shown(_ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

    /// nil where there is nothing of that name.
    func facts(_ name: String) throws -> FileFacts? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw systemError("look at \(shown(name))")
        }
        return FileFacts(status)
    }

    /// Opens the directory `name`; nil where there is nothing. Throws `conflict` where something else has the name.
    func within<Result>(_ name: String, _ body: (Folder) throws -> Result) throws -> Result? {
        let inner = retrying { openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard inner >= 0 else {
            let number = errno
            if number == ENOENT { return nil }
            if number == ENOTDIR || number == ELOOP, let facts = try facts(name) {
                throw PlumbError(
                    .conflict, "\(shown(name)) is \(facts.kind.rawValue), and a directory is needed there.",
                    remedy: facts.kind == .symlink ? "Plumb follows no symlinks on a host; name the real path." : nil)
            }
            throw systemError("open the directory \(shown(name))", number)
        }
        defer { close(inner) }
        return try body(Folder(descriptor: inner, path: shown(name)))
    }

    func within<Result>(_ names: some Collection<String>, _ body: (Folder) throws -> Result) throws -> Result? {
        guard let first = names.first else { return try body(self) }
        return try within(first) { try $0.within(names.dropFirst(), body) } ?? nil
    }

    /// Whether it was made; false where something has the name already.
    @discardableResult
    func makeFolder(_ name: String, mode: UInt32) throws -> Bool {
        guard mkdirat(descriptor, name, mode) == 0 else {
            if errno == EEXIST { return false }
            throw systemError("make the directory \(shown(name))")
        }
        return true
    }

    /// The names in it, sorted by their bytes, without `.` and `..`.
    func list() throws -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw systemError("list \(path)") }
        guard let stream = fdopendir(copy) else {
            close(copy)
            throw systemError("list \(path)")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
            guard names.count <= Self.listingLimit else {
                throw PlumbError(.limit, "\(path) has more than \(Self.listingLimit) entries.")
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a file or symlink; one that is gone is not an error.
    func remove(_ name: String) throws {
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw systemError("remove \(shown(name))") }
    }

    /// Whether it is gone; false where it has entries.
    func removeFolder(_ name: String) throws -> Bool {
        if unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
        if errno == ENOTEMPTY || errno == EEXIST { return false }
        throw systemError("remove the directory \(shown(name))")
    }

    /// Removes a directory with everything in it; only for Plumb's own.
    func removeTree(_ name: String) throws {
        _ = try within(name) { inner in
            for entry in try inner.list() {
                if try inner.facts(entry)?.kind == .directory { try inner.removeTree(entry) } else { try inner.remove(entry) }
            }
        }
        _ = try removeFolder(name)
    }

    /// Makes renames and removals in it outlast a power cut.
    func synchronize() throws {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemError("write \(path) to the disk") }
    }
}
