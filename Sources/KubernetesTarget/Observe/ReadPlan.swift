import KubernetesClient
import Model

/// Which requests find out what is live under a set of keys, with as few as possible.
struct ReadPlan {
    enum Read: Hashable, Sendable {
        case object(ResourceKey)
        /// All objects of the kind in one namespace, or in the whole cluster.
        case list(namespace: String?)
    }

    struct Step: Sendable {
        let resource: APIResource
        let read: Read
        /// What is looked for.
        let keys: Set<ResourceKey>
    }

    /// One list of the cluster costs less than lists of more namespaces than this.
    private static let namespaces = 4

    static func steps(_ resource: APIResource, _ keys: Set<ResourceKey>) -> [Step] {
        guard resource.namespaced else {
            return [step(resource, keys, .list(namespace: nil))]
        }
        let byNamespace = Dictionary(grouping: keys) { $0.namespace ?? "" }
        if byNamespace.count > namespaces { return [step(resource, keys, .list(namespace: nil))] }
        return byNamespace.sorted { $0.key < $1.key }.map { step(resource, Set($0.value), .list(namespace: $0.key)) }
    }

    /// What to do where listing is not allowed.
    static func singles(_ step: Step) -> [Step] {
        step.keys.sorted().map { Step(resource: step.resource, read: .object($0), keys: [$0]) }
    }

    private static func step(_ resource: APIResource, _ keys: Set<ResourceKey>, _ list: Read) -> Step {
        guard let key = keys.first, keys.count == 1 else { return Step(resource: resource, read: list, keys: keys) }
        return Step(resource: resource, read: .object(key), keys: keys)
    }
}
