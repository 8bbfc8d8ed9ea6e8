import Kustomize
import Manifests
import Model

/// Kustomize, in process; see the module of that name.
enum KustomizeRenderer {
    static func manifests(at path: TreePath, in tree: any FileTree) async throws -> [Manifest] {
        try await Kustomize.build(path, in: tree)
    }
}
