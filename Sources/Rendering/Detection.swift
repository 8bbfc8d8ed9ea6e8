import Model

/// Which renderer a directory asks for, by the files in it.
enum Detection {
    static func renderer(of path: TreePath, in tree: any FileTree) async throws -> Application.Renderer {
        switch try await tree.entry(at: path) {
        case .directory: break
        case .file where isArchive(path): return .helm(HelmSettings())
        case .file:
            throw PlumbError(
                .invalid, "\(name(path)) is a file, and a source is a directory.",
                remedy: "Name the directory that it is in; only a packed chart (.tgz) is a file.")
        case nil: throw PlumbError(.notFound, "There is no directory \(path) in the source.")
        }
        let names = Set(try await tree.list(path))
        if names.contains("Chart.yaml") { return .helm(HelmSettings()) }
        if !names.isDisjoint(with: ["kustomization.yaml", "kustomization.yml", "Kustomization"]) { return .kustomize }
        if !names.isDisjoint(with: ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"]) {
            throw unsupported(path, "a Compose project", "Container hosts are not a target of this version.")
        }
        if names.contains(where: { $0.hasSuffix(".tf") }) {
            throw unsupported(path, "a Terraform module", "Terraform is not a target of this version.")
        }
        return .plain
    }

    /// A packed chart, by its name.
    private static func isArchive(_ path: TreePath) -> Bool {
        [".tgz", ".tar.gz"].contains { path.description.hasSuffix($0) }
    }

    /// A root has no name that a person would know it by.
    private static func name(_ path: TreePath) -> String { path.isRoot ? "The source" : "The source \(path)" }

    private static func unsupported(_ path: TreePath, _ what: String, _ remedy: String) -> PlumbError {
        PlumbError(.unsupported, "\(name(path)) is \(what), which this version of Plumb does not render.", remedy: remedy)
    }
}
