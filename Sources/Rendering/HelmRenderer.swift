import Helm
import Kustomize
import Manifests
import Model
import Synchronization
import Template

/// Charts, in process; see the module Helm.
struct HelmRenderer {
    let settings: HelmSettings
    let context: RenderContext
    /// Over the values of the settings, such as those of a command line.
    var values: [ValuesSource] = []

    /// Whether charts that it asks for have to be there, and the cluster one that it is for. `helm install` insists, Helm's engine
    /// does not.
    var isStrict = true

    struct Result {
        var templates: [RenderedTemplate]
        /// Files of `crds`; none where they are not wanted.
        var definitions: [ChartFile]
        /// The charts that are asked for and not there.
        var missing: [ChartDependency]
        var facts: RenderedFacts
        /// See `HelmSettings.postRender`.
        var postRender: Object?
        /// What no error may tell.
        var secrets: SecretTexts

        /// The objects, definitions first, with the values of variables. Throws `invalid` for what is none, and what changing them
        /// afterwards throws.
        func manifests(_ substitute: [String: String]) throws -> [Manifest] {
            try secrets.hidden {
                var objects = try Chart.manifests(of: templates)
                if let postRender {
                    objects = try Kustomize.change(objects, by: postRender, named: "render.helm.postRender.kustomize")
                }
                return try Rendering.finished(try Chart.manifests(in: definitions) + objects, substitute)
            }
        }
    }

    /// Throws what reading and rendering a chart throw. What the templates hold is not looked at.
    func render(_ path: TreePath, in tree: any FileTree) async throws -> Result {
        var inputs = ChartInputs()
        do { return try await render(path, in: tree, &inputs) } catch { throw inputs.secrets.redacted(error) }
    }

    private func render(_ path: TreePath, in tree: any FileTree, _ inputs: inout ChartInputs) async throws -> Result {
        var chart = try await Chart.load(from: tree, at: path)
        let missing = chart.missingDependencies
        var fetched: [WantedChart: Revision.Digest] = [:]
        if isStrict, !missing.isEmpty { (chart, fetched) = try await completed(chart, path, in: tree) }
        var options = RenderOptions(
            releaseName: settings.releaseName ?? context.release ?? chart.name, namespace: try await context.namespace())
        try ReleaseName.validate(options.releaseName)
        options.checksKubeVersion = isStrict
        var facts = RenderedFacts(namespace: options.namespace, charts: fetched)
        options.values = try await files(path, in: tree)
        facts.release = try await revision(of: chart, options)
        options.revision = facts.release?.number ?? 1
        options.values += try await inputs.values(from: settings.valuesFrom, in: options.namespace, context.live)
        options.values += [.object(settings.values)] + values
        facts.capabilities = try await context.capabilities()
        options.capabilities = capabilities(facts.capabilities)
        options.environment.zone = context.zone
        let rendered: [RenderedTemplate]
        (rendered, facts.key) = try await templates(of: chart, &options, &inputs)
        facts.live = inputs.facts
        let definitions = settings.includesDefinitions ? try chart.definitionFiles(options) : []
        return Result(
            templates: rendered, definitions: definitions, missing: missing, facts: facts, postRender: settings.postRender,
            secrets: inputs.secrets)
    }

    /// nil for a chart that comes out the same in each revision. What the cluster's values are does not count: it may be secret, and the
    /// revision is no secret.
    private func revision(of chart: Chart, _ options: RenderOptions) async throws -> RenderedRelease? {
        let values = options.values + [.object(settings.values)] + values
        guard try chart.tellsRevisionsApart(values) else { return nil }
        let wanted = WantedRevision(
            release: HelmReleaseName(name: options.releaseName, namespace: options.namespace), chart: chart.name,
            inputs: try chart.inputs(values))
        return RenderedRelease(wanted: wanted, number: try await context.revision(wanted))
    }

    // MARK: Charts inside the chart

    /// The chart with those that it asks for and has not inside it. Throws what fetching throws, and `conflict` for another chart than
    /// the one that was asked for.
    private func completed(
        _ chart: Chart, _ path: TreePath, in tree: any FileTree
    ) async throws -> (Chart, [WantedChart: Revision.Digest]) {
        guard let charts = context.charts else { throw Self.incomplete(chart, path) }
        var chart = chart
        var digests: [WantedChart: Revision.Digest] = [:]
        for wanted in try chart.wantedCharts(path: path.description) {
            let found: Chart
            switch wanted.place {
            case .directory(let directory):
                found = try await Chart.load(from: tree, at: try path.resolving(directory))
            case .repository(let repository):
                let fetched = try await charts.fetch(wanted.name, wanted.version, repository)
                found = try Chart.load(archive: fetched.archive, path: "\(wanted.name) \(wanted.version) from \(repository)")
                digests[wanted] = fetched.digest
            }
            guard wanted.accepts(found) else {
                throw PlumbError(
                    .conflict,
                    "The chart \(chart.name) asks for \(wanted.name) \(wanted.version), and what is there is \(found.name) \(found.metadata.version).",
                    remedy: "Run `helm dependency update` for \(path.isRoot ? "it" : path.description).")
            }
            chart.dependencies.append(found)
        }
        return (chart, digests)
    }

    private static func incomplete(_ chart: Chart, _ path: TreePath) -> PlumbError {
        let names = chart.missingDependencies.map { dependency in
            let place = dependency.repository.isEmpty ? "" : " from \(dependency.repository)"
            return "\(dependency.name) \(dependency.version)\(place)"
        }
        return PlumbError(
            .notFound,
            "The chart \(chart.name) asks for charts that are not in its directory charts: \(names.joined(separator: ", ")).",
            remedy: "Run `helm dependency build` for \(path.isRoot ? "it" : path.description), and add charts to the source.")
    }

    // MARK: What templates ask for

    private func templates(
        of chart: Chart, _ options: inout RenderOptions, _ inputs: inout ChartInputs
    ) async throws -> ([RenderedTemplate], ChartKey?) {
        guard settings.looksUp, let live = context.live else { return try await drawn(chart, options) { try $0() } }
        let lookups = Lookups(live)
        options.lookup = { try lookups.answer($0, $1, $2, $3) }
        let result: ([RenderedTemplate], ChartKey?)
        do { result = try await drawn(chart, options) { try await lookups.settled($0) } } catch {
            lookups.noteSecrets(in: &inputs)
            throw error
        }
        lookups.noteSecrets(in: &inputs)
        lookups.note(in: &inputs)
        return result
    }

    /// What is drawn comes from the application's key, which is made when it is needed for the first time.
    private func drawn(
        _ chart: Chart, _ given: RenderOptions,
        settling: (() throws -> [RenderedTemplate]) async throws -> [RenderedTemplate]
    ) async throws -> ([RenderedTemplate], ChartKey?) {
        let draws = DrawLog()
        var options = given
        var key = chart.mayDraw ? try await context.key(false) : nil
        options.draw(from: key ?? .random(madeAt: 0), noting: draws)
        let first = options
        do {
            let templates = try await settling {
                draws.forget()
                return try chart.render(first)
            }
            if key != nil || !draws.isNoted { return (templates, draws.isNoted ? key : nil) }
        } catch {
            // Made-up values may be why it failed.
            if key != nil || !draws.isNoted { throw error }
        }
        key = try await context.key(true)
        if let key { options.draw(from: key, noting: draws) }
        let second = options
        return (try await settling { try chart.render(second) }, key)
    }

    // MARK: Values and capabilities

    /// Below the source's directory, as Helm and others read them; from the top of the source with a slash before them.
    func files(_ path: TreePath, in tree: any FileTree) async throws -> [ValuesSource] {
        let isArchive = if case .file? = try await tree.entry(at: path) { true } else { false }
        let directory = isArchive ? path.parent : path
        var sources: [ValuesSource] = []
        for name in settings.valuesFiles {
            let file = name.hasPrefix("/") ? try TreePath(String(name.dropFirst())) : try directory.resolving(name)
            guard case .file? = try await tree.entry(at: file) else {
                throw PlumbError(
                    .notFound, "There is no file \(file), which valuesFiles names.",
                    remedy: "Name files below the directory of the chart, or from the top of the source with a slash before them.")
            }
            sources.append(.file(try await tree.read(file), name: file.description))
        }
        return sources
    }

    private func capabilities(_ platform: PlatformCapabilities?) -> Capabilities {
        var result = platform.map { Capabilities(kubeVersion: $0.version, apiVersions: $0.apiVersions) } ?? .standard
        if let version = settings.kubeVersion {
            result = Capabilities(kubeVersion: version, apiVersions: result.apiVersions)
        }
        result.apiVersions += settings.apiVersions
        return result
    }
}

/// Whether anything was drawn.
private final class DrawLog: Sendable {
    private let noted = Mutex(false)

    var isNoted: Bool { noted.withLock { $0 } }
    func note() { noted.withLock { $0 = true } }
    func forget() { noted.withLock { $0 = false } }
}

extension RenderOptions {
    fileprivate mutating func draw(from key: ChartKey, noting draws: DrawLog) {
        let random = KeyedRandom(seed: key.bytes)
        environment.now = {
            draws.note()
            return key.madeAt * 1_000_000_000
        }
        environment.random = { use, count in
            draws.note()
            return random.bytes(for: use, count: count)
        }
    }
}

extension Chart {
    /// Whether a template has one of the words in it that draw. One that hides it, in a value, is found out when it is rendered.
    fileprivate var mayDraw: Bool {
        let words = ["rand", "gen", "uuid", "shuffle", "crypt", "htpasswd", "now", "ago", "date", "durationRound"].map {
            Array($0.utf8)
        }
        return templates.contains { template in words.contains { template.content.contains(word: $0) } }
            || dependencies.contains { $0.mayDraw }
    }
}
