import Kustomize
import Manifests
import Model

/// Kustomize, in process; see the module of that name.
enum KustomizeRenderer {
    /// The objects, and the remote bases they are made of: nil where there are none.
    static func render(
        _ path: TreePath, in tree: any FileTree, remote: RemoteTrees?
    ) async throws -> (manifests: [Manifest], facts: RenderedFacts?) {
        guard let remote else { return (try await Kustomize.build(path, in: tree), nil) }
        let log = RemoteLog(remote)
        let manifests = try await Kustomize.build(path, in: tree, remote: { try await log.tree($0, $1) })
        let facts = log.facts
        return (manifests, facts.isEmpty ? nil : RenderedFacts(namespace: nil, remotes: facts))
    }
}
