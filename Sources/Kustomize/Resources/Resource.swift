import Manifests

/// An object on its way through a build, with the memory of what it was called before.
struct Resource: Sendable {
    /// A former name; group and version are always the present ones, as in Kustomize.
    struct Former: Hashable, Sendable {
        var namespace: String
        var name: String
        var kind: String

        func id(_ present: GVK) -> ResourceID {
            ResourceID(gvk: GVK(group: present.group, version: present.version, kind: kind), name: name, namespace: namespace)
        }
    }

    var value: Value
    var origin: Origin
    private(set) var former: [Former] = []
    /// What was put around the name, from the innermost kustomization outwards.
    var prefixes: [String] = []
    var suffixes: [String] = []
    /// Labels and annotations that are in several places.
    var shared: [SharedScalar] = []
    /// The variables that take their value from here.
    var variables: [String] = []
    /// Where it came from, and what changed it, as `buildMetadata` can have it noted.
    var provenance: Provenance?
    var transformations: [Provenance] = []
    /// Generated, and to be named after its content.
    var needsHash = false
    /// The scope that an OpenAPI document gives to its type.
    var schemaScope: BuiltinKinds.Scope?
    /// A patch removed it; it goes at the end of the transformation.
    var isDeleted = false

    init(value: Value, origin: Origin, schema: OpenAPISchema? = nil) {
        self.value = value
        self.origin = origin
        if let schema { use(schema) }
    }

    mutating func use(_ schema: OpenAPISchema) { schemaScope = schema.scope(apiVersion: gvk.apiVersion, kind: kind) }

    var gvk: GVK { GVK(apiVersion: value["apiVersion"]?.string ?? "", kind: kind) }

    var kind: String {
        get { value["kind"]?.string ?? "" }
        set { value["kind"] = .string(newValue) }
    }

    var name: String {
        get { value.at("metadata", "name")?.scalarText ?? "" }
        set { setMetadata("name", .string(newValue)) }
    }

    /// As written; empty where nothing is.
    var namespace: String {
        get { value.at("metadata", "namespace")?.scalarText ?? "" }
        set { setMetadata("namespace", newValue.isEmpty ? nil : .string(newValue)) }
    }

    var labels: [String: String] { texts("labels") }
    var annotations: [String: String] { texts("annotations") }

    var id: ResourceID {
        let gvk = gvk
        let place = schemaScope == .cluster ? ResourceID.clusterWide : Self.effective(namespace, gvk)
        return ResourceID(gvk: gvk, name: name, namespace: place)
    }

    var formerIDs: [ResourceID] {
        let gvk = gvk
        return former.map { $0.id(gvk) }
    }

    /// The first name of the object.
    var originalID: ResourceID { former.first?.id(gvk) ?? id }

    var isClusterScoped: Bool { schemaScope == .cluster || gvk.isClusterScoped }

    /// Keeps the present name as a former one; to be called before a change of name, namespace or kind.
    mutating func rememberID() {
        let id = id
        former.append(Former(namespace: id.namespace, name: id.name, kind: id.gvk.kind))
    }

    /// Takes over the identity of an object that this one replaces.
    mutating func inheritIdentity(of other: Resource) {
        former = other.former
        prefixes = other.prefixes
        suffixes = other.suffixes
        needsHash = needsHash && other.needsHash
        origin = other.origin
        variables = other.variables
        transformations = other.transformations
        name = other.name
        namespace = other.namespace
    }

    mutating func setMetadata(_ key: String, _ field: Value?) {
        guard field != nil || value["metadata"]?[key] != nil else { return }
        var metadata = value["metadata"]?.object ?? Object()
        metadata[key] = field
        value["metadata"] = .object(metadata)
    }

    /// Removes an annotation and says what it was.
    mutating func takeAnnotation(_ key: String) -> String? {
        guard var members = value.at("metadata", "annotations")?.object, let text = members[key]?.scalarText else { return nil }
        members[key] = nil
        setMetadata("annotations", .object(members))
        return text
    }

    /// Removes a label, and the labels with the last one.
    mutating func removeLabel(_ key: String) {
        guard var labels = value.at("metadata", "labels")?.object, labels[key] != nil else { return }
        labels[key] = nil
        setMetadata("labels", labels.isEmpty ? nil : .object(labels))
    }

    private func texts(_ key: String) -> [String: String] {
        var result: [String: String] = [:]
        for member in value.at("metadata", key)?.object ?? Object() { result[member.key] = member.value.scalarText ?? "" }
        return result
    }

    /// Where an object effectively is that says `namespace`.
    static func effective(_ namespace: String, _ gvk: GVK) -> String {
        if gvk.isClusterScoped { return ResourceID.clusterWide }
        return namespace.isEmpty ? ResourceID.defaultNamespace : namespace
    }
}

extension Value {
    /// The text of a scalar as YAML would spell it plainly; nil for null, lists and mappings.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .double, .bool: json
        case .null, .array, .object: nil
        }
    }
}
