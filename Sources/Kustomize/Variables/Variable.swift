import Manifests
import Model

/// An entry of `vars:`: a name that stands for the value of one field of one object.
struct Variable: Sendable {
    static let fields: Set<String> = ["name", "objref", "fieldref"]
    private static let objectFields: Set<String> = ["apiVersion", "group", "version", "kind", "name", "namespace"]

    var name: String
    private let type: GVK
    private let object: String
    private let namespace: String
    private let path: String
    private let field: String
    private let file: String

    init(_ fields: FieldReader, _ field: String) throws {
        self.field = field
        file = fields.file
        name = try fields.string("name")
        var type = GVK()
        var object = ""
        var namespace = ""
        _ = try fields.mapping("objref", known: Self.objectFields) { reference in
            type = try FieldConfigurationReader.gvk(of: reference)
            let apiVersion = try reference.string("apiVersion")
            if !apiVersion.isEmpty { type = GVK(apiVersion: apiVersion, kind: type.kind) }
            object = try reference.string("name")
            namespace = try reference.string("namespace")
        }
        (self.type, self.object, self.namespace) = (type, object, namespace)
        let path = try fields.mapping("fieldref", known: ["fieldPath"]) { try $0.string("fieldPath") } ?? ""
        self.path = path.isEmpty ? ReplacementRule.defaultField : path
    }

    /// Notes the variable in the object it means, which may get another name later.
    func mark(in set: inout ResourceSet) throws {
        let isExact = !namespace.isEmpty || type.isClusterScoped
        // With a namespace Kustomize looks for an object that is in one, whatever the kind.
        let wanted = ResourceID(
            gvk: type, name: object, namespace: namespace.isEmpty ? Resource.effective(namespace, type) : namespace)
        let found = set.indices { id in
            isExact ? id == wanted : id.gvk == type && id.name == object
        }
        guard found.count <= 1 else {
            throw invalid("\(field) refers to several objects of the name \(object.quoted).", remedy: "Say its namespace.")
        }
        if let index = found.first { set.resources[index].variables.append(name) }
    }

    /// The value, of which only a scalar is put anywhere.
    func value(in set: ResourceSet) throws -> Value {
        guard let source = set.resources.first(where: { $0.variables.contains(name) }) else {
            throw invalid(
                "\(field) refers to \(type.kind) \(object.quoted), which is not part of the kustomization.",
                remedy: "Correct objref: it needs the apiVersion, too.")
        }
        let query = try FieldQuery(variablePath: path, origin: Origin(file: file))
        guard let value = query.value(in: source.value) else {
            throw invalid("\(source.id), the object of \(field), has no field \(path.quoted).")
        }
        return value
    }

    func alreadyDefined() -> PlumbError {
        invalid("\(field) defines \(name.quoted), which is defined already.", remedy: "Give it another name.")
    }

    private func invalid(_ message: String, remedy: String? = nil) -> PlumbError {
        PlumbError(.invalid, message, remedy: remedy, at: Origin(file: file))
    }
}
