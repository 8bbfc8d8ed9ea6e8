package import Manifests
package import Model

/// Builds kustomizations in process, giving the objects and the order that `kubectl kustomize` gives.
package enum Kustomize {
    /// The names a kustomization's file may have; two in one directory are an error.
    package static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    /// The objects of the kustomization in the directory `path`, each with the file it came from.
    ///
    /// Throws `notFound` where the directory, its kustomization or a file it names is missing; `invalid`, with file and
    /// field, for content that cannot be built; `unsupported` for fields that are not built here; `limit` past
    /// `KustomizeLimits`. Without `remote`, bases of other repositories are `unsupported`; with it, what it throws is thrown.
    package static func build(
        _ path: TreePath, in tree: any FileTree, remote: RemoteTrees? = nil
    ) async throws -> [Manifest] {
        var loader = Loader(tree: tree, remote: remote)
        let layer = try await loader.load(path)
        return try await render(layer)
    }

    /// Whether a directory holds a kustomization.
    package static func isKustomization(_ path: TreePath, in tree: any FileTree) async throws -> Bool {
        for name in fileNames {
            if case .file? = try await tree.entry(at: path.child(name)) { return true }
        }
        return false
    }

    /// Off the caller's actor: a large build is a second of computing.
    @concurrent
    private static func render(_ layer: Layer) async throws -> [Manifest] {
        try Builder.build(layer)
    }
}

/// Bounds on what one build may ask for.
package enum KustomizeLimits {
    /// Kustomizations that name each other, from the first to the innermost.
    package static let depth = 64
    /// Kustomizations of one build; one that is used twice counts twice.
    package static let layers = 5_000
    package static let objects = 100_000
    /// Bases of other repositories, from the first to the innermost, and in one build.
    package static let remoteDepth = 8
    package static let remotes = 64
    /// In bytes: everything that one build reads.
    package static let input = 256 << 20
    /// In characters.
    package static let pattern = 1_024
}
