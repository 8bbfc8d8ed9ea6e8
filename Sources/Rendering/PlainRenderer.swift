import Manifests
import Model

/// The YAML and JSON files of a directory and of the directories in it, in the order of their paths.
enum PlainRenderer {
    /// Bounds that no directory of manifests comes near.
    private static let maximumFiles = 10_000
    private static let maximumDepth = 32

    static func manifests(at path: TreePath, in tree: any FileTree) async throws -> [Manifest] {
        var read: [(file: TreePath, result: Result<[Manifest], any Error>)] = []
        for file in try await files(below: path, in: tree, depth: 0) {
            let bytes = try await tree.read(file)
            read.append((file, Result { try ManifestReader.manifests(inFile: bytes, file: file.description) }))
        }
        // A settings file that a host File carries is content, whatever it looks like.
        let contents = Set(try read.flatMap { try hostContents(in: (try? $0.result.get()) ?? [], file: $0.file) })
        return try read.flatMap { contents.contains($0.file) ? [] : try $0.result.get() }
    }

    private static func files(below path: TreePath, in tree: any FileTree, depth: Int) async throws -> [TreePath] {
        guard depth <= maximumDepth else {
            throw PlumbError(
                .limit, "\(path) is more than \(maximumDepth) directories deep.",
                remedy: "Name a directory further down as the path.")
        }
        var result: [TreePath] = []
        for name in try await tree.list(path) where !name.hasPrefix(".") {
            let child = path.child(name)
            switch try await tree.entry(at: child) {
            case .directory: result += try await files(below: child, in: tree, depth: depth + 1)
            case .file: if isManifest(name) { result.append(child) }
            case nil:
                // What is listed and not there is a symlink to nothing.
                guard isManifest(name) else { continue }
                throw PlumbError(
                    .notFound, "The symlink \(child) leads to nothing.",
                    remedy: "Remove it, or let it point to a file of the source.")
            }
            guard result.count <= maximumFiles else {
                throw PlumbError(
                    .limit, "\(path) holds more than \(maximumFiles) manifest files.", remedy: "Split it into several applications."
                )
            }
        }
        return result
    }

    private static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { name.lowercased().hasSuffix($0) }
    }

    private static func hostContents(in manifests: [Manifest], file: TreePath) throws -> [TreePath] {
        manifests.compactMap { manifest in
            guard manifest.group == "host.plumb.dev", let source = manifest.value.at("spec", "source")?.string else { return nil }
            // A source that leads out of the tree is the target's to refuse, with its line.
            return try? file.parent.resolving(source)
        }
    }
}
