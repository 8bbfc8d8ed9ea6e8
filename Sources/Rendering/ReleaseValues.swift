import Helm
package import Manifests
package import Model

/// The values of a release of Helm's beside those of an application that renders the same chart.
package enum ReleaseValues {
    /// The name of the chart that the source is; nil where it is none. Throws what reading a chart throws.
    package static func chart(of source: Application.Source, in tree: any FileTree) async throws -> String? {
        guard try await ChartBuild.settings(of: source, in: tree) != nil else { return nil }
        return try await Chart.load(from: tree, at: try TreePath(source.path)).name
    }

    /// The names, as in `image.tag`, of the values that one of the two sets and that count for something else in the other; sorted.
    ///
    /// `values` are what the release's user set, over `defaults`, its chart's. Throws what reading a chart throws.
    package static func differences(
        _ values: Object, over defaults: Object, from source: Application.Source, in tree: any FileTree
    ) async throws -> [String] {
        guard let settings = try await ChartBuild.settings(of: source, in: tree) else { return [] }
        let path = try TreePath(source.path)
        let renderer = HelmRenderer(settings: settings, context: RenderContext())
        let own = try ValuesSource.merged(try await renderer.files(path, in: tree) + [.object(settings.values)])
        let ownDefaults = try await Chart.load(from: tree, at: path).values
        return differences(.object(values), .object(defaults), .object(own), .object(ownDefaults))
    }

    static func differences(_ values: Value, _ defaults: Value, _ own: Value, _ ownDefaults: Value) -> [String] {
        let paths = Set(leaves(of: values) + leaves(of: own))
        let different = paths.filter { effective($0, values, defaults) != effective($0, own, ownDefaults) }
        return different.map { $0.joined(separator: ".") }.sorted()
    }

    private static func leaves(of value: Value, _ path: [String] = []) -> [[String]] {
        guard let members = value.object, !members.isEmpty else { return path.isEmpty ? [] : [path] }
        return members.flatMap { leaves(of: $0.value, path + [$0.key]) }
    }

    /// nil where nothing is set, or `null` takes it away.
    private static func effective(_ path: [String], _ values: Value, _ defaults: Value) -> Value? {
        let found = value(at: path, in: values) ?? value(at: path, in: defaults)
        return found?.isNull ?? true ? nil : found
    }

    private static func value(at path: [String], in value: Value) -> Value? {
        path.reduce(Optional(value)) { current, name in current?.object?[name] }
    }
}
