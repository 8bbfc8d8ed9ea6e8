package import Model

/// The files of a commit, read from the object store.
package struct GitTree: FileTree {
    private let objects: GitObjects
    private let commit: String
    private let root: String
    /// Fetches what is not there yet; nil where everything is.
    private let blobs: MissingBlobs?
    private let held: HeldCommit

    init(objects: GitObjects, commit: String, root: String, blobs: MissingBlobs?, held: HeldCommit) {
        self.objects = objects
        self.commit = commit
        self.root = root
        self.blobs = blobs
        self.held = held
    }

    /// Fetches every file below the directory `path` in one request. Without it, reading fetches a directory at a time.
    package func prefetch(_ path: TreePath) async throws {
        guard let blobs, case .directory(let place) = try await find(path) else { return }
        try await blobs.fetch(below: place.id, of: place.ancestors, entries: nil, commit: commit)
    }

    package func entry(at path: TreePath) async throws -> TreeEntry? {
        switch try await find(path) {
        case .none: return nil
        // Not "nothing": a reader that skips it would take what is in it for removed.
        case .submodule(let place): throw TreeErrors.submodule(place)
        case .directory: return .directory
        case .file(let file):
            switch try await content(of: file) {
            case .content(let bytes): return .file(size: bytes.count, executable: file.executable)
            case .tooLarge(let size): return .file(size: size, executable: file.executable)
            }
        }
    }

    package func list(_ path: TreePath) async throws -> [String] {
        switch try await find(path) {
        case .none, .file: throw TreeErrors.noDirectory(path)
        case .submodule(let place): throw TreeErrors.submodule(place)
        case .directory(let place):
            let names = try await objects.tree(place.id).entries.keys
            guard names.count <= TreeLimits.entriesInDirectory else { throw TreeErrors.tooManyEntries(path) }
            return try names.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
                guard let text = String(validating: name, as: UTF8.self) else { throw TreeErrors.nameNotText(name, in: path) }
                return text
            }
        }
    }

    package func read(_ path: TreePath) async throws -> [UInt8] {
        switch try await find(path) {
        case .none: throw TreeErrors.noFile(path)
        case .directory: throw TreeErrors.isDirectory(path)
        case .submodule(let place): throw TreeErrors.submodule(place)
        case .file(let file):
            switch try await content(of: file) {
            case .tooLarge(let size): throw TreeErrors.tooLarge(path, size: size)
            case .content(let bytes):
                try TreeErrors.refuseLargeFilePointer(bytes, at: path)
                return bytes
            }
        }
    }

    package func symlink(at path: TreePath) async throws -> String? {
        guard !path.isRoot, case .directory(let place) = try await find(path.parent),
            let entry = try await objects.tree(place.id).entries[Array(path.name.utf8)], case .symlink = entry.kind
        else { return nil }
        return String(validating: try await target(of: entry, place.ancestors), as: UTF8.self)
    }

    private struct Directory { let id: String, ancestors: [String] }
    private struct File { let id: String, executable: Bool, directories: [String] }
    private enum Place { case none, directory(Directory), file(File), submodule(TreePath) }

    private func content(of file: File) async throws -> GitObjects.Blob {
        if let blobs, let directory = file.directories.last {
            let entries = try await objects.tree(directory).entries.values
            try await blobs.fetch(below: directory, of: file.directories, entries: entries.map(\.id), commit: commit)
        }
        return try await objects.blob(file.id)
    }

    private func find(_ path: TreePath) async throws -> Place {
        var walk = PathWalk(path, root: [root])
        while let name = walk.next() {
            if name == ".." {
                try walk.leave()
                continue
            }
            let directories = walk.current
            guard let entry = try await objects.tree(directories.last ?? root).entries[Array(name.utf8)] else { return .none }
            switch entry.kind {
            case .directory: walk.enter(name, directories + [entry.id])
            case .submodule: return .submodule(walk.place.child(name))
            case .symlink: try walk.follow(name, target: try await target(of: entry, directories))
            case .file(let executable):
                return walk.isLast ? .file(File(id: entry.id, executable: executable, directories: directories)) : .none
            }
        }
        return .directory(Directory(id: walk.current.last ?? root, ancestors: walk.current))
    }

    private func target(of link: GitTreeEntry, _ directories: [String]) async throws -> [UInt8] {
        guard case .content(let bytes) = try await content(of: File(id: link.id, executable: false, directories: directories))
        else { return [] }
        return bytes
    }
}

/// By object ids: nothing is read but directories, which the way to a path needs anyway, and the symlinks on it.
extension GitTree {
    package func fingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        switch try await find(path) {
        case .none: nil
        case .submodule(let place): throw TreeErrors.submodule(place)
        case .directory(let place): .directory(names: try await objects.tree(place.id).entries.keys)
        case .file(let file): TreeFingerprint("git file \(file.executable) \(file.id)")
        }
    }

    /// nil for a directory with symlinks below it: what those lead to may be outside. Outside of all there is nothing.
    package func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        guard case .directory(let place) = try await find(path) else { return nil }
        if place.id != root, try await !objects.hasNoLinks(below: place.id) { return nil }
        return TreeFingerprint("git directory \(place.id)")
    }
}
