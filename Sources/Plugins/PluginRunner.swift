package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Runs plugins, a few at a time, each on a copy of what it may read.
package struct PluginRunner: Sendable {
    private let plugins: [String: Plugin]
    private let workspace: String
    private let gate = Gate(width: PluginProcess.runs)
    private let work = BlockingWork("plumb.plugins")

    /// - Parameter workspace: Where each run gets a directory of its own, which goes when it ends.
    package init(_ plugins: [Plugin], workspace: String) {
        self.plugins = Dictionary(plugins.map { ($0.name, $0) }) { first, _ in first }
        self.workspace = workspace
    }

    /// Removes what runs of a process before this one, which was killed, have left. Nobody else may be running there.
    package static func clear(_ workspace: String) throws {
        if FileManager.default.fileExists(atPath: workspace) { try RunDirectory.erase(workspace) }
    }

    /// What of a tree a plugin reads for the source at `path`. Throws `notFound` where there is no such plugin.
    package func scope(of settings: PluginSettings, at path: TreePath) throws -> TreePath {
        try plugin(settings).scope == .repository ? .root : path
    }

    /// What the program prints for the source at `path` of a tree.
    ///
    /// Throws `notFound` and `denied` for what the file of plugins does not allow, `failed` with the program's own last words where it
    /// ends in error, `timedOut` and `limit` where it had to be ended.
    package func run(_ settings: PluginSettings, at path: TreePath, in tree: any FileTree) async throws -> [UInt8] {
        let plugin = try plugin(settings)
        guard settings.arguments.isEmpty || plugin.takesArguments else {
            throw PlumbError(
                .denied, "The plugin \(plugin.name) takes no arguments from Applications.",
                remedy: "Leave render.plugin.arguments out, or allow them with takesArguments: true in the file of plugins.")
        }
        guard case .directory? = try await tree.entry(at: path) else {
            throw PlumbError(.notFound, "There is no directory \(path) in the source, which a plugin would run in.")
        }
        return try await gate.pass {
            let directory = try await RunDirectory.make(in: workspace(of: plugin), owner: plugin.user, work)
            do {
                let output = try await run(plugin, settings, path, tree, directory)
                try await directory.remove()
                return output
            } catch {
                // Why it failed is what a person has to know.
                try? await directory.remove()
                throw error
            }
        }
    }

    private func run(
        _ plugin: Plugin, _ settings: PluginSettings, _ path: TreePath, _ tree: any FileTree, _ directory: RunDirectory
    ) async throws -> [UInt8] {
        var copy = TreeCopy(tree, to: directory)
        try await copy.copy(plugin.scope == .repository ? .root : path)
        // Below a directory that is a symlink there is none of its own.
        let place = directory.source + "/" + path.description
        let environment = ["PATH": Plugin.path, "LANG": "C"].merging(plugin.environment) { $1 }
            .merging(["HOME": directory.path, "TMPDIR": directory.path]) { $1 }
        let cancellation = try Cancellation()
        let process = PluginProcess(
            plugin: plugin, arguments: settings.arguments, environment: environment, directory: place, cancellation: cancellation)
        try Task.checkCancellation()
        let outcome = try await withTaskCancellationHandler {
            try await work.run { try process.run() }
        } onCancel: {
            cancellation.cancel()
        }
        return try PluginVerdict(plugin).output(of: outcome)
    }

    /// Another user may not enter what is Plumb's own.
    private func workspace(of plugin: Plugin) -> String {
        plugin.user == nil ? workspace : FileManager.default.temporaryDirectory.path
    }

    private func plugin(_ settings: PluginSettings) throws -> Plugin {
        if let plugin = plugins[settings.name] { return plugin }
        let names = plugins.keys.sorted().joined(separator: ", ")
        throw PlumbError(
            .notFound,
            "The source is rendered by the plugin \(settings.name.quoted), and the file of plugins has \(names.isEmpty ? "none" : names).",
            remedy: "Correct its name, or add it to the file that --plugins names.")
    }
}
