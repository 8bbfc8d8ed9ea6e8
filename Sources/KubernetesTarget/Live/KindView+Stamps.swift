import KubernetesClient
import Manifests
import Synchronization

/// An object as it is at one moment; another one stands for another content.
struct ObjectStamp: Hashable, Comparable {
    let name: ObjectName
    let uid: String
    let version: String

    init(name: ObjectName, uid: String, version: String) {
        self.name = name
        self.uid = uid
        self.version = version
    }

    init(_ object: Value) { self.init(name: ObjectName(of: object), uid: object.uid, version: object.resourceVersion) }

    static func < (left: ObjectStamp, right: ObjectStamp) -> Bool {
        (left.name.namespace, left.name.name) < (right.name.namespace, right.name.name)
    }

    var record: [String] { [name.namespace, name.name, uid, version] }
}

extension KindView {
    /// nil where there is none of this name.
    func stamp(of name: ObjectName) -> ObjectStamp? {
        let existence = existing.items[name].map { ObjectStamp(name: name, uid: $0.uid, version: $0.version.text) }
        let object = marked.items[name].map { ObjectStamp(name: name, uid: $0.uid, version: $0.version.text) }
        switch look(at: name) {
        case .absent: return nil
        case .unknown: return existence
        // One without a label was fetched, and is as old as what exists.
        case .here(let known): return object?.version == known.version.text ? object : existence ?? object
        }
    }

    /// Of all objects in a namespace, or in all where it is empty.
    func stamps(in namespace: String) -> [ObjectStamp] {
        let names = Set(existing.items.keys).union(marked.items.keys)
        return names.filter { namespace.isEmpty || $0.namespace == namespace }.compactMap { stamp(of: $0) }.sorted()
    }
}

extension ObjectName {
    /// Stands for all objects in this one's namespace; an object always has a name.
    static func all(in namespace: String) -> ObjectName { ObjectName(namespace: namespace, name: "") }

    /// Those among the names that stand for this one and others.
    func lists(among asked: Set<ObjectName>) -> [ObjectName] {
        var lists = [ObjectName.all(in: namespace)]
        if !namespace.isEmpty { lists.append(.all(in: "")) }
        return lists.filter(asked.contains)
    }
}

extension ClusterView {
    /// nil where the kind is not followed, or not in sync.
    func stamps(_ resource: APIResource, of name: ObjectName) -> [ObjectStamp]? {
        state.withLock { state in
            guard let kind = state.kinds[KindID(resource)], kind.isUsable else { return nil }
            return name.name.isEmpty ? kind.view.stamps(in: name.namespace) : kind.view.stamp(of: name).map { [$0] } ?? []
        }
    }
}
