import Manifests

/// How the server merges a list, and so what of it one manager's declaration covers.
enum ListShape: Equatable {
    /// Elements are told apart by these members; elements that are not declared belong to others.
    case associative([String])
    /// Scalars; those that are not declared belong to others.
    case set
    /// One value.
    case atomic

    /// The object's own field sets know best. Where they say nothing, the table knows the types built into Kubernetes;
    /// everything else is one value.
    init(field: String, elements: [Value], nodes: FieldNodes, isBuiltIn: Bool) {
        if let keys = nodes.listKeys {
            self = keys.isEmpty ? .set : .associative(keys)
        } else if nodes.hasLeaf || !isBuiltIn {
            self = .atomic
        } else {
            self = Self.builtIn(field, elements)
        }
    }

    /// The list map keys of the built-in types' published schema (`x-kubernetes-list-map-keys`, `x-kubernetes-patch-merge-key`).
    private static func builtIn(_ field: String, _ elements: [Value]) -> ListShape {
        switch field {
        case "containers", "initContainers", "ephemeralContainers", "env", "volumes", "imagePullSecrets", "secrets", "webhooks":
            .associative(["name"])
        case "ports" where elements.contains { $0["containerPort"] != nil }: .associative(["containerPort", "protocol"])
        case "ports" where elements.contains { $0["port"] != nil }: .associative(["port", "protocol"])
        case "volumeMounts": .associative(["mountPath"])
        case "volumeDevices": .associative(["devicePath"])
        case "hostAliases": .associative(["ip"])
        case "topologySpreadConstraints": .associative(["topologyKey", "whenUnsatisfiable"])
        case "ownerReferences": .associative(["uid"])
        case "finalizers": .set
        default: .atomic
        }
    }

    /// What names `element` in a list of this shape; nil where nothing does, or it lacks what names it.
    func step(to element: Value) -> FieldPath.Step? {
        switch self {
        case .associative(let keys):
            var pairs: [String: String] = [:]
            for key in keys { pairs[key] = element[key]?.scalarText }
            return pairs.isEmpty ? nil : .element(pairs)
        case .set: return element.scalarText.map { .value($0) }
        case .atomic: return nil
        }
    }
}
