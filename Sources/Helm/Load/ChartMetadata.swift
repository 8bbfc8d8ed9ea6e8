package import Manifests
import Model
import Template

/// What `Chart.yaml` says.
package struct ChartMetadata: Sendable {
    package var apiVersion: String
    package var name: String
    package var version: String
    package var kubeVersion: String
    package var type: String
    package var dependencies: [ChartDependency]
    /// Whether there is a list of them, if only an empty one.
    var listsDependencies: Bool
    /// Everything, as it was written.
    let fields: Object

    /// Throws `invalid` for a file that is no mapping, or lacks what every chart has.
    init(_ bytes: [UInt8], file: String) throws {
        guard case .object(let fields)? = try YAML.first(bytes, file: file, dialect: .helm) else {
            throw PlumbError(.invalid, "\(file) is no mapping.", remedy: "A Chart.yaml has at least apiVersion, name and version.")
        }
        try self.init(fields: fields, file: file)
    }

    /// With what a `requirements.yaml` says in place of it. Throws as reading does.
    func overlaid(with bytes: [UInt8], file: String) throws -> ChartMetadata {
        switch try YAML.first(bytes, file: file, dialect: .helm) {
        case nil: return self
        case .object(let own)?:
            var fields = fields
            if apiVersion == "v1" { fields["apiVersion"] = "v1" }
            return try ChartMetadata(fields: Self.overlay(own, on: fields), file: file)
        case let other?: throw PlumbError(.invalid, "\(file) holds \(other.typeName), and has to be a mapping.")
        }
    }

    /// As Go reads JSON into what is there already: mappings member by member, elements of lists by their places.
    private static func overlay(_ new: Object, on old: Object) -> Object {
        var result = old
        for member in new {
            switch (old[member.key], member.value) {
            case (.object(let own)?, .object(let other)): result[member.key] = .object(overlay(other, on: own))
            case (.array(let own)?, .array(let others)):
                let elements = others.enumerated().map { index, other -> Value in
                    guard case .object(let new) = other, index < own.count, case .object(let old) = own[index] else { return other }
                    return .object(overlay(new, on: old))
                }
                result[member.key] = .array(elements)
            case (.array?, .null), (.object?, .null): result[member.key] = nil
            case (_, .null): continue
            default: result[member.key] = member.value
            }
        }
        return result
    }

    private init(fields: Object, file: String) throws {
        self.fields = fields
        func text(_ key: String) -> String { Self.text(fields[key]) }
        apiVersion = text("apiVersion").isEmpty ? "v1" : text("apiVersion")
        (name, kubeVersion) = (Self.line(fields["name"]), Self.line(fields["kubeVersion"]))
        (version, type) = (text("version"), text("type"))
        listsDependencies = fields["dependencies"]?.array != nil
        dependencies = try (fields["dependencies"]?.array ?? []).map { try ChartDependency($0, file: file) }
        for (key, value) in [("name", name), ("version", version)] where value.isEmpty {
            throw PlumbError(.invalid, "\(file) has no \(key).", remedy: "Every chart has apiVersion, name and version.")
        }
        guard !name.contains("/"), name != ".", name != ".." else {
            throw PlumbError(.invalid, "\(file): the name \(name.quoted) of the chart is a path.")
        }
        try validate(file)
    }

    /// What Helm refuses, too.
    private func validate(_ file: String) throws {
        guard HelmVersion(version) != nil else {
            throw PlumbError(.invalid, "\(file): the version \(version.quoted) of the chart is no semantic version.")
        }
        guard ["", "application", "library"].contains(type) else {
            throw PlumbError(.invalid, "\(file): the type is \(type.quoted), and has to be application or library.")
        }
        var names: Set<String> = []
        for dependency in dependencies {
            guard dependency.alias.utf8.allSatisfy(Self.isAllowedInAlias) else {
                throw PlumbError(
                    .invalid, "\(file): the alias \(dependency.alias.quoted) has a character that it may not have.",
                    remedy: "Use letters, digits, dashes and underscores.")
            }
            let name = dependency.alias.isEmpty ? dependency.name : dependency.alias
            guard names.insert(name).inserted else {
                throw PlumbError(
                    .invalid, "\(file): two dependencies have the name or alias \(name.quoted).", remedy: "Give one an alias.")
            }
        }
    }

    private static func isAllowedInAlias(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }

    /// On one line, without what cannot be seen, as Helm takes most texts.
    static func line(_ value: Value?) -> String {
        let text = text(value)
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case _ where scalar.properties.isWhitespace: result.append(" ")
            case .control, .format, .surrogate, .privateUse, .unassigned: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Scalars as text, as Helm takes `appVersion: 1.16`.
    static func text(_ value: Value?) -> String {
        switch value {
        case .string(let text)?: text
        case nil, .null?: ""
        case let other?: other.json
        }
    }

    var isLibrary: Bool { type.lowercased() == "library" }
}

/// A chart that a chart asks for.
package struct ChartDependency: Sendable {
    package var name: String
    package var version: String
    package var repository: String
    package var condition: String
    package var tags: [String]
    package var alias: String
    package var importValues: [Value]
    package var isEnabled = true
    /// What is written, which Helm's lock file counts in and nothing else does.
    let isMarkedEnabled: Bool

    init(_ value: Value, file: String) throws {
        guard case .object(let fields) = value else {
            throw PlumbError(.invalid, "\(file): an entry of dependencies is no mapping.")
        }
        func line(_ key: String) -> String { ChartMetadata.line(fields[key]) }
        (name, version, repository) = (line("name"), line("version"), line("repository"))
        (condition, alias) = (line("condition"), ChartMetadata.text(fields["alias"]))
        tags = (fields["tags"]?.array ?? []).compactMap(\.string)
        importValues = fields["import-values"]?.array ?? []
        isMarkedEnabled = fields["enabled"]?.bool ?? false
    }
}
