import KubernetesClient
import Model

/// A kind in one version, as it is followed.
struct KindID: Hashable, Sendable {
    let group: String
    let version: String
    let kind: String

    init(_ resource: APIResource) {
        group = resource.group
        version = resource.version
        kind = resource.kind
    }
}

/// A kind and how far following it has come.
struct FollowedKind {
    let resource: APIResource
    /// Opens when the kind can be looked at, or is known not to be.
    let ready = Latch()
    var view = KindView()
    /// Why it cannot be followed; it is read by plain requests then.
    var refusal: PlumbError?
    /// Somebody read it by a plain request: what is seen first may be another than what that one showed.
    var wasReadPlainly = false

    init(_ resource: APIResource) { self.resource = resource }

    var isUsable: Bool { refusal == nil && view.isInSync }

    func key(_ name: ObjectName) -> ResourceKey {
        ResourceKey(
            group: resource.group, kind: resource.kind, namespace: resource.namespaced ? name.namespace : nil, name: name.name)
    }

    /// Whether the server lets this kind be followed at all; where it does not say, it is tried.
    static func canFollow(_ resource: APIResource) -> Bool {
        resource.verbs.isEmpty || resource.verbs.isSuperset(of: ["list", "watch"])
    }
}
