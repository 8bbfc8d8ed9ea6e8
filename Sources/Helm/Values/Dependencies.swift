import Manifests
import Model
import Template

/// Which charts inside a chart are used, under which names, and what they give to the values around them.
enum Dependencies {
    /// The chart with nothing but what is used in it. Throws as `Coalescing` does.
    static func process(_ chart: Chart, values: GoMap) throws -> Chart {
        var chart = chart
        try enable(&chart, values: values, path: "")
        try importValues(&chart)
        return chart
    }

    private static func enable(_ chart: inout Chart, values: GoMap, path: String) throws {
        guard chart.metadata.listsDependencies else { return }
        chart.dependencies = resolve(chart)
        for index in chart.metadata.dependencies.indices {
            let alias = chart.metadata.dependencies[index].alias
            if !alias.isEmpty { chart.metadata.dependencies[index].name = alias }
        }
        let coalesced = try Coalescing.coalesce(chart, values)
        chart.metadata.dependencies = chart.metadata.dependencies.map { dependency in
            var dependency = dependency
            apply(tags: coalesced.table("tags"), to: &dependency)
            apply(conditionIn: coalesced, path: path, to: &dependency)
            return dependency
        }
        let disabled = Set(chart.metadata.dependencies.filter { !$0.isEnabled }.map(\.name))
        chart.dependencies.removeAll { disabled.contains($0.name) }
        chart.metadata.dependencies.removeAll { disabled.contains($0.name) }
        chart.metadata.listsDependencies = !chart.metadata.dependencies.isEmpty
        for index in chart.dependencies.indices {
            try enable(&chart.dependencies[index], values: coalesced, path: path + chart.dependencies[index].name + ".")
        }
    }

    /// The charts that nothing asks for by name and version, then one for each that is asked for.
    private static func resolve(_ chart: Chart) -> [Chart] {
        let wanted = chart.metadata.dependencies
        var result = chart.dependencies.filter { existing in !wanted.contains { fits(existing, $0) } }
        for dependency in wanted {
            guard var found = chart.dependencies.first(where: { fits($0, dependency) }) else { continue }
            if !dependency.alias.isEmpty { found.metadata.name = dependency.alias }
            result.append(found)
        }
        return result
    }

    private static func fits(_ chart: Chart, _ dependency: ChartDependency) -> Bool {
        chart.name == dependency.name && isCompatible(dependency.version, chart.metadata.version)
    }

    static func isCompatible(_ constraint: String, _ version: String) -> Bool {
        guard let constraint = VersionConstraint(constraint), let version = HelmVersion(version) else { return false }
        return constraint.accepts(version)
    }

    private static func apply(tags: GoMap?, to dependency: inout ChartDependency) {
        let given = dependency.tags.compactMap { tag in if case .bool(let value)? = tags?[tag] { value } else { nil } }
        if given.contains(false), !given.contains(true) { dependency.isEnabled = false }
    }

    /// The first condition that has a boolean counts. A space behind a comma is part of the name, as Helm has it.
    private static func apply(conditionIn values: GoMap, path: String, to dependency: inout ChartDependency) {
        for condition in dependency.condition.trimmed.split(separator: ",") {
            if case .bool(let value)? = values.pathValue(path + condition) {
                dependency.isEnabled = value
                return
            }
        }
    }

    // MARK: Imports

    private static func importValues(_ chart: inout Chart) throws {
        for index in chart.dependencies.indices { try importValues(&chart.dependencies[index]) }
        guard chart.metadata.listsDependencies else { return }
        let values = try Coalescing.coalesce(chart, GoMap(), isMerge: true)
        let imported = GoMap()
        for dependency in chart.metadata.dependencies {
            for entry in dependency.importValues {
                switch entry {
                case .string(let name):
                    guard let table = values.table("\(dependency.name).exports.\(name)") else { continue }
                    Coalescing.mergeTables(imported, table, isMerge: true)
                case .object(let object):
                    let (child, parent) = (Self.name(object["child"]), Self.name(object["parent"]))
                    guard let table = values.table("\(dependency.name).\(child)") else { continue }
                    Coalescing.mergeTables(imported, nested(table, at: parent), isMerge: true)
                default: continue
                }
            }
        }
        // The tables are those of the charts that they come from, which see what a later import puts into them, as in Helm.
        Coalescing.mergeTables(values, imported, isMerge: true)
        guard let own = values.object(depth: 0) else {
            throw PlumbError(
                .invalid, "The import-values of the chart \(chart.name) put a mapping into itself.",
                remedy: "Import into a place that is not inside what is imported.")
        }
        chart.values = own
    }

    /// What Go prints.
    private static func name(_ value: Value?) -> String { value.map { ChartMetadata.text($0) } ?? "<nil>" }

    private static func nested(_ table: GoMap, at path: String) -> GoMap {
        if path == "." { return table }
        return path.split(separator: ".").reversed().reduce(table) { GoMap([(String($1), .map($0))]) }
    }
}

extension GoMap {
    private static let maximumDepth = 1000

    /// As a tree without types: what a chart keeps.
    var object: Object { Object(entries.map { ($0.key, $0.value.tree) }) }

    /// The same; nil for one that holds itself.
    fileprivate func object(depth: Int) -> Object? {
        guard depth < Self.maximumDepth else { return nil }
        var members: [(String, Value)] = []
        for entry in entries {
            if case .map(let inner) = entry.value {
                guard let object = inner.object(depth: depth + 1) else { return nil }
                members.append((entry.key, .object(object)))
            } else {
                members.append((entry.key, entry.value.tree))
            }
        }
        return Object(members)
    }
}

extension GoValue {
    fileprivate var tree: Value {
        switch self {
        case .bool(let bool): .bool(bool)
        case .int(let number, _): .integer(number)
        case .float(let number): Value(number: number)
        case .string(let text): .string(text)
        case .list(let list): .array(list.elements.map(\.tree))
        case .map(let map): .object(map.object)
        default: .null
        }
    }
}
