import Model

/// Which of the versions that there are is wanted. Pure; by Helm's rules.
enum VersionChoice {
    /// The version itself where it is there as written; else the highest in the range; without one the newest release. nil where
    /// there is none.
    static func version(_ wanted: String?, among versions: [String]) -> String? {
        guard let wanted else { return highest("*", versions) }
        return versions.contains(wanted) ? wanted : highest(wanted, versions)
    }

    private static func highest(_ range: String, _ versions: [String]) -> String? {
        (try? VersionRange(range))?.highest(of: versions)
    }

    /// Whether it names one version, all numbers of it.
    static func isExact(_ wanted: String) -> Bool { SemanticVersion(wanted) != nil }

    /// Why there is none.
    static func failure(_ chart: ChartReference, among versions: [String], in place: String) -> PlumbError {
        let newest = VersionRange.newestFirst(versions)
        let some = newest.prefix(5).joined(separator: ", ")
        let wanted = chart.version.map { "version \($0)" } ?? "release"
        let remedy: String? =
            newest.isEmpty ? nil : "There are: \(some)\(newest.count > 5 ? ", and \(newest.count - 5) older ones" : "")."
        return PlumbError(.notFound, "\(place) has no \(wanted) of the chart \(chart.name.quoted).", remedy: remedy)
    }
}
