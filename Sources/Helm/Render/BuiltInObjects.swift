import Manifests
import Template

/// `.Capabilities` of the templates.
struct CapabilitiesObject: GoObject {
    let capabilities: Capabilities
    var typeName: String { "*common.Capabilities" }

    var content: GoObjectContent {
        .structure([
            GoField("KubeVersion", .object(KubeVersionObject(version: capabilities.kubeVersion))),
            GoField("APIVersions", .object(APIVersionsObject(versions: capabilities.apiVersions))),
            GoField("HelmVersion", .object(HelmVersionObject())),
        ])
    }
}

struct KubeVersionObject: GoObject {
    let version: String
    /// As the argument of a function it is no longer that of `.Capabilities`: it has neither `String` nor `GitVersion`.
    var isBoxed = false
    var typeName: String { "common.KubeVersion" }
    var text: String? { isBoxed ? nil : version }
    var boxed: any GoObject { KubeVersionObject(version: version, isBoxed: true) }

    private var parts: (String, String) {
        let parsed = HelmVersion(version)
        return (parsed.map { "\($0.major)" } ?? "", parsed.map { "\($0.minor)" } ?? "")
    }

    var content: GoObjectContent {
        .structure([
            GoField("Version", .string(version)), GoField("normalizedVersion", .string(version), isPrivate: true),
            GoField("Major", .string(parts.0)), GoField("Minor", .string(parts.1)),
        ])
    }

    func method(_ name: String) -> GoMethod? {
        !isBoxed && (name == "String" || name == "GitVersion") ? GoMethod { _ in .string(version) } : nil
    }
}

struct APIVersionsObject: GoObject {
    let versions: [String]
    var typeName: String { "common.VersionSet" }
    var content: GoObjectContent { .list(GoList(versions.map { .string($0) }, of: .string)) }

    func method(_ name: String) -> GoMethod? {
        guard name == "Has" else { return nil }
        return GoMethod([.string]) { arguments in .bool(versions.contains(arguments.string(0))) }
    }
}

/// The version whose templates these are.
struct HelmVersionObject: GoObject {
    var typeName: String { "version.BuildInfo" }
    var content: GoObjectContent {
        .structure([
            GoField("Version", .string("v4.2"), jsonName: "version", omitsEmpty: true),
            GoField("GitCommit", .string(""), jsonName: "git_commit", omitsEmpty: true),
            GoField("GitTreeState", .string(""), jsonName: "git_tree_state", omitsEmpty: true),
            GoField("GoVersion", .string("go1.26.6"), jsonName: "go_version", omitsEmpty: true),
            GoField("KubeClientVersion", .string("v1.36"), jsonName: "kube_client_version", omitsEmpty: true),
        ])
    }
}

/// `.Files` of the templates.
struct FilesObject: GoObject {
    let files: [ChartFile]
    var typeName: String { "engine.files" }

    var content: GoObjectContent {
        .map(GoMap(files.map { ($0.path, Self.bytes($0.content)) }, kind: .bytes))
    }

    private static func bytes(_ content: [UInt8]) -> GoValue { .list(GoList(content.map { .int(Int64($0), .uint8) }, of: .byte)) }

    func method(_ name: String) -> GoMethod? {
        switch name {
        case "Get": return GoMethod([.string]) { .text(find($0.string(0)) ?? []) }
        case "GetBytes": return GoMethod([.string]) { Self.bytes(find($0.string(0)) ?? []) }
        case "Glob":
            return GoMethod([.string]) { arguments in
                let pattern = arguments.string(0)
                guard pattern.utf8.count <= GlobPattern.limit else {
                    throw GoError("a pattern has at most \(GlobPattern.limit) bytes, and this one has \(pattern.utf8.count)")
                }
                try arguments.execution.step(files.count * (pattern.utf8.count + 8) >> 3)
                let glob = GlobPattern(pattern)
                return .object(FilesObject(files: files.filter { glob.matches($0.path) }))
            }
        case "AsConfig":
            return GoMethod { _ in try asYAML { .text($0) } }
        case "AsSecrets":
            return GoMethod { _ in try asYAML { .text(GoEncoding.base64($0)) } }
        case "Lines":
            return GoMethod([.string]) { arguments in
                guard let content = find(arguments.string(0)) else { return .strings([]) }
                guard !content.isEmpty else { throw GoError("runtime error: index out of range [-1]") }
                var lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
                if lines.last?.isEmpty == true { lines.removeLast() }
                return .list(GoList(lines.map { .text($0) }, of: .string))
            }
        default: return nil
        }
    }

    private func find(_ path: String) -> [UInt8]? { files.first { $0.path == path }?.content }

    private func asYAML(_ value: ([UInt8]) -> GoValue) throws -> GoValue {
        let map = GoMap(files.map { (GoPath.base($0.path), value($0.content)) }, kind: .string)
        return .text(try GoEncoding.yaml(.map(map)))
    }
}

extension ChartMetadata {
    /// `.Chart` of the templates.
    func templateObject(isRoot: Bool) -> GoMap {
        func text(_ key: String) -> GoValue { .string(Self.line(fields[key])) }
        func list(_ key: String) -> GoValue { .list((fields[key]?.array ?? []).map { .string(Self.line($0)) }) }
        let annotations = fields["annotations"]?.object
        let bool = fields["deprecated"]?.bool ?? false
        return GoMap([
            ("APIVersion", .string(apiVersion)),
            ("Annotations", .map(Self.annotations(annotations))),
            ("AppVersion", text("appVersion")), ("Condition", text("condition")),
            ("Dependencies", .list(dependencies.map { .map($0.templateObject) })), ("Deprecated", .bool(bool)),
            ("Description", text("description")), ("Home", text("home")), ("Icon", text("icon")), ("IsRoot", .bool(isRoot)),
            ("Keywords", list("keywords")), ("KubeVersion", .string(kubeVersion)),
            ("Maintainers", .list((fields["maintainers"]?.array ?? []).map(Self.maintainer))), ("Name", .string(name)),
            ("Sources", list("sources")), ("Tags", text("tags")), ("Type", .string(type)), ("Version", .string(version)),
        ])
    }

    private static func annotations(_ object: Object?) -> GoMap {
        guard let object else { return GoMap(.string, isNil: true) }
        return GoMap(object.members.map { ($0.key, .string(text($0.value))) }, kind: .string)
    }

    private static func maintainer(_ value: Value) -> GoValue {
        func text(_ key: String) -> GoValue { .string(Self.line(value.object?[key])) }
        return .map(GoMap([("Email", text("email")), ("Name", text("name")), ("URL", text("url"))]))
    }
}

extension ChartDependency {
    var templateObject: GoMap {
        GoMap([
            ("Alias", .string(alias)), ("Condition", .string(condition)), ("Enabled", .bool(isEnabled)),
            ("ImportValues", .list(importValues.map(Self.importValue))), ("Name", .string(name)),
            ("Repository", .string(repository)), ("Tags", .list(tags.map { .string($0) })), ("Version", .string(version)),
        ])
    }

    /// An import as Helm shows it: where from, and where to.
    private static func importValue(_ value: Value) -> GoValue {
        let (child, parent) =
            switch value {
            case .string(let name): ("exports." + name, ".")
            default: (ChartMetadata.text(value.object?["child"]), ChartMetadata.text(value.object?["parent"]))
            }
        return .map(GoMap([("child", .string(child)), ("parent", .string(parent))], kind: .string))
    }
}
