import Manifests
import Model

/// An entry of `replacements:`: the value of one field of one object, to be written into fields of others.
struct ReplacementRule: Sendable {
    struct Options: Sendable {
        /// Splits a text into pieces; empty: the whole text.
        var delimiter = ""
        var index = 0
        var create = false
    }

    /// An object by exact names; what is empty matches anything.
    struct Match: Sendable {
        var type = GVK()
        var name = ""
        var namespace = ""
        var labels = LabelSelector()
        var annotations = LabelSelector()

        func matches(_ resource: Resource) -> Bool { matchesMetadata(resource) && matchesID(resource) }

        /// Whether it keeps the object out: its name does, or its labels and annotations.
        func rejects(_ resource: Resource) -> Bool {
            let saysMetadata = labels != LabelSelector() || annotations != LabelSelector()
            let saysID = type != GVK() || !name.isEmpty || !namespace.isEmpty
            return saysMetadata && matchesMetadata(resource) || saysID && matchesID(resource)
        }

        private func matchesMetadata(_ resource: Resource) -> Bool {
            labels.matches(resource.labels) && annotations.matches(resource.annotations)
        }

        private func matchesID(_ resource: Resource) -> Bool {
            // An object without a namespace is found by what it says all the same.
            let written = resource.namespace.isEmpty ? ResourceID.defaultNamespace : resource.namespace
            return ([resource.id] + resource.formerIDs).contains { id in
                id.gvk.isSelected(by: type) && (name.isEmpty || name == id.name)
                    && (namespace.isEmpty || namespace == (id.isClusterScoped ? written : id.namespace))
            }
        }
    }

    struct Target: Sendable {
        var select: Match
        var reject: [Match]
        var fieldPaths: [String]
        var options: Options
    }

    /// Where the entry stands, for errors.
    var field: String
    /// The file that holds the rule itself; everything below is empty then.
    var path = ""
    var source = Match()
    var sourceField = ""
    var sourceOptions = Options()
    var targets: [Target] = []

    static let defaultField = "metadata.name"
}

enum ReplacementReader {
    private static let matchFields: Set<String> = ["group", "version", "kind", "name", "namespace"]
    private static let optionFields: Set<String> = ["delimiter", "index", "create", "encoding"]

    static let fields: Set<String> = ["path", "source", "targets"]

    /// The entries of a list of replacements.
    static func rules(_ key: String, of fields: FieldReader) throws -> [ReplacementRule] {
        try fields.list(key, known: Self.fields, read)
    }

    private static func read(_ value: Value, at path: String, file: String) throws -> ReplacementRule {
        try read(FieldReader(value, file: file, at: path, known: fields), path)
    }

    private static func read(_ fields: FieldReader, _ path: String) throws -> ReplacementRule {
        var rule = ReplacementRule(field: path)
        rule.path = try fields.string("path")
        let hasSource = try fields.mapping("source", known: matchFields.union(["fieldPath", "options"])) { source in
            rule.source = try match(source)
            rule.sourceField = try source.string("fieldPath")
            rule.sourceOptions = try options(of: source)
            return true
        }
        rule.targets = try fields.list("targets", known: ["select", "reject", "fieldPaths", "options"]) { target, path in
            let selection = try target.mapping("select", known: matchFields.union(["labelSelector", "annotationSelector"]), match)
            guard let selection else { throw target.error("\(path) does not say with select which objects it means.") }
            let paths = try target.strings("fieldPaths")
            return ReplacementRule.Target(
                select: selection,
                reject: try target.list("reject", known: matchFields.union(["labelSelector", "annotationSelector"])) { reject, _ in
                    try match(reject)
                },
                fieldPaths: paths.isEmpty ? [ReplacementRule.defaultField] : paths, options: try options(of: target)
            )
        }
        guard rule.path.isEmpty == (hasSource == true && !rule.targets.isEmpty) else {
            throw fields.error("\(path) needs either a source and targets, or the path of a file with them.")
        }
        return rule
    }

    /// The rules of a file: one, or a list of them.
    static func read(_ loaded: LoadedFile, for rule: ReplacementRule) throws -> [ReplacementRule] {
        try Documents.parse(loaded.bytes, file: loaded.path, dialect: .kubernetes).flatMap { document in
            let values = document.value.array ?? [document.value]
            return try values.enumerated().map { try read($0.element, at: "[\($0.offset)]", file: loaded.path) }
        }
    }

    private static func match(_ fields: FieldReader) throws -> ReplacementRule.Match {
        let origin = Origin(file: fields.file)
        return ReplacementRule.Match(
            type: GVK(group: try fields.string("group"), version: try fields.string("version"), kind: try fields.string("kind")),
            name: try fields.string("name"), namespace: try fields.string("namespace"),
            labels: try LabelSelector(try fields.string("labelSelector"), field: fields.name("labelSelector"), origin: origin),
            annotations: try LabelSelector(
                try fields.string("annotationSelector"), field: fields.name("annotationSelector"), origin: origin)
        )
    }

    private static func options(of fields: FieldReader) throws -> ReplacementRule.Options {
        try fields.mapping("options", known: optionFields) { options in
            guard try options.string("encoding").isEmpty else {
                throw PlumbError(
                    .unsupported, "\(options.name("encoding")) is not supported.", remedy: "Remove it.",
                    at: Origin(file: fields.file))
            }
            return ReplacementRule.Options(
                delimiter: try options.string("delimiter"), index: Int(clamping: try options.integer("index")),
                create: try options.bool("create")
            )
        } ?? ReplacementRule.Options()
    }
}
