import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A small value on disk, written whole or not at all.
struct MemoryFile: Sendable {
    let path: String
    private let work = BlockingWork("plumb.charts.memory")

    private static let size = 8 << 20

    init(path: String) { self.path = path }

    /// nil where there is none that can be read.
    func read() async -> Value? {
        try? await work.run { [path] in
            let data = try Data(contentsOf: URL(filePath: path))
            return data.count <= Self.size ? try JSON.parse([UInt8](data)) : nil
        }
    }

    func write(_ value: Value) async throws {
        try await work.run { [path] in
            let directory = URL(filePath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(JSON.serialize(value)).write(to: URL(filePath: path), options: .atomic)
        }
    }
}
