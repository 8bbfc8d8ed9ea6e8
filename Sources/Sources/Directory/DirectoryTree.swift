package import Model

/// The files of a directory on disk, as they are when they are read. `.git` is not part of it.
package struct DirectoryTree: FileTree {
    private let root: Descriptor
    private let work: BlockingWork

    /// Opens `path`, an absolute path or one relative to the working directory. Throws `notFound` or `denied`.
    package init(_ path: String) async throws {
        let work = BlockingWork("plumb.directory")
        self.work = work
        self.root = try await work.run { try Descriptor.root(path) }
    }

    package func entry(at path: TreePath) async throws -> TreeEntry? {
        try await work.run { [root] in
            switch try Place.find(path, from: root) {
            case .none: nil
            case .directory: .directory
            case .file(_, _, let size, let executable): .file(size: size, executable: executable)
            }
        }
    }

    package func symlink(at path: TreePath) async throws -> String? {
        guard !path.isRoot else { return nil }
        return try await work.run { [root] in
            guard case .directory(let directory, _) = try Place.find(path.parent, from: root),
                case .symlink? = try directory.kind(of: path.name)
            else { return nil }
            return String(validating: try directory.symlinkTarget(of: path.name), as: UTF8.self)
        }
    }

    package func list(_ path: TreePath) async throws -> [String] {
        try await work.run { [root] in
            guard case .directory(let directory, _) = try Place.find(path, from: root) else { throw TreeErrors.noDirectory(path) }
            guard let names = try directory.names(limit: TreeLimits.entriesInDirectory) else {
                throw TreeErrors.tooManyEntries(path)
            }
            return try names.filter { $0 != Place.hidden }.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
                guard let text = String(validating: name, as: UTF8.self) else { throw TreeErrors.nameNotText(name, in: path) }
                return text
            }
        }
    }

    package func read(_ path: TreePath) async throws -> [UInt8] {
        try await work.run { [root] in
            switch try Place.find(path, from: root) {
            case .none: throw TreeErrors.noFile(path)
            case .directory: throw TreeErrors.isDirectory(path)
            case .file(let directory, let name, let size, _):
                guard size <= TreeLimits.fileSize else { throw TreeErrors.tooLarge(path, size: size) }
                return try Self.read(path, name, in: directory)
            }
        }
    }

    package func fingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        try await work.run { [root] in
            switch try Place.find(path, from: root) {
            case .none: return nil
            case .directory(let directory, _):
                guard let names = try directory.names(limit: TreeLimits.entriesInDirectory) else {
                    throw TreeErrors.tooManyEntries(path)
                }
                return .directory(names: names.filter { $0 != Place.hidden })
            case .file(let directory, let name, let size, let executable):
                let file = try directory.opened(name)
                guard case .file = try file.kind, let bytes = try file.bytes(limit: TreeLimits.fileSize) else {
                    return .file(size: size, executable: executable)
                }
                return .file(bytes, executable: executable)
            }
        }
    }

    /// SHA-256 of every file, symlink and executable bit below the root: see `DirectoryDigest`.
    package func digest() async throws -> Revision.Digest {
        try await work.run { [root] in try DirectoryDigest.of(root) }
    }

    private static func read(_ path: TreePath, _ name: String, in directory: Descriptor) throws -> [UInt8] {
        let file = try directory.opened(name)
        // What was opened may not be what was looked at.
        guard case .file(let size, _) = try file.kind else { throw Place.notAFile(path) }
        guard let bytes = try file.bytes(limit: TreeLimits.fileSize) else { throw TreeErrors.tooLarge(path, size: size) }
        try TreeErrors.refuseLargeFilePointer(bytes, at: path)
        return bytes
    }
}

/// What a path leads to.
private enum Place {
    case none
    case directory(Descriptor, TreePath)
    /// `name` in `directory`, which is a regular file.
    case file(Descriptor, name: String, size: Int, executable: Bool)

    /// Git's own files: a tree read from disk looks as it does read from Git.
    static let hidden = Array(".git".utf8)

    static func find(_ path: TreePath, from root: Descriptor) throws -> Place {
        var walk = PathWalk(path, root: root)
        while let name = walk.next() {
            if name == ".." {
                try walk.leave()
                continue
            }
            switch name == ".git" ? nil : try walk.current.kind(of: name) {
            case nil: return .none
            case .symlink: try walk.follow(name, target: walk.current.symlinkTarget(of: name))
            case .directory: walk.enter(name, try walk.current.opened(name))
            case .other: throw notAFile(walk.place.child(name))
            case .file(let size, let executable):
                return walk.isLast ? .file(walk.current, name: name, size: size, executable: executable) : .none
            }
        }
        return .directory(walk.current, walk.place)
    }

    static func notAFile(_ path: TreePath) -> PlumbError {
        PlumbError(
            .unsupported, "\(path) is neither a file nor a directory.", remedy: "Plumb does not read devices, sockets and FIFOs.")
    }
}
