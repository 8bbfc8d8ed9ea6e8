import Manifests
import Model

/// The target of a patch: expressions for type and name, selectors for labels and annotations. What is empty selects all.
struct Selector: Sendable {
    static let fields: Set<String> = ["group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector"]

    var type = GVK()
    var name = ""
    var namespace = ""
    var labels = LabelSelector()
    var annotations = LabelSelector()
    private let field: String
    private let origin: Origin

    init(_ fields: FieldReader) throws {
        type = GVK(group: try fields.string("group"), version: try fields.string("version"), kind: try fields.string("kind"))
        name = try fields.string("name")
        namespace = try fields.string("namespace")
        field = fields.prefix
        origin = Origin(file: fields.file)
        labels = try LabelSelector(try fields.string("labelSelector"), field: fields.name("labelSelector"), origin: origin)
        annotations = try LabelSelector(
            try fields.string("annotationSelector"), field: fields.name("annotationSelector"), origin: origin)
    }

    /// The positions of the objects selected. Name and namespace may be the first ones or the present ones.
    func indices(in set: ResourceSet) throws -> [Int] {
        func pattern(_ source: String, _ part: String) throws -> Pattern? {
            source.isEmpty ? nil : try Pattern(source, field: field + part, origin: origin)
        }
        let (group, version, kind) = (
            try pattern(type.group, "group"), try pattern(type.version, "version"), try pattern(type.kind, "kind")
        )
        let (name, namespace) = (try pattern(name, "name"), try pattern(namespace, "namespace"))
        func matches(_ pattern: Pattern?, _ texts: String...) -> Bool {
            pattern.map { pattern in texts.contains { pattern.matches($0) } } ?? true
        }
        return set.resources.indices.filter { index in
            let resource = set.resources[index]
            guard !resource.isDeleted else { return false }
            let (now, first) = (resource.id, resource.originalID)
            return matches(namespace, first.namespace, now.namespace) && matches(name, first.name, now.name)
                && matches(group, now.gvk.group) && matches(version, now.gvk.version) && matches(kind, now.gvk.kind)
                && labels.matches(resource.labels) && annotations.matches(resource.annotations)
        }
    }
}
