package import Helm
package import Manifests
package import Model

/// A chart by itself, as a person looks at it on a command line.
package struct ChartBuild: Sendable {
    package var settings: HelmSettings
    package var context: RenderContext
    /// Over those of the settings.
    package var values: [ValuesSource]

    package init(settings: HelmSettings, context: RenderContext, values: [ValuesSource]) {
        self.settings = settings
        self.context = context
        self.values = values
    }

    /// The settings of a source that is a chart; nil for one that is none. Throws `notFound`, and `unsupported` for what this
    /// version does not render.
    package static func settings(of source: Application.Source, in tree: any FileTree) async throws -> HelmSettings? {
        var renderer = source.renderer
        if renderer == .detect { renderer = try await Detection.renderer(of: try TreePath(source.path), in: tree) }
        if case .helm(let settings) = renderer { return settings } else { return nil }
    }

    /// Its objects, in the order in which Helm installs them. Throws what rendering throws.
    @concurrent
    package func manifests(at path: TreePath, in tree: any FileTree, substitute: [String: String]) async throws -> [Manifest] {
        let rendered = try await HelmRenderer(settings: settings, context: context, values: values).render(path, in: tree)
        return try rendered.manifests(substitute)
    }

    /// What each template became, in the order of their paths, after the definitions; and charts that it asks for and that are not
    /// there, which count as nothing. Throws what rendering throws.
    @concurrent
    package func templates(
        at path: TreePath, in tree: any FileTree
    ) async throws -> (texts: [RenderedTemplate], missing: [ChartDependency]) {
        var renderer = HelmRenderer(settings: settings, context: context, values: values)
        renderer.isStrict = false
        let rendered = try await renderer.render(path, in: tree)
        let definitions = rendered.definitions.map {
            RenderedTemplate(path: $0.path, text: String(decoding: $0.content, as: UTF8.self))
        }
        return (definitions + rendered.templates, rendered.missing)
    }
}
