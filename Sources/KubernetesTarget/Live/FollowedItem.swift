import KubernetesClient
import Manifests
import Model

/// What a view keeps of one object.
protocol FollowedItem: Sendable {
    var name: ObjectName { get }
    var uid: String { get }
    var version: ResourceVersion { get }
}

/// The name of an object among those of its kind.
struct ObjectName: Hashable, Sendable {
    /// Empty for kinds without namespaces.
    let namespace: String
    let name: String

    init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    init(_ key: ResourceKey) { self.init(namespace: key.namespace ?? "", name: key.name) }

    init(of object: Value) {
        self.init(
            namespace: object.at("metadata", "namespace")?.string ?? "", name: object.at("metadata", "name")?.string ?? "")
    }
}

/// A resourceVersion. Servers count them up; one that is no number is only equal to another or not.
struct ResourceVersion: Hashable, Sendable {
    let text: String

    /// False also where that cannot be told.
    func isOlder(than other: ResourceVersion) -> Bool {
        guard let number = UInt64(text), let otherNumber = UInt64(other.text) else { return false }
        return number < otherNumber
    }

    /// True also where it cannot be told which one is newer.
    func isNews(after other: ResourceVersion) -> Bool { self != other && !isOlder(than: other) }
}

/// A whole object, as compact JSON: a tree of values takes several times the memory.
struct StoredObject: FollowedItem {
    let name: ObjectName
    let uid: String
    let version: ResourceVersion
    private let json: [UInt8]

    init(_ object: Value) {
        name = ObjectName(of: object)
        uid = object.uid
        version = ResourceVersion(text: object.resourceVersion)
        json = JSON.serialize(object)
    }

    /// Throws `failed` where the object cannot be read again, which no object that was read once does.
    func value() throws -> Value {
        do {
            return try JSON.parse(json)
        } catch {
            throw PlumbError(.failed, "An object that the cluster sent cannot be read again: \(error)")
        }
    }
}

/// That an object exists, whoever made it.
struct Existence: FollowedItem {
    let name: ObjectName
    let uid: String
    let version: ResourceVersion
    /// Whether it carries some application's label.
    let isMarked: Bool

    init(_ object: Value) {
        name = ObjectName(of: object)
        uid = object.uid
        version = ResourceVersion(text: object.resourceVersion)
        isMarked = object.label(Marks.application) != nil
    }
}
