import Helm
import Model

/// Which revision of its release a chart is.
extension HelmRenderer {
    /// nil for a chart that comes out the same in each revision. What the cluster's values are does not count: it may be secret, and the
    /// revision is no secret.
    func revision(of chart: Chart, _ options: RenderOptions) async throws -> RenderedRelease? {
        let values = options.values + [.object(settings.values)] + values
        guard try chart.tellsRevisionsApart(values) else { return nil }
        let wanted = WantedRevision(
            release: HelmReleaseName(name: options.releaseName, namespace: options.namespace), chart: chart.name,
            inputs: try chart.inputs(values))
        return RenderedRelease(wanted: wanted, number: try await context.revision(wanted))
    }

    /// An upgrade that finds nothing of what the installation has made fails in ways that do not say why.
    func advised(_ error: any Error, _ chart: Chart, _ options: RenderOptions) -> any Error {
        guard options.revision > 1, !settings.looksUp, chart.mentions("lookup"), var advised = error as? PlumbError,
            advised.remedy == nil
        else { return error }
        advised.remedy =
            "The chart looks for what is in the cluster, which has its release already: permit that with lookup: true under render.helm."
        return advised
    }
}
