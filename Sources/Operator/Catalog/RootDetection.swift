import Manifests
import Model

/// What a repository is to an operator: pure reading.
enum RootDetection {
    /// Whether there are objects of Plumb's own in the path.
    static func mode(of tree: any FileTree, path: String?) async throws -> RootState.Mode {
        let directory = try TreePath(path ?? RootState.defaultPath)
        guard case .directory? = try await tree.entry(at: directory) else {
            guard let path else { return .single }
            throw PlumbError(
                .notFound, "There is no directory \(path) in the repository.", remedy: "Name one that is there with --path.")
        }
        return try await hasObjects(in: directory, of: tree) ? .objects : .single
    }

    private static func hasObjects(in directory: TreePath, of tree: any FileTree) async throws -> Bool {
        for name in try await tree.list(directory) {
            let path = directory.child(name)
            switch try await tree.entry(at: path) {
            case .directory: if try await hasObjects(in: path, of: tree) { return true }
            case .file where [".yaml", ".yml", ".json"].contains(where: name.hasSuffix):
                let text = String(decoding: try await tree.read(path), as: UTF8.self)
                // Seen without parsing: a file with a mistake in it is still Plumb's.
                let lines = text.split(separator: "\n")
                if lines.contains(where: {
                    $0.contains("apiVersion") && $0.contains("plumb.dev/v1alpha1") && !$0.contains("host.plumb.dev")
                }) {
                    return true
                }
            case .file, nil: break
            }
        }
        return false
    }

    /// What a single application is called: by its path, or by its repository.
    static func name(of url: String, path: String?) -> String {
        let place = path.map { $0 == "." ? url : $0 } ?? url
        var last = place.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "application"
        if last.hasSuffix(".git") { last.removeLast(4) }
        let name = last.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let trimmed = String(String(name.drop { $0 == "-" }.prefix(63)).reversed().drop { $0 == "-" }.reversed())
        return trimmed.isEmpty || trimmed == RootState.name ? "application" : trimmed
    }

    static func flip(from old: RootState.Mode, to new: RootState.Mode, path: String?) -> String {
        let path = path ?? RootState.defaultPath
        return switch new {
        case .single:
            "the repository declared Applications in \(path), and declares none there now (it was \(old.rawValue)); nothing is changed until it does again"
        case .objects:
            "the repository was one application, and now declares Applications in \(path) (it was \(old.rawValue)); nothing is changed. Start the operator with another --data-dir if that is meant"
        }
    }
}
