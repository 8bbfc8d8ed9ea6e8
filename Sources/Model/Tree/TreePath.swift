/// A path inside a file tree: relative to its root, normalised, and never outside.
package struct TreePath: Sendable, Hashable, Comparable, CustomStringConvertible {
    package private(set) var components: [String]

    package static let root = TreePath(components: [])

    private init(components: [String]) { self.components = components }

    /// Reads a path relative to the root of the tree: `apps/web`, `./apps//web/`, `.`.
    ///
    /// Throws `invalid` for an absolute path, one that leaves the tree, and control characters.
    package init(_ text: String) throws {
        self = try TreePath.root.resolving(text)
    }

    /// The path that `text` names when it is written in a file of this directory.
    package func resolving(_ text: String) throws -> TreePath {
        // By bytes: as characters, a slash and a combining mark beside it are one, and no slash.
        guard text.utf8.first != UInt8(ascii: "/") else {
            throw PlumbError(
                .invalid, "The path \(text.quoted) is absolute.", remedy: "Paths are relative to the directory they are named in.")
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
            throw PlumbError(.invalid, "The path \(text.quoted) has a control character in it.")
        }
        var result = components
        for bytes in text.utf8.split(separator: UInt8(ascii: "/")) {
            let part = String(Substring(bytes))
            if part == "." { continue }
            if part != ".." {
                result.append(part)
            } else if result.popLast() == nil {
                throw PlumbError(
                    .invalid, "The path \(text.quoted) leads out of the source\(components.isEmpty ? "" : " (from \(self))").")
            }
        }
        return TreePath(components: result)
    }

    /// The entry `name` of this directory; `name` is one component, as a listing gives it.
    package func child(_ name: String) -> TreePath { TreePath(components: components + [name]) }

    package var isRoot: Bool { components.isEmpty }
    package var name: String { components.last ?? "." }
    package var parent: TreePath { TreePath(components: Array(components.dropLast())) }
    package var description: String { components.isEmpty ? "." : components.joined(separator: "/") }

    package func isInside(_ directory: TreePath) -> Bool { components.starts(with: directory.components) }

    package static func < (left: TreePath, right: TreePath) -> Bool {
        left.components.lexicographicallyPrecedes(right.components)
    }
}
