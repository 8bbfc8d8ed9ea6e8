import Glibc
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A fresh directory that is removed with its owner.
package struct TemporaryDirectory: ~Copyable, Sendable {
    /// Absolute, without symlinks, short enough for a Unix socket below it.
    package let path: String

    /// `label` becomes a part of the name, for whoever looks into a directory while a test runs.
    package init(_ label: String = "scratch") throws {
        path = try Self.create(label)
    }

    deinit { Self.remove(path) }

    /// Gives `body` the path of a fresh directory and removes it afterwards, also when `body` throws.
    package static func with<Success>(
        _ label: String = "scratch", _ body: (_ path: String) async throws -> Success
    ) async throws -> Success {
        let path = try create(label)
        defer { remove(path) }
        return try await body(path)
    }

    private static let counter = Atomic<Int>(0)

    /// A directory whose removal is the caller's; at the latest it goes with the process.
    static func create(_ label: String) throws -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        let path = "\(ScratchRoot.path)/\(label)-\(number)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return path
    }

    /// What stays (a server that is still dying writes into it) goes with `ScratchRoot`.
    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
