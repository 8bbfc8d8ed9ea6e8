import Manifests
import Model
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The `-f APP.yaml` of a command: one Application object.
enum ApplicationFile {
    static func read(_ path: String) async throws -> Application {
        let url = URL(fileURLWithPath: path)
        let tree = try await DirectoryTree(url.deletingLastPathComponent().path)
        let bytes = try await tree.read(try TreePath(url.lastPathComponent))
        let manifests = try ManifestReader.manifests(inFile: bytes, file: path)
        guard manifests.count == 1 else {
            throw PlumbError(.invalid, "\(path) holds \(manifests.count) objects, and has to hold one Application.")
        }
        return try ApplicationReader.application(from: manifests[0])
    }
}
