import Helm
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

        /// The objects, definitions first. Throws `invalid` for what is none.
        func manifests() throws -> [Manifest] {
            try Chart.manifests(in: definitions) + Chart.manifests(of: templates)
        }
    }

    /// Throws what reading and rendering a chart throw. What the templates hold is not looked at.
    func render(_ path: TreePath, in tree: any FileTree) async throws -> Result {
        let chart = try await Chart.load(from: tree, at: path)
        let missing = chart.missingDependencies
        if isStrict, !missing.isEmpty { throw Self.incomplete(chart, missing, path) }
        var options = RenderOptions(
            releaseName: settings.releaseName ?? context.release ?? chart.name, namespace: try await context.namespace())
        try ReleaseName.validate(options.releaseName)
        options.checksKubeVersion = isStrict
        var facts = RenderedFacts(namespace: options.namespace)
        options.values = try await files(path, in: tree) + [.object(settings.values)] + values
        facts.capabilities = try await context.capabilities()
        options.capabilities = capabilities(facts.capabilities)
        options.environment.zone = context.zone
        let rendered: [RenderedTemplate]
        (rendered, facts.key) = try await templates(of: chart, &options)
        let definitions = settings.includesDefinitions ? try chart.definitionFiles(options) : []
        return Result(templates: rendered, definitions: definitions, missing: missing, facts: facts)
    }

    private static func incomplete(_ chart: Chart, _ missing: [ChartDependency], _ path: TreePath) -> PlumbError {
        let names = missing.map { dependency in
            let place = dependency.repository.isEmpty ? "" : " from \(dependency.repository)"
            return "\(dependency.name) \(dependency.version)\(place)"
        }
        return PlumbError(
            .notFound,
            "The chart \(chart.name) asks for charts that are not in its directory charts: \(names.joined(separator: ", ")).",
            remedy: "Run `helm dependency build` for \(path.isRoot ? "it" : path.description), and add charts to the source.")
    }

    // MARK: Random values and the time

    /// What is drawn comes from the application's key, which is made when it is needed for the first time.
    private func templates(of chart: Chart, _ options: inout RenderOptions) async throws -> ([RenderedTemplate], ChartKey?) {
        let draws = DrawLog()
        var key = chart.mayDraw ? try await context.key(false) : nil
        options.draw(from: key ?? .random(madeAt: 0), noting: draws)
        do {
            let templates = try chart.render(options)
            if key != nil || !draws.isNoted { return (templates, draws.isNoted ? key : nil) }
        } catch {
            // Made-up values may be why it failed.
            if key != nil || !draws.isNoted { throw error }
        }
        key = try await context.key(true)
        if let key { options.draw(from: key, noting: draws) }
        return (try chart.render(options), key)
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

extension [UInt8] {
    fileprivate func contains(word: [UInt8]) -> Bool {
        guard let first = word.first, count >= word.count else { return false }
        var index = startIndex
        while let found = self[index...].firstIndex(of: first) {
            if self[found...].starts(with: word) { return true }
            index = found + 1
        }
        return false
    }
}
