import Helm
package import Model

/// The files of a packed chart, as a source.
package struct ChartTree: FileTree {
    private let files: [TreePath: [UInt8]]
    private let directories: [TreePath: [String]]
    private let digest: Revision.Digest

    /// In bytes, of all files together.
    let size: Int

    /// Unpacks an archive with this digest. Throws `invalid` for what is none, `limit` for one that is too large.
    init(_ archive: [UInt8], _ digest: Revision.Digest, what: String) throws {
        var files: [TreePath: [UInt8]] = [:]
        for file in try ChartArchive.files(archive, path: what) { files[try TreePath(file.path)] = file.content }
        guard files.keys.contains(TreePath.root.child("Chart.yaml")) else {
            throw PlumbError(.invalid, "The \(what) is no chart: it has no Chart.yaml.")
        }
        var names: [TreePath: Set<String>] = [:]
        for path in files.keys {
            var path = path
            // A directory that is known has known parents.
            while !path.isRoot, names[path.parent, default: []].insert(path.name).inserted { path = path.parent }
        }
        self.files = files
        self.digest = digest
        directories = names.mapValues { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        size = files.values.reduce(0) { $0 + $1.count }
    }

    package func entry(at path: TreePath) async throws -> TreeEntry? {
        if let bytes = files[path] { return .file(size: bytes.count, executable: false) }
        return directories[path] == nil ? nil : .directory
    }

    package func list(_ path: TreePath) async throws -> [String] {
        guard let names = directories[path] else { throw TreeErrors.noDirectory(path) }
        return names
    }

    package func read(_ path: TreePath) async throws -> [UInt8] {
        guard let bytes = files[path] else { throw TreeErrors.noFile(path) }
        guard bytes.count <= TreeLimits.fileSize else { throw TreeErrors.tooLarge(path, size: bytes.count) }
        return bytes
    }

    /// Nothing in it ever changes.
    package func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        TreeFingerprint("chart \(digest) \(path)")
    }
}
