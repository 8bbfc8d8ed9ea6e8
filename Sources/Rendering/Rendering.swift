package import Manifests
package import Model

/// Turns a directory of a snapshot into manifests.
package enum Rendering {
    /// Renders `source.path` of the tree and fills in the variables of `substitute`.
    ///
    /// Throws `notFound` where there is no such directory, `unsupported` for what this version does not render, and
    /// `invalid` with file and line for what is wrong in a file. A directory without manifests is not an error here.
    package static func manifests(
        of source: Application.Source, in tree: any FileTree, substitute: [String: String] = [:],
        context: RenderContext = RenderContext()
    ) async throws -> [Manifest] {
        try await rendered(source, in: tree, substitute: substitute, context: context).manifests
    }

    /// The same, and what else came of it. Throws as `manifests` does.
    package static func rendered(
        _ source: Application.Source, in tree: any FileTree, substitute: [String: String] = [:],
        context: RenderContext = RenderContext()
    ) async throws -> RenderedSource {
        try await render(source, in: tree, substitute: substitute, context: context).rendered
    }

    struct Output {
        var manifests: [Manifest]
        /// What of the context it depended on; nil where that was nothing.
        var facts: RenderedFacts?
        /// Everything below this is taken to have been read; nil where the tree itself was asked for what was.
        var whole: TreePath?

        var rendered: RenderedSource {
            RenderedSource(
                manifests: manifests, isFresh: true, live: facts?.live ?? LiveFacts(), release: facts?.release?.revision)
        }
    }

    /// The same, and what it depended on.
    @concurrent
    static func render(
        _ source: Application.Source, in tree: any FileTree, substitute: [String: String], context: RenderContext
    ) async throws -> Output {
        let path = try TreePath(source.path)
        let renderer = source.renderer == .detect ? try await Detection.renderer(of: path, in: tree) : source.renderer
        let manifests: [Manifest]
        var facts: RenderedFacts?
        switch renderer {
        case .kustomize:
            (manifests, facts) = try await KustomizeRenderer.render(path, in: tree, remote: context.remoteTrees)
        case .plain, .detect: manifests = try await PlainRenderer.manifests(at: path, in: tree)
        case .helm(let settings):
            let rendered = try await HelmRenderer(settings: settings, context: context).render(path, in: tree)
            return Output(manifests: try rendered.manifests(substitute), facts: rendered.facts)
        case .plugin(let settings):
            let renderer = PluginRenderer(settings: settings, plugins: context.plugins)
            let whole = try renderer.scope(path)
            manifests = try await renderer.manifests(at: path, in: (tree as? RecordingTree)?.tree ?? tree)
            return Output(manifests: try finished(manifests, substitute), whole: whole)
        }
        return Output(manifests: try finished(manifests, substitute), facts: facts)
    }

    static func finished(_ manifests: [Manifest], _ substitute: [String: String]) throws -> [Manifest] {
        let substituted =
            try substitute.isEmpty ? manifests : manifests.map { try Substitution(variables: substitute).apply(to: $0) }
        try refuseDuplicates(substituted)
        return substituted
    }

    /// Two manifests for one object would undo each other on every sync.
    private static func refuseDuplicates(_ manifests: [Manifest]) throws {
        var seen: [[String]: Origin] = [:]
        for manifest in manifests where !manifest.name.isEmpty {
            let identity = [manifest.group, manifest.kind, manifest.namespace ?? "", manifest.name]
            if let first = seen.updateValue(manifest.origin, forKey: identity) {
                throw PlumbError(
                    .invalid, "\(manifest.kind) \(manifest.name.quoted) is there twice; the other one is in \(first).",
                    remedy: "Remove or rename one of them.", at: manifest.origin)
            }
        }
    }
}
