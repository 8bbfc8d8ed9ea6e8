import Helm
import Manifests
import Model

/// An entry of `helmCharts:`: a chart that is part of the repository, and how it is rendered.
struct ChartRule: Sendable {
    /// How inline values and those of the file come together.
    enum Merge: String, Sendable {
        /// Inline over the file's.
        case override
        /// Inline where the file says nothing; without a file the chart's own values count as one.
        case merge
        /// Only inline.
        case replace
    }

    static let fields: Set<String> = [
        "name", "version", "repo", "releaseName", "namespace", "valuesFile", "additionalValuesFiles", "valuesInline", "valuesMerge",
        "includeCRDs", "skipHooks", "skipTests", "apiVersions", "kubeVersion", "nameTemplate", "debug", "devel",
    ]

    let field: String
    let name: String
    /// Where it may be, the likelier place first, as paths from the kustomization's directory.
    let places: [String]
    let valuesFile: String
    let furtherFiles: [String]
    private let inline: Object
    private let merge: Merge
    private let release: String
    private let namespace: String
    private let kubeVersion: String
    private let apiVersions: [String]
    private let includesDefinitions: Bool
    private let skipsHooks: Bool
    private let file: String

    init(_ fields: FieldReader, _ field: String, home: String) throws {
        self.field = field
        file = fields.file
        name = try fields.string("name")
        guard !name.isEmpty else { throw fields.error("\(field) has no name.") }
        guard try fields.string("nameTemplate").isEmpty else {
            throw PlumbError(
                .unsupported, "\(field).nameTemplate is not supported.", remedy: "Write the name as releaseName.",
                at: Origin(file: fields.file))
        }
        let home = home.isEmpty ? "charts" : home
        let version = try fields.string("version")
        places = [version.isEmpty ? nil : "\(home)/\(name)-\(version)/\(name)", "\(home)/\(name)"].compactMap { $0 }
        valuesFile = try fields.string("valuesFile")
        furtherFiles = try fields.strings("additionalValuesFiles")
        inline = try fields.mapping("valuesInline")
        let mode = try fields.string("valuesMerge")
        guard let merge = mode.isEmpty ? .override : Merge(rawValue: mode) else {
            throw fields.error("\(field).valuesMerge must be override, merge or replace, but is \(mode.quoted).")
        }
        self.merge = merge
        release = try fields.string("releaseName")
        namespace = try fields.string("namespace")
        kubeVersion = try fields.string("kubeVersion")
        apiVersions = try fields.strings("apiVersions")
        includesDefinitions = try fields.bool("includeCRDs")
        skipsHooks = try fields.bool("skipHooks")
    }

    var files: [String] { (valuesFile.isEmpty ? [] : [valuesFile]) + furtherFiles }

    /// The objects of the chart, in the order in which Helm installs them.
    func manifests(of chart: Chart, files: [String: LoadedFile]) throws -> [Manifest] {
        var options = RenderOptions(
            releaseName: release.isEmpty ? "release-name" : release, namespace: namespace.isEmpty ? "default" : namespace)
        options.values = values(of: chart, files)
        let standard = Capabilities.standard
        options.capabilities = Capabilities(
            kubeVersion: kubeVersion.isEmpty ? standard.kubeVersion : kubeVersion, apiVersions: standard.apiVersions + apiVersions)
        let manifests = try chart.manifests(options, includesDefinitions: includesDefinitions)
        return skipsHooks ? manifests.filter { $0.annotation(HelmHooks.annotation) == nil } : manifests
    }

    func missing() -> PlumbError {
        PlumbError(
            .notFound,
            "The chart \(name.quoted) of \(field) is not at \(places[places.count - 1]), and charts are not fetched while rendering.",
            remedy: "Add it to the repository, for example with helm pull --untar, or say with helmGlobals.chartHome where it is.",
            at: Origin(file: file))
    }

    private func values(of chart: Chart, _ files: [String: LoadedFile]) -> [ValuesSource] {
        func source(_ name: String) -> ValuesSource? { files[name].map { .file($0.bytes, name: $0.path) } }
        let own = ValuesSource.object(inline)
        let further = furtherFiles.compactMap(source)
        return switch merge {
        case .override: [source(valuesFile), own].compactMap { $0 } + further
        case .merge: [own, source(valuesFile) ?? .object(chart.values)] + further
        case .replace: [own] + further
        }
    }
}

enum ChartReader {
    private static let oldFields: [String: String] = [
        "chartName": "name", "chartVersion": "version", "chartRepoUrl": "repo", "values": "valuesFile",
        "valuesLocal": "valuesInline",
        "valuesMerge": "valuesMerge", "releaseName": "releaseName", "releaseNamespace": "namespace",
    ]

    /// The charts of a kustomization, in both spellings.
    static func rules(of fields: FieldReader) throws -> [ChartRule] {
        let home = try fields.mapping("helmGlobals", known: ["chartHome", "configHome"]) { try $0.string("chartHome") } ?? ""
        return try fields.list("helmCharts", known: ChartRule.fields) { try ChartRule($0, $1, home: home) }
            + fields.list("helmChartInflationGenerator", known: Set(oldFields.keys).union(["chartHome"])) { chart, path in
                let ownHome = try chart.string("chartHome")
                let renamed = chart.object.members.compactMap { member in
                    Self.oldFields[member.key].map { ($0, member.value) }
                }
                let rule = try FieldReader(.object(Object(renamed)), file: chart.file, at: path, known: ChartRule.fields)
                return try ChartRule(rule, path, home: ownHome.isEmpty ? home : ownHome)
            }
    }

    /// A HelmChartInflationGenerator that is configured whole.
    static func rule(_ manifest: Manifest) throws -> ChartRule {
        let known = ChartRule.fields.union(["chartHome", "configHome"])
        let fields = try FieldReader(manifest.value, file: manifest.origin.file, known: known, isStrict: false)
        return try ChartRule(fields, "\(manifest.kind) \(manifest.name)", home: try fields.string("chartHome"))
    }
}
