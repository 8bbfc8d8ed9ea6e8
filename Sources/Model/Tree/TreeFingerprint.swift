import Manifests

/// Stands for something in a tree: equal ones, of one kind of tree, mean that a reader gets the same.
package struct TreeFingerprint: Sendable, Hashable, CustomStringConvertible {
    private let value: String

    package var description: String { value }

    /// `value` names a content, for good: an object id, a digest.
    package init(_ value: String) { self.value = value }

    /// Of a directory with these names, in any order.
    package static func directory(names: some Sequence<[UInt8]>) -> TreeFingerprint {
        let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
        // No name has a zero in it.
        return TreeFingerprint("names \(Digest(bytes: Array(sorted.joined(separator: [0]))))\(sorted.isEmpty ? " none" : "")")
    }

    package static func file(_ bytes: [UInt8], executable: Bool) -> TreeFingerprint {
        TreeFingerprint("file \(executable) \(Digest(bytes: bytes))")
    }

    /// Of a file that is too large to be read: nobody gets more of it than this.
    package static func file(size: Int, executable: Bool) -> TreeFingerprint { TreeFingerprint("large \(executable) \(size)") }
}

extension FileTree {
    /// By content.
    package func fingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        switch try await entry(at: path) {
        case nil: nil
        case .directory: .directory(names: try await list(path).map { Array($0.utf8) })
        case .file(let size, let executable) where size > TreeLimits.fileSize: .file(size: size, executable: executable)
        case .file(_, let executable): .file(try await read(path), executable: executable)
        }
    }

    package func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? { nil }

    package func symlink(at path: TreePath) async throws -> String? { nil }
}
