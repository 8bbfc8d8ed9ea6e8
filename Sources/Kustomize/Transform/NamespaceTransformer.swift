import Manifests
import Model

/// `namespace:` puts every object that can have a namespace into one.
struct NamespaceTransformer: Sendable {
    /// Which subjects of role bindings move along.
    enum Subjects: String, Sendable {
        /// Only the account `default`: of any other name nobody can tell where it lives. (One that is part of the build is
        /// followed later, as a reference.)
        case defaultOnly
        case allServiceAccounts
        case none
    }

    var namespace: String
    var fields: [FieldSpec]
    var unsetOnly = false
    var subjects = Subjects.defaultOnly

    func apply(to set: inout ResourceSet) throws {
        guard !namespace.isEmpty else { return }
        var transformer = self
        transformer.fields.removeAll { $0.path == ["metadata", "namespace"] }
        for index in set.resources.indices where !set.resources[index].isDeleted {
            set.resources[index].rememberID()
            try set.resources[index].setNamespace(transformer)
        }
        try set.checkUnique { "\($0) is there twice once everything is in the namespace \(namespace.quoted)" }
    }

    fileprivate func set(_ value: inout Value) throws(ManifestError) {
        guard value.object == nil, value.array == nil else { throw ManifestError("there is \(value.typeName), not a text") }
        if unsetOnly, !value.isNull, value != "" { return }
        value = .string(namespace)
    }
}

extension Resource {
    /// Puts the object where the transformer says, without noting that it was somewhere else. The fields of the transformer
    /// are those beside `metadata.namespace`, which has a rule of its own.
    mutating func setNamespace(_ transformer: NamespaceTransformer) throws {
        let gvk = gvk
        if !isClusterScoped { try update([Self.namespaceField], creating: .scalar, transformer.set) }
        let isBinding = ["RoleBinding", "ClusterRoleBinding"].contains(kind)
        if isBinding { try setSubjects(transformer) }
        for field in transformer.fields where gvk.isSelected(by: field.type) {
            if field.path == ["metadata", "name"], gvk.apiVersion != "v1" { continue }
            if isBinding, field.path == ["subjects", "namespace"], !field.type.kind.isEmpty { continue }
            try update([field], creating: .scalar, transformer.set)
        }
    }

    private static let namespaceField = FieldSpec("metadata/namespace", create: true)

    private mutating func setSubjects(_ transformer: NamespaceTransformer) throws {
        guard transformer.subjects != .none, var elements = value["subjects"]?.array else { return }
        for index in elements.indices {
            let moves =
                transformer.subjects == .defaultOnly
                ? elements[index]["name"]?.string == "default" : elements[index]["kind"]?.string == "ServiceAccount"
            guard moves else { continue }
            var namespace = elements[index]["namespace"] ?? .null
            try transformer.set(&namespace)
            elements[index]["namespace"] = namespace
        }
        value["subjects"] = .array(elements)
    }
}
