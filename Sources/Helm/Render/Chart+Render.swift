package import Manifests
import Model
import Template

/// What one template of a chart became.
package struct RenderedTemplate: Sendable, Hashable {
    /// From the chart's name on: `web/templates/deployment.yaml`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

extension Chart {
    /// The outcome of every template but partials, in the order of paths. `NOTES.txt` is among them.
    ///
    /// Throws `invalid` with Helm's own words for an error in a template, and for values that the chart's schema refuses.
    package func render(_ options: RenderOptions) throws -> [RenderedTemplate] {
        let given = try ValuesSource.merge(options.values)
        let chart = try Dependencies.process(self, values: given)
        if options.checksKubeVersion { try chart.checkKubeVersion(options.capabilities) }
        let values = try Coalescing.coalesce(chart, given)
        if options.checksSchema { try SchemaCheck.check(chart, values: values) }
        return try Engine(options: options).render(chart, values: values).map {
            RenderedTemplate(path: $0.path, text: GoEncoding.string($0.text))
        }
    }

    /// The values that the templates see, as a tree. Throws as `render` does.
    package func effectiveValues(_ options: RenderOptions) throws -> Object {
        let given = try ValuesSource.merge(options.values)
        return try Coalescing.coalesce(try Dependencies.process(self, values: given), given).object
    }

    private func checkKubeVersion(_ capabilities: Capabilities) throws {
        let wanted = metadata.kubeVersion
        guard !wanted.isEmpty, !Dependencies.isCompatible(wanted, capabilities.kubeVersion) else { return }
        throw PlumbError(
            .invalid,
            "The chart \(name) requires kubeVersion: \(wanted) which is incompatible with Kubernetes \(capabilities.kubeVersion).")
    }
}
