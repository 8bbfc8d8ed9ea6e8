import Model
import Sources

/// A chart of a repository, as the arguments of a command name it.
struct NamedChart {
    var repository: Application.ChartRepository
    var chart: Application.ChartSelection

    /// nil where the arguments name something else. Throws `usage` for flags that do not fit each other, `invalid` for what no chart is
    /// called.
    init?(_ source: SourceOptions) throws {
        guard let argument = source.directory else { return nil }
        if let url = source.repo {
            repository = Application.ChartRepository(url: url, isInsecure: source.plainHttp)
            chart = Application.ChartSelection(name: argument, version: source.version)
            guard !argument.isEmpty, !argument.contains("/") else {
                throw PlumbError(.usage, "\(argument.quoted) is no name of a chart.", remedy: "Name a chart of \(Redactor()(url)).")
            }
        } else if argument.hasPrefix("oci://") {
            (repository, chart) = try Self.parts(argument, source)
        } else if source.version != nil || source.plainHttp {
            throw PlumbError(
                .usage, "--version and --plain-http are for charts from a repository, and the source is none.",
                remedy: "Leave them out.")
        } else {
            return nil
        }
        if let version = chart.version { _ = try VersionRange(version) }
    }

    /// `oci://HOST/PATH/CHART[:VERSION][@sha256:DIGEST]`
    private static func parts(
        _ argument: String, _ source: SourceOptions
    ) throws -> (Application.ChartRepository, Application.ChartSelection) {
        guard let slash = argument.lastIndex(of: "/"), argument.count(where: { $0 == "/" }) > 2 else {
            throw PlumbError(
                .usage, "\(Redactor()(argument).quoted) names no chart.", remedy: "Write oci://HOST/PATH/CHART:VERSION.")
        }
        let halves = argument[argument.index(after: slash)...].split(separator: "@", maxSplits: 1)
        let words = (halves.first ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = words.first else {
            throw PlumbError(
                .usage, "\(Redactor()(argument).quoted) names no chart.", remedy: "Write oci://HOST/PATH/CHART:VERSION.")
        }
        guard words.count < 2 || source.version == nil else {
            throw PlumbError(.usage, "The version is given twice.", remedy: "Leave out --version, or the version in the URL.")
        }
        var chart = Application.ChartSelection(name: name, version: words.count > 1 ? words[1] : source.version)
        if halves.count > 1 {
            chart.digest = try Revision.Digest(halves[1].hasPrefix("sha256:") ? halves[1].dropFirst(7) : halves[1])
        }
        return (Application.ChartRepository(url: String(argument[..<slash]), isInsecure: source.plainHttp), chart)
    }
}
