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
        let manifests = try ManifestReader.manifests(inFile: try await bytes(of: url, path), file: path)
        guard manifests.count == 1 else {
            throw PlumbError(.invalid, "\(path) holds \(manifests.count) objects, and has to hold one Application.")
        }
        return try ApplicationReader.application(from: manifests[0])
    }

    private static func bytes(of url: URL, _ path: String) async throws -> [UInt8] {
        do {
            let tree = try await DirectoryTree(url.deletingLastPathComponent().path)
            return try await tree.read(try TreePath(url.lastPathComponent))
        } catch let error as PlumbError {
            throw PlumbError(error.code, "The Application in \(path) cannot be read: \(error.message)", remedy: error.remedy)
        }
    }
}
