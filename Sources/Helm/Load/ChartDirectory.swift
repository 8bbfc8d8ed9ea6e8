import Model

/// The files of a chart's directory, without those that `.helmignore` names.
enum ChartDirectory {
    private static let maximumFiles = 20_000
    private static let maximumDepth = 48
    private static let maximumBytes = 128 << 20

    static func files(in tree: any FileTree, at path: TreePath) async throws -> [ChartFile] {
        var rules = IgnoreRules()
        let ignoreFile = path.child(".helmignore")
        if case .file? = try await tree.entry(at: ignoreFile) {
            rules = try IgnoreRules(try await tree.read(ignoreFile), file: ignoreFile.description)
        }
        var walk = Walk(tree: tree, rules: rules)
        try await walk.visit(path, below: "", depth: 0)
        return walk.files
    }

    private struct Walk {
        let tree: any FileTree
        let rules: IgnoreRules
        var files: [ChartFile] = []
        var bytes = 0

        mutating func visit(_ directory: TreePath, below prefix: String, depth: Int) async throws {
            guard depth <= maximumDepth else {
                throw PlumbError(.limit, "\(directory) is more than \(maximumDepth) directories deep in its chart.")
            }
            for name in try await tree.list(directory) {
                let path = prefix + name
                guard let entry = try await tree.entry(at: directory.child(name)) else { continue }
                switch entry {
                case .directory:
                    if !rules.ignores(path, isDirectory: true) {
                        try await visit(directory.child(name), below: path + "/", depth: depth + 1)
                    }
                case .file: try await take(directory.child(name), path)
                }
            }
        }

        private mutating func take(_ file: TreePath, _ path: String) async throws {
            if rules.ignores(path, isDirectory: false) { return }
            let content = try await tree.read(file)
            bytes += content.count
            guard files.count < maximumFiles, bytes <= maximumBytes else {
                throw PlumbError(
                    .limit, "The chart has more than \(maximumFiles) files or \(maximumBytes >> 20) MiB.",
                    remedy: "Name what does not belong to it in .helmignore.")
            }
            files.append(ChartFile(path, content))
        }
    }
}
