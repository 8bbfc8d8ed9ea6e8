package import Manifests
package import Model

/// A chart and the charts inside it.
package struct Chart: Sendable {
    package var metadata: ChartMetadata
    package var values: Object
    /// The text of `values.schema.json`, if there is one.
    package var schema: [UInt8]?
    package var templates: [ChartFile]
    /// Whatever is neither a template, the values, nor a chart: `.Files` of the templates, and `crds/`.
    package var files: [ChartFile]
    package var dependencies: [Chart]
    /// The text of `Chart.lock`, of an old chart `requirements.lock`; nil where there is none.
    package var lock: [UInt8]?

    package var name: String { metadata.name }

    /// What it asks for in Chart.yaml and has not inside it, whether or not its values use it.
    package var missingDependencies: [ChartDependency] {
        metadata.dependencies.filter { wanted in !dependencies.contains { $0.name == wanted.name } }
    }

    /// Reads the chart in a directory of a tree, or the archive (`.tgz`) at a path.
    ///
    /// Throws `notFound` where there is neither, `invalid` for what is no chart, `limit` for one that is too large.
    package static func load(from tree: any FileTree, at path: TreePath) async throws -> Chart {
        switch try await tree.entry(at: path) {
        case .directory:
            return try ChartLoader.chart(from: try await ChartDirectory.files(in: tree, at: path), path: path.description)
        case .file: return try load(archive: try await tree.read(path), path: path.description)
        case nil: throw PlumbError(.notFound, "There is no chart at \(path).")
        }
    }

    /// Reads a packed chart; `path` names it in errors. Throws `invalid` and `limit` as above.
    package static func load(archive bytes: [UInt8], path: String) throws -> Chart {
        try ChartLoader.chart(fromArchive: bytes, path: path)
    }
}
