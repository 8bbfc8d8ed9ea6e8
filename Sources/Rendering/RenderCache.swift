package import Manifests
package import Model
package final class RenderCache: Sendable {
    package init() {}
    package func manifests(of source: Application.Source, in tree: any FileTree, substitute: [String: String]) async throws -> (manifests: [Manifest], isFresh: Bool) { (try await Rendering.manifests(of: source, in: tree, substitute: substitute), true) }
}
