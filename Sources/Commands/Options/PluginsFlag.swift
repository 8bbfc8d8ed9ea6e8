import Model
import Plugins
import Rendering

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `--plugins FILE`: the programs that may render.
enum PluginsFlag {
    /// nil without a file.
    ///
    /// - Parameter workspace: Where they run; a directory of this machine's for temporary files where none is given.
    static func rendering(_ file: String?, workspace: String? = nil) throws -> PluginRendering? {
        guard let file else { return nil }
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
            throw PlumbError(
                .usage, "The file \(file.quoted) of plugins cannot be read.", remedy: "Check its name and its mode.")
        }
        let plugins = try PluginFile.plugins(in: [UInt8](bytes), file: file)
        let runner = PluginRunner(plugins, workspace: workspace ?? FileManager.default.temporaryDirectory.path)
        return PluginRendering(
            scope: { try runner.scope(of: $0, at: $1) }, run: { try await runner.run($0, at: $1, in: $2) })
    }
}
