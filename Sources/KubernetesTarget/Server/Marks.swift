import Manifests
import Model

/// The marks by which Plumb knows its objects again.
struct Marks {
    /// On the label a hash, because 63 characters are soon full; on the annotation the full name.
    static let application = "plumb.dev/application"
    static let operation = "plumb.dev/operation"
    static let holdUntil = "plumb.dev/hold-until"

    let identity: ApplicationIdentity

    /// One manager an application: with one for all, an application would take another's objects without a word.
    var fieldManager: String { "plumb-\(identity.hash)" }
    static func isApplication(manager: String) -> Bool {
        manager.hasPrefix("plumb-") && manager.count == 18 && manager.dropFirst(6).allSatisfy(\.isHexDigit)
    }
    /// Holds the fields that applications leave to others, where nobody else has them.
    static let ignoredManager = "plumb-ignored"

    /// The manifest as it is applied.
    func marked(_ manifest: Value, operation: String? = nil) -> Value {
        var metadata = manifest["metadata"] ?? .object(Object())
        var labels = metadata["labels"]?.object ?? Object()
        labels[Self.application] = .string(identity.hash)
        metadata["labels"] = .object(labels)
        var annotations = metadata["annotations"]?.object ?? Object()
        annotations[Self.application] = .string(identity.fullName)
        if let operation { annotations[Self.operation] = .string(operation) }
        metadata["annotations"] = .object(annotations)
        var body = manifest
        body["metadata"] = metadata
        return body
    }

    func owner(of live: Value) -> ObservedResource.Owner {
        if let name = live.annotation(Self.application) { return name == identity.fullName ? .this : .other(name) }
        // Somebody took the annotation off; the label still tells whose it is.
        if let hash = live.label(Self.application) { return hash == identity.hash ? .this : .other("the application \(hash)") }
        return .nobody(by: Self.tool(of: live))
    }

    /// The release of Helm that an object says it is of.
    static func release(of live: Value) -> HelmReleaseName? {
        guard let name = live.annotation("meta.helm.sh/release-name"),
            let namespace = live.annotation("meta.helm.sh/release-namespace")
        else { return nil }
        return HelmReleaseName(name: name, namespace: namespace)
    }

    static func asksToStay(_ live: Value) -> Bool {
        (live.annotation("helm.sh/resource-policy") ?? "").split(separator: ",").contains { $0.filter { $0 != " " } == "keep" }
    }

    /// Which tool looks after an object that carries no mark of ours, as far as its own marks tell.
    private static func tool(of live: Value) -> String? {
        if let release = live.annotation("meta.helm.sh/release-name") { return "Helm's release \(release)" }
        if let name = live.label("kustomize.toolkit.fluxcd.io/name") { return "flux (\(name))" }
        if let name = live.label("helm.toolkit.fluxcd.io/name") { return "flux (\(name))" }
        if live.annotation("argocd.argoproj.io/tracking-id") != nil { return "argocd" }
        let managers = ManagedFields(of: live).entries.filter { $0.subresource.isEmpty }.map(\.manager)
        let known = managers.first { $0.hasPrefix("argocd") || $0.hasPrefix("kubectl") } ?? managers.first
        return known.map { $0.hasPrefix("kubectl") ? "kubectl" : $0.hasPrefix("argocd") ? "argocd" : $0 }
    }
}

extension Value {
    func annotation(_ key: String) -> String? { at("metadata", "annotations")?[key]?.string }
    func label(_ key: String) -> String? { at("metadata", "labels")?[key]?.string }
    var uid: String { at("metadata", "uid")?.string ?? "" }
    var resourceVersion: String { at("metadata", "resourceVersion")?.string ?? "" }
    var isTerminating: Bool { at("metadata", "deletionTimestamp")?.string != nil }
}
