import Manifests
package import Model

/// How programs render, as whoever runs Plumb has allowed it.
package struct PluginRendering: Sendable {
    /// What of a tree one reads for the source at a path.
    package var scope: @Sendable (PluginSettings, TreePath) throws -> TreePath
    /// What it prints.
    package var run: @Sendable (PluginSettings, TreePath, any FileTree) async throws -> [UInt8]

    package init(
        scope: @escaping @Sendable (PluginSettings, TreePath) throws -> TreePath,
        run: @escaping @Sendable (PluginSettings, TreePath, any FileTree) async throws -> [UInt8]
    ) {
        self.scope = scope
        self.run = run
    }
}

/// The manifests that a program prints, as YAML or JSON.
struct PluginRenderer {
    let settings: PluginSettings
    let plugins: PluginRendering?

    /// What it may read, which is what its output depends on: it is not known what it does read.
    func scope(_ path: TreePath) throws -> TreePath { try allowed().scope(settings, path) }

    func manifests(at path: TreePath, in tree: any FileTree) async throws -> [Manifest] {
        let file = "the output of the plugin \(settings.name)"
        let output = try await allowed().run(settings, path, tree)
        let manifests = try ManifestReader.manifests(inFile: output, file: file)
        guard !manifests.isEmpty else {
            throw PlumbError(
                .invalid, "The plugin \(settings.name) printed no manifests.",
                remedy: "A plugin prints manifests; nothing is deleted because it prints none.")
        }
        return manifests
    }

    private func allowed() throws -> PluginRendering {
        if let plugins { return plugins }
        throw PlumbError(
            .unsupported, "The source is rendered by the plugin \(settings.name.quoted), and no plugins are configured.",
            remedy: "Name the file that configures it with --plugins FILE.")
    }
}
