import ArgumentParser
import Helm
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How to render a chart; named as Helm names them.
struct ChartOptions: ParsableArguments {
    @Option(help: "The name of the chart's release; without it the application's, which is the directory's.")
    var release: String?

    @Option(help: "The namespace of the chart's release; without it default.")
    var namespace: String?

    @Option(name: .customLong("values"), help: "A file of values for a chart; a later one over an earlier one.")
    var valuesFiles: [String] = []

    @Option(help: "Values for a chart: a.b=1,c[0]=x.")
    var set: [String] = []

    @Option(help: "Values that stay text: a.b=1.")
    var setString: [String] = []

    @Option(help: "Values as JSON: a.b={\"c\":1}.")
    var setJson: [String] = []

    @Option(help: "Values that are the content of a file: a.b=FILE.")
    var setFile: [String] = []

    @Option(help: "The Kubernetes version that a chart is rendered for.")
    var kubeVersion: String?

    @Option(name: .customLong("api-versions"), help: "A version, or kind, that a chart may count on: apps/v1, apps/v1/Deployment.")
    var apiVersions: [String] = []

    @Flag(help: "With --raw: also what is in crds of a chart.")
    var includeCrds = false

    @Flag(help: "Without what is in crds of a chart.")
    var skipCrds = false

    @Flag(help: "Each template of a chart as it came out, in the order of their paths.")
    var raw = false

    func validate() throws {
        if includeCrds && skipCrds { throw ValidationError("Give one of --include-crds and --skip-crds, not both.") }
        if let release {
            do { try ReleaseName.validate(release) } catch let error as PlumbError { throw ValidationError(error.description) }
        }
    }

    /// The flags that were given, for who has to say that they mean nothing.
    var given: [String] {
        let flags: [(String, Bool)] = [
            ("--release", release != nil), ("--namespace", namespace != nil), ("--values", !valuesFiles.isEmpty),
            ("--set", !set.isEmpty), ("--set-string", !setString.isEmpty), ("--set-json", !setJson.isEmpty),
            ("--set-file", !setFile.isEmpty), ("--kube-version", kubeVersion != nil), ("--api-versions", !apiVersions.isEmpty),
            ("--include-crds", includeCrds), ("--skip-crds", skipCrds), ("--raw", raw),
        ]
        return flags.filter(\.1).map(\.0)
    }

    /// `settings` with what the flags say in place of it.
    func applied(to settings: HelmSettings) -> HelmSettings {
        var settings = settings
        settings.releaseName = release ?? settings.releaseName
        settings.kubeVersion = kubeVersion ?? settings.kubeVersion
        settings.apiVersions += apiVersions
        if !valuesFiles.isEmpty { settings.valuesFrom = [] }
        if raw ? !includeCrds : skipCrds { settings.includesDefinitions = false }
        return settings
    }

    /// In the order in which Helm takes them, whatever the order on the command line. Throws `notFound`, and `usage` for a
    /// `--set-file` without a file.
    func values() throws -> [ValuesSource] {
        var sources = try valuesFiles.map { ValuesSource.file(try Self.content(of: $0, "values"), name: $0) }
        sources += setJson.map { .setJSON($0) } + set.map { .set($0) } + setString.map { .setString($0) }
        for text in setFile {
            guard let equals = text.firstIndex(of: "=") else {
                throw PlumbError(.usage, "--set-file \(text.quoted) names no file.", remedy: "Write --set-file NAME=FILE.")
            }
            let file = String(text[text.index(after: equals)...])
            sources.append(.setFile(key: String(text[..<equals]), content: try Self.content(of: file, "value")))
        }
        return sources
    }

    private static func content(of file: String, _ what: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file == "-" ? "/dev/stdin" : file)))
        } catch {
            throw PlumbError(
                .notFound, "The file \(file.quoted) of \(what) cannot be read.", remedy: "Check its name and its mode.")
        }
    }
}
