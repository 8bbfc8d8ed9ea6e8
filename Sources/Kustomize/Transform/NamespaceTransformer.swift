import Manifests
import Model

/// `namespace:` puts every object that can have a namespace into one.
struct NamespaceTransformer {
    let namespace: String

    func apply(to set: inout ResourceSet) throws {
        for index in set.resources.indices where !set.resources[index].isDeleted {
            set.resources[index].rememberID()
            try apply(to: &set.resources[index])
        }
        try set.checkUnique { "\($0) is there twice once everything is in the namespace \(namespace.quoted)" }
    }

    private func apply(to resource: inout Resource) throws {
        if !resource.gvk.isClusterScoped { resource.setMetadata("namespace", .string(namespace)) }
        if ["RoleBinding", "ClusterRoleBinding"].contains(resource.kind) { setSubjects(of: &resource) }
        try resource.update(FieldSpecs.namespace, creating: .scalar) { $0 = .string(namespace) }
    }

    /// Only the account `default` moves along: of any other name nobody can tell where it lives.
    /// (One that is part of the build is followed later, as a reference.)
    private func setSubjects(of resource: inout Resource) {
        guard var subjects = resource.value["subjects"]?.array else { return }
        for index in subjects.indices where subjects[index]["name"]?.string == "default" {
            subjects[index]["namespace"] = .string(namespace)
        }
        resource.value["subjects"] = .array(subjects)
    }
}
