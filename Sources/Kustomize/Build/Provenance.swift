import Manifests

/// Where an object came from or what changed it, as `buildMetadata` has it noted in an annotation.
struct Provenance: Sendable, Hashable {
    static let originAnnotation = "config.kubernetes.io/origin"
    static let transformationsAnnotation = "alpha.config.kubernetes.io/transformations"

    /// The file, as a path from the directory that is built.
    var path: String
    /// The type and name of the generator or transformer that the file configures; nil where the file is the origin itself.
    var plugin: Plugin?

    struct Plugin: Sendable, Hashable {
        var apiVersion: String
        var kind: String
        var name = ""
        var namespace = ""
    }

    static func builtin(_ kind: String, in path: String) -> Provenance {
        Provenance(path: path, plugin: Plugin(apiVersion: "builtin", kind: kind))
    }

    /// In YAML, each line with a line break.
    var text: String { lines.map { $0 + "\n" }.joined() }

    static func list(_ items: [Provenance]) -> String {
        items.map { item in
            item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element + "\n" }.joined()
        }.joined()
    }

    private var lines: [String] {
        guard let plugin else { return ["path: " + Self.scalar(path)] }
        let pairs = [
            ("apiVersion", plugin.apiVersion), ("kind", plugin.kind), ("name", plugin.name), ("namespace", plugin.namespace),
        ]
        return ["configuredIn: " + Self.scalar(path), "configuredBy:"]
            + pairs.filter { !$0.1.isEmpty }.map { "  \($0.0): \(Self.scalar($0.1))" }
    }

    private static func scalar(_ text: String) -> String {
        var line = YAML.serialize(.string(text))
        while line.last == "\n" { line.removeLast() }
        return line
    }
}

extension Provenance {
    /// The path of a file of the tree as it is from `directory`, both from the tree's root; a file of a remote base by its URL.
    static func path(of file: String, from directory: [String]) -> String {
        if RemoteReference.isRemote(file) { return file }
        let components = file.split(separator: "/").map(String.init)
        var common = 0
        while common < directory.count, common < components.count - 1, directory[common] == components[common] { common += 1 }
        return (Array(repeating: "..", count: directory.count - common) + components[common...]).joined(separator: "/")
    }
}
