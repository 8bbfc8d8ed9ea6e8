import Manifests
import Model

/// The ValueAddTransformer: one text, written into fields of many objects or into the paths that they hold.
struct ValueAddRule: Sendable {
    struct Target: Sendable {
        var selector: Selector?
        var field: String
        /// Where in a path the text goes, from 1; 0 replaces the field.
        var position: Int
    }

    private static let targetFields: Set<String> = ["selector", "fieldPath", "filePathPosition"]

    let value: String
    let targets: [Target]
    /// The file with further targets; empty: none.
    let path: String
    private let origin: Origin

    init(_ manifest: Manifest, directory: TreePath) throws {
        let fields = try FieldReader(
            manifest.value, file: manifest.origin.file, known: ["value", "targets", "targetFilePath"], isStrict: false)
        let text = try fields.string("value")
        value = text.allSatisfy(\.isWhitespace) ? directory.name : text
        path = try fields.string("targetFilePath")
        targets = try Self.targets(of: fields)
        origin = manifest.origin
        guard !targets.isEmpty || !path.isEmpty else { throw fields.error("A ValueAddTransformer needs targets.") }
    }

    func apply(to set: inout ResourceSet, files: [String: LoadedFile], file: String) throws {
        var targets = targets
        if let loaded = files[path] {
            for document in try Documents.parse(loaded.bytes, file: loaded.path, dialect: .kubernetes) {
                targets += try Self.targets(
                    of: try FieldReader(document.value, file: loaded.path, known: ["targets"], isStrict: false))
            }
        }
        for target in targets {
            let indices = try target.selector?.indices(in: set) ?? Array(set.resources.indices)
            for index in indices { try write(target, to: &set.resources[index]) }
        }
    }

    private static func targets(of fields: FieldReader) throws -> [Target] {
        try fields.list("targets", known: targetFields) { target, path in
            let field = try target.string("fieldPath")
            let position = Int(clamping: try target.integer("filePathPosition"))
            guard !field.isEmpty else { throw target.error("\(path) has no fieldPath.") }
            guard position >= 0 else { throw target.error("\(path).filePathPosition is negative.") }
            let selector = try target.mapping("selector", known: Selector.fields) { try Selector($0) }
            return Target(selector: selector, field: field, position: position)
        }
    }

    private func write(_ target: Target, to resource: inout Resource) throws {
        guard target.field != "metadata/namespace" else {
            return try resource.setNamespace(NamespaceTransformer(namespace: value, fields: []))
        }
        let query = try FieldQuery(components: FieldSpec(target.field).path, origin: origin)
        do {
            _ = try query.update(&resource.value, creating: true) { current throws(ManifestError) in
                guard current == nil || current == .null || current?.scalarText != nil else {
                    throw ManifestError("there is \(current?.typeName ?? "nothing"), not a text")
                }
                let text =
                    target.position == 0
                    ? value : Self.inserting(value, at: target.position - 1, of: current?.scalarText ?? "")
                return try YAML.value(ofPlain: text, dialect: .kustomize)
            }
        } catch {
            throw PlumbError(
                .invalid, "The ValueAddTransformer cannot write \(target.field) of \(resource.id): \(error.message).", at: origin)
        }
    }

    /// A position past the end adds to the end; an absolute path stays absolute.
    static func inserting(_ part: String, at position: Int, of path: String) -> String {
        if path.isEmpty { return part }
        var parts = path.split(separator: "/").map(String.init)
        parts.insert(part, at: min(position, parts.count))
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
