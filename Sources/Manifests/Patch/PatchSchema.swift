/// What the API says of one field: which members it has that matter to a merge, and how it merges when it is a list.
struct PatchSchema: Sendable {
    indirect enum List: Sendable {
        case atomic
        /// Merged element by element; several keys tell elements apart together, the key "" is the element itself.
        case keyed([String], element: PatchSchema)
    }

    /// Where types are described.
    enum Source: Sendable {
        case builtin
        /// In place of all that is built in.
        case document(OpenAPISchema)
    }

    private enum Node: Sendable {
        case table([String: MergeTable.Field])
        case definition(Value)
    }

    private var source: Source
    private var node: Node?
    private(set) var list = List.atomic

    /// Of a field that nothing is known of.
    init(_ source: Source) { self.source = source }

    private init(_ source: Source, _ node: Node?, list: List = .atomic) {
        self.source = source
        self.node = node
        self.list = list
    }

    /// The schema of this field; where nothing is known yet, the one of the kind that the value says it is.
    func resolved(_ target: Value?, _ patch: Value?) -> PatchSchema {
        guard node == nil else { return self }
        for value in [target, patch] {
            guard let kind = value?["kind"]?.string, let apiVersion = value?["apiVersion"]?.string else { continue }
            var copy = self
            switch source {
            case .builtin:
                guard BuiltinKinds.scope(apiVersion: apiVersion, kind: kind) != nil else { continue }
                copy.node = .table(MergeTable.fields(ofKind: kind))
            case .document(let document):
                guard let definition = document.definition(apiVersion: apiVersion, kind: kind) else { continue }
                copy.node = .definition(definition)
            }
            return copy
        }
        return self
    }

    func field(_ name: String) -> PatchSchema {
        switch node {
        case .table(let fields)?: field(of: fields[name])
        case .definition(let definition)?: field(name, of: definition)
        case nil: PatchSchema(source)
        }
    }

    /// The members of a mapping that something is known of.
    func fields(of object: Object) -> [String] {
        switch node {
        case .table(let fields)?: object.keys.filter { fields[$0] != nil }
        case .definition?: object.keys
        case nil: []
        }
    }

    private func field(of field: MergeTable.Field?) -> PatchSchema {
        switch field {
        case .mapping(let type)?: PatchSchema(source, MergeTable.types[type].map { .table($0) })
        case .keyed(let keys, let type)?:
            PatchSchema(
                source, nil,
                list: .keyed(keys, element: PatchSchema(source, type.flatMap { MergeTable.types[$0] }.map { .table($0) })))
        case nil: PatchSchema(source)
        }
    }

    private func field(_ name: String, of definition: Value) -> PatchSchema {
        guard case .document(let document) = source else { return PatchSchema(source) }
        let property = definition["properties"]?[name] ?? definition["additionalProperties"]
        guard let schema = document.resolved(property), schema.object != nil else { return PatchSchema(source) }
        let strategy = schema["x-kubernetes-patch-strategy"]?.string ?? ""
        guard strategy.split(separator: ",").contains("merge") else { return PatchSchema(source, .definition(schema)) }
        let keys =
            schema["x-kubernetes-list-map-keys"]?.array?.compactMap(\.string)
            ?? [schema["x-kubernetes-patch-merge-key"]?.string ?? ""]
        let element = PatchSchema(source, document.resolved(schema["items"]).map { .definition($0) })
        return PatchSchema(source, .definition(schema), list: .keyed(keys, element: element))
    }
}

/// The lists of built-in kinds that merge, by type. From the patch strategies and list map keys of the Kubernetes API
/// (release 1.21, the one that Kustomize 5 carries): what is not in it is replaced.
enum MergeTable {
    enum Field: Sendable {
        case mapping(String)
        case keyed([String], of: String?)

        static func list(_ keys: String..., of type: String? = nil) -> Field { .keyed(keys, of: type) }
        static let conditions = Field.keyed(["type"], of: nil)
    }

    static func fields(ofKind kind: String) -> [String: Field] {
        var fields = types[kind] ?? [:]
        fields["metadata"] = .mapping("ObjectMeta")
        return fields
    }

    static let types: [String: [String: Field]] = {
        var types = structures
        for kind in ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController"] {
            types[kind] = ["spec": .mapping("Templated"), "status": .mapping("Conditions")]
        }
        for kind in ["Namespace", "PersistentVolumeClaim", "APIService"] { types[kind] = ["status": .mapping("Conditions")] }
        for kind in ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] { types[kind] = ["webhooks": .list("name")] }
        return types
    }()

    private static let structures: [String: [String: Field]] = [
        "ObjectMeta": ["finalizers": .list(""), "ownerReferences": .list("uid")],
        "Conditions": ["conditions": .conditions],

        "Pod": ["spec": .mapping("PodSpec"), "status": .mapping("PodStatus")],
        "PodStatus": ["conditions": .conditions, "podIPs": .list("ip")],
        "PodTemplate": ["template": .mapping("PodTemplateSpec")],
        "PodTemplateSpec": ["metadata": .mapping("ObjectMeta"), "spec": .mapping("PodSpec")],
        "Templated": ["template": .mapping("PodTemplateSpec")],
        "CronJob": ["spec": .mapping("CronJobSpec")],
        "CronJobSpec": ["jobTemplate": .mapping("JobTemplateSpec")],
        "JobTemplateSpec": ["metadata": .mapping("ObjectMeta"), "spec": .mapping("Templated")],

        "PodSpec": [
            "containers": .list("name", of: "Container"),
            "initContainers": .list("name", of: "Container"),
            "ephemeralContainers": .list("name", of: "EphemeralContainer"),
            "hostAliases": .list("ip"),
            "imagePullSecrets": .list("name"),
            "topologySpreadConstraints": .list("topologyKey", "whenUnsatisfiable"),
            "volumes": .list("name", of: "Volume"),
        ],
        "Container": [
            "env": .list("name"),
            "ports": .list("containerPort", "protocol"),
            "volumeDevices": .list("devicePath"),
            "volumeMounts": .list("mountPath"),
        ],
        "EphemeralContainer": ["env": .list("name"), "volumeDevices": .list("devicePath"), "volumeMounts": .list("mountPath")],
        "Volume": ["ephemeral": .mapping("EphemeralVolume")],
        "EphemeralVolume": ["volumeClaimTemplate": .mapping("VolumeClaimTemplate")],
        "VolumeClaimTemplate": ["metadata": .mapping("ObjectMeta")],

        "Service": ["spec": .mapping("ServiceSpec"), "status": .mapping("Conditions")],
        "ServiceSpec": ["ports": .list("port", "protocol")],
        "ServiceAccount": ["secrets": .list("name")],
        "ComponentStatus": ["conditions": .conditions],
        "Node": ["spec": .mapping("NodeSpec"), "status": .mapping("NodeStatus")],
        "NodeSpec": ["podCIDRs": .list("")],
        "NodeStatus": ["addresses": .list("type"), "conditions": .conditions],
        "CSINode": ["spec": .mapping("CSINodeSpec")],
        "CSINodeSpec": ["drivers": .list("name")],
    ]
}
