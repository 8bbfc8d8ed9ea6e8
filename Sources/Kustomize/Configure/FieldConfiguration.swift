import Manifests
import Model

/// The fields that transformations reach: Kustomize's own, or what `configurations:` and `crds:` add to them.
struct FieldConfiguration: Sendable {
    /// The fields that hold the name of an object of one type.
    struct NameReference: Sendable {
        var target: GVK
        var referrers: [FieldSpec]
    }

    var namePrefix: [FieldSpec] = []
    var nameSuffix: [FieldSpec] = []
    var namespace: [FieldSpec] = []
    var commonLabels: [FieldSpec] = []
    var labels: [FieldSpec] = []
    var templateLabels: [FieldSpec] = []
    var commonAnnotations: [FieldSpec] = []
    var variables: [FieldSpec] = []
    var images: [FieldSpec] = []
    var replicas: [FieldSpec] = []
    var nameReferences: [NameReference] = []

    /// What the members are called in a configuration file.
    static let lists: [(key: String, path: any (WritableKeyPath<FieldConfiguration, [FieldSpec]> & Sendable))] = [
        ("namePrefix", \.namePrefix), ("nameSuffix", \.nameSuffix), ("namespace", \.namespace), ("commonLabels", \.commonLabels),
        ("labels", \.labels), ("templateLabels", \.templateLabels), ("commonAnnotations", \.commonAnnotations),
        ("varReference", \.variables), ("images", \.images), ("replicas", \.replicas),
    ]

    static let standard: FieldConfiguration = {
        var result = FieldConfiguration()
        result.namePrefix = [FieldSpec("metadata/name")]
        result.nameSuffix = [FieldSpec("metadata/name")]
        result.namespace = FieldSpecs.namespace
        result.commonLabels = FieldSpecs.commonLabels
        result.templateLabels = FieldSpecs.templateLabels
        result.commonAnnotations = FieldSpecs.commonAnnotations
        result.variables = FieldSpecs.variables
        result.images = FieldSpecs.images
        result.replicas = FieldSpecs.replicas
        result.nameReferences = ReferenceTable.standardRules
        return result
    }()

    var isEmpty: Bool { nameReferences.isEmpty && Self.lists.allSatisfy { self[keyPath: $0.path].isEmpty } }

    /// Adds another configuration, whose fields do not count where they are there already.
    ///
    /// The result is in the order of types, as Kustomize keeps it: merged into another configuration later, what holds for
    /// one kind is there before what holds for all, and stands for it.
    mutating func merge(_ other: FieldConfiguration, file: String) throws {
        for (key, path) in Self.lists { try self[keyPath: path].merge(other[keyPath: path], of: key, file: file) }
        sortByType()
        for reference in other.nameReferences {
            if let index = nameReferences.firstIndex(where: { $0.target == reference.target }) {
                try nameReferences[index].referrers.merge(reference.referrers, of: "nameReference", file: file)
            } else {
                nameReferences.append(reference)
            }
        }
    }
}

extension FieldConfiguration {
    mutating func sortByType() {
        for (_, path) in Self.lists { self[keyPath: path].sortByType() }
    }
}

extension [FieldSpec] {
    fileprivate mutating func sortByType() {
        self = enumerated().sorted { left, right in
            left.element.type.precedes(right.element.type)
                || (!right.element.type.precedes(left.element.type) && left.offset < right.offset)
        }.map(\.element)
    }

    /// Adds the specs that no spec here stands for already. Throws where one does, but disagrees on `create`.
    mutating func merge(_ others: [FieldSpec], of field: String, file: String) throws {
        for other in others {
            guard let same = first(where: { $0.path == other.path && $0.type.isSelected(by: other.type) }) else {
                append(other)
                continue
            }
            guard same.create == other.create else {
                throw PlumbError(
                    .invalid,
                    "\(field) has the field \(other.pathText) of \(same.type.kind.isEmpty ? "all kinds" : same.type.kind) twice, with create and without.",
                    remedy: "Remove one of them: Kustomize's own fields count, too.", at: Origin(file: file)
                )
            }
        }
    }
}
