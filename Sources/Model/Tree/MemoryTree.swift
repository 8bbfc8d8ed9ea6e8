/// A tree made of values: unpacked archives, and tables of test cases.
package struct MemoryTree: FileTree {
    private let files: [TreePath: [UInt8]]

    package init(_ files: [TreePath: [UInt8]]) { self.files = files }

    package init(_ files: [String: String]) throws {
        self.files = try Dictionary(uniqueKeysWithValues: files.map { (try TreePath($0.key), Array($0.value.utf8)) })
    }

    package func entry(at path: TreePath) async throws -> TreeEntry? {
        if let bytes = files[path] { return .file(size: bytes.count, executable: false) }
        return files.keys.contains { $0.isInside(path) } ? .directory : nil
    }

    package func list(_ path: TreePath) async throws -> [String] {
        let depth = path.components.count
        let inside = files.keys.filter { $0.isInside(path) && $0.components.count > depth }
        guard !inside.isEmpty else { throw PlumbError(.notFound, "There is no directory \(path).") }
        return Set(inside.map { $0.components[depth] }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func read(_ path: TreePath) async throws -> [UInt8] {
        guard let bytes = files[path] else { throw PlumbError(.notFound, "There is no file \(path).") }
        return bytes
    }
}
