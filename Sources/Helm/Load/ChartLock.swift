import Manifests
import Model

/// What `helm dependency update` has chosen: a version of each chart that a chart asks for.
struct ChartLock {
    struct Entry {
        let name: String
        let version: String
        let repository: String
    }

    let entries: [Entry]
    let digest: String

    /// Throws `invalid` for what is no lock file.
    init(_ bytes: [UInt8], file: String) throws {
        guard case .object(let lock)? = try YAML.parse(bytes, file: file, dialect: .helm).first?.value,
            let digest = lock["digest"]?.string
        else { throw PlumbError(.invalid, "\(file) is no lock file of Helm's.", remedy: "Run `helm dependency update`.") }
        self.digest = digest
        entries = (lock["dependencies"]?.array ?? []).map { entry in
            func line(_ key: String) -> String { ChartMetadata.line(entry[key]) }
            return Entry(name: line("name"), version: line("version"), repository: line("repository"))
        }
    }

    /// Whether it was made for these: Helm keeps a digest of the JSON of both.
    func isFor(_ dependencies: [ChartDependency], isOld: Bool) -> Bool {
        let asked = "[" + dependencies.map(Self.json).joined(separator: ",") + "]"
        let given = "[" + entries.map { Self.json($0.name, $0.version, $0.repository) + "}" }.joined(separator: ",") + "]"
        if Digest(bytes: Array("[\(asked),\(given)]".utf8)).description == digest { return true }
        // Helm 2 counted what is asked for alone.
        return isOld && Digest(bytes: Array("{\"dependencies\":\(asked)}".utf8)).description == digest
    }

    /// As Go writes Helm's type, field by field.
    private static func json(_ dependency: ChartDependency) -> String {
        var text = json(dependency.name, dependency.version, dependency.repository)
        if !dependency.condition.isEmpty { text += ",\"condition\":" + json(.string(dependency.condition)) }
        if !dependency.tags.isEmpty { text += ",\"tags\":" + json(.array(dependency.tags.map(Value.string))) }
        if dependency.isMarkedEnabled { text += ",\"enabled\":true" }
        if !dependency.importValues.isEmpty { text += ",\"import-values\":" + json(.array(dependency.importValues)) }
        if !dependency.alias.isEmpty { text += ",\"alias\":" + json(.string(dependency.alias)) }
        return text + "}"
    }

    /// Without the end.
    private static func json(_ name: String, _ version: String, _ repository: String) -> String {
        var text = "{\"name\":" + json(.string(name))
        if !version.isEmpty { text += ",\"version\":" + json(.string(version)) }
        return text + ",\"repository\":" + json(.string(repository))
    }

    /// With Go's escapes for HTML.
    private static func json(_ value: Value) -> String {
        let escapes: [Character: String] = ["<": "\\u003c", ">": "\\u003e", "&": "\\u0026"]
        return value.json.map { escapes[$0] ?? String($0) }.joined()
    }
}

/// A chart that another one asks for and has not inside it: which version, and where it is.
package struct WantedChart: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// The URL of a repository or registry.
        case repository(String)
        /// A path from the directory of the chart that asks.
        case directory(String)
    }

    package let name: String
    /// One version; a range for a directory.
    package let version: String
    package let place: Place

    /// Whether `chart` is what is wanted.
    package func accepts(_ chart: Chart) -> Bool {
        chart.name == name && (chart.metadata.version == version || Dependencies.isCompatible(version, chart.metadata.version))
    }
}

extension Chart {
    /// Which charts have to be fetched, in the order in which it asks for them; empty where all are there.
    ///
    /// Throws `invalid` for a lock file that is out of date, and for a range without one; `notFound` for a chart that names no place;
    /// `unsupported` for a place that only a person's machine knows. `path` names the chart in errors.
    package func wantedCharts(path: String) throws -> [WantedChart] {
        let missing = Set(missingDependencies.map(\.name))
        guard !missing.isEmpty else { return [] }
        let isOld = metadata.apiVersion == "v1"
        let file = isOld ? "requirements.lock" : "Chart.lock"
        let lock = try lock.map { try ChartLock($0, file: "\(path)/\(file)") }
        if let lock, !lock.isFor(metadata.dependencies, isOld: isOld) {
            throw PlumbError(
                .invalid, "\(path)/\(file) is out of date: it was made for other dependencies than the chart \(name) has now.",
                remedy: "Run `helm dependency update` for it, and add what that writes to the source.")
        }
        return try metadata.dependencies.enumerated().filter { missing.contains($1.name) }.map { index, dependency in
            try wanted(dependency, lock?.entry(of: dependency, at: index), path)
        }
    }

    private func wanted(_ dependency: ChartDependency, _ entry: ChartLock.Entry?, _ path: String) throws -> WantedChart {
        let repository = dependency.repository
        let what = "The chart \(name) asks for \(dependency.name) \(dependency.version)"
        if repository.isEmpty {
            throw PlumbError(
                .notFound, "\(what), which is not in its directory charts, and names no repository.",
                remedy: "Put it into charts, or name its repository in \(path)/Chart.yaml.")
        }
        if repository.hasPrefix("@") || repository.hasPrefix("alias:") {
            throw PlumbError(
                .unsupported, "\(what) from \(repository.quoted), which is a name that one person's Helm has for a repository.",
                remedy: "Write the URL of the repository in its place.")
        }
        if repository.hasPrefix("file://") {
            let version = entry?.version ?? dependency.version
            return WantedChart(
                name: dependency.name, version: version, place: .directory(String(repository.dropFirst("file://".count))))
        }
        guard let version = entry?.version ?? dependency.exactVersion else {
            throw PlumbError(
                .invalid, "\(what), a range, and there is no lock file that says which version was chosen.",
                remedy: "Run `helm dependency update` for it, and add Chart.lock to the source; or name one version.")
        }
        return WantedChart(name: dependency.name, version: version, place: .repository(repository))
    }
}

extension ChartLock {
    /// The lists go together, but for lock files that somebody has sorted.
    fileprivate func entry(of dependency: ChartDependency, at index: Int) -> Entry? {
        if index < entries.count, entries[index].name == dependency.name { return entries[index] }
        return entries.first { $0.name == dependency.name }
    }
}

extension ChartDependency {
    /// nil for a range.
    fileprivate var exactVersion: String? { SemanticVersion(version) == nil ? nil : version }
}
