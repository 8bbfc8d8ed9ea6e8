import Model

/// Writes a tree out as files. Symlinks stay symlinks where they stay inside; what is no file here (submodules, pointers of Git
/// LFS, what is larger than a tree gives) is left out, and so are symlinks that lead out.
struct TreeCopy {
    let tree: any FileTree
    let directory: RunDirectory
    private var files = 0
    private var bytes = 0

    private static let depth = 64

    init(_ tree: any FileTree, to directory: RunDirectory) {
        self.tree = tree
        self.directory = directory
    }

    /// Everything below `path`, at its place below `source`.
    mutating func copy(_ path: TreePath) async throws {
        var parent = TreePath.root
        for name in path.components {
            parent = parent.child(name)
            try check(name, in: parent.parent)
            try await directory.make(Self.name(parent))
        }
        try await copyDirectory(path, below: path, depth: 0)
    }

    private mutating func copyDirectory(_ path: TreePath, below top: TreePath, depth: Int) async throws {
        guard depth < Self.depth else {
            throw PlumbError(.limit, "\(path) is more than \(Self.depth) directories deep, and plugins get no more than that.")
        }
        for name in try await tree.list(path) where name != ".git" {
            try Task.checkCancellation()
            try check(name, in: path)
            let child = path.child(name)
            if let target = try await tree.symlink(at: child) {
                if Self.staysInside(target, from: path, top) { try await directory.link(Self.name(child), to: target) }
                continue
            }
            guard let entry = try await known({ try await tree.entry(at: child) }) else { continue }
            switch entry {
            case .directory:
                try await directory.make(Self.name(child))
                try await copyDirectory(child, below: top, depth: depth + 1)
            case .file(_, let executable):
                guard let content = try await known({ try await tree.read(child) }) else { continue }
                try count(content)
                try await directory.write(content, to: Self.name(child), executable: executable)
            }
        }
    }

    /// nil for what a tree does not give as a file; every other error is one.
    private func known<Answer>(_ ask: () async throws -> Answer?) async throws -> Answer? {
        do { return try await ask() } catch let error as PlumbError where error.code == .unsupported || error.code == .limit {
            return nil
        }
    }

    private mutating func count(_ content: [UInt8]) throws {
        (files, bytes) = (files + 1, bytes + content.count)
        guard files <= RunDirectory.files, bytes <= RunDirectory.bytes else {
            throw PlumbError(
                .limit,
                "The source has more than \(RunDirectory.files) files or \(RunDirectory.bytes >> 20) MiB, and plugins get no more than that.",
                remedy: "Say reads: source in the file of plugins, where the plugin needs only the source's own directory.")
        }
    }

    /// A tree may be made by anybody: a name is one component, or it is not written.
    private func check(_ name: String, in directory: TreePath) throws {
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") }) else {
            throw PlumbError(.invalid, "The directory \(directory) has an entry \(name.quoted), which is no name of a file.")
        }
    }

    /// Steps up come first, from where nothing was followed; after them names alone: then no symlink on the way leads out, for none
    /// of those that were written does.
    static func staysInside(_ target: String, from directory: TreePath, _ top: TreePath) -> Bool {
        guard !target.isEmpty, !target.hasPrefix("/"), !target.utf8.contains(0), target.utf8.count < 4096 else { return false }
        let parts = target.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }
        let steps = parts.prefix { $0 == ".." }.count
        return !parts.dropFirst(steps).contains("..") && steps <= directory.components.count - top.components.count
    }

    private static func name(_ path: TreePath) -> String { "source/" + path.description }
}
