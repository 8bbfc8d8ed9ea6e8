import KubernetesClient
import Manifests
import Model

extension KubernetesTarget {
    /// Takes over an object of somebody else: what earlier tools own becomes this application's, so that what later leaves
    /// the files leaves the cluster too, and their marks go.
    func adopt(_ write: Write, _ declaration: Declaration) async throws -> Value {
        var live = try await live(declaration.desired)
        if let uid = write.uid, uid != live.uid {
            throw PlumbError(.conflict, "\(declaration.desired.key) is another object than the one that was planned to be adopted.")
        }
        // What is ignored has to be applied at its live value once, or letting go of it would let it fall back to its default.
        live = try await takeOver(live, declaration)
        var written = try await send(declaration.body(keeping: live).naming(uid: live.uid), declaration, force: true)
        // An object without any managers gets one with the first apply, that stands for everything before.
        if ManagedFields(of: written).entries.contains(where: { $0.manager == "before-first-apply" }) {
            written = try await takeOver(written, declaration)
            written = try await send(declaration.body(keeping: written).naming(uid: live.uid), declaration, force: true)
        }
        guard !declaration.ignored.isEmpty else { return written }
        let rest = try await handOver(declaration, of: written)
        return try await send(rest.naming(uid: live.uid), declaration, force: true)
    }

    /// A controller that writes a status in the same moment makes it begin again, so often.
    private static let attempts = 5

    /// Returns the object with its new owner.
    private func takeOver(_ first: Value, _ declaration: Declaration) async throws -> Value {
        let key = declaration.desired.key
        let resource = try await resource(of: declaration.desired)
        var live = first
        for attempt in 1... {
            let patch = Takeover(of: live, by: declaration).patch
            guard !patch.isEmpty else { return live }
            let test: Value = ["op": "test", "path": "/metadata/resourceVersion", "value": .string(live.resourceVersion)]
            do {
                return try await cluster.view.write(key, resource) {
                    try await writer.patch(
                        resource, namespace: key.namespace, name: key.name, body: .array([test] + patch), type: .json,
                        fieldManager: declaration.manager)
                }
            } catch let error as KubernetesError where attempt < Self.attempts && (error.isInvalid || error.isConflict) {
                let now = try await self.live(declaration.desired)
                guard now.uid == first.uid, now.resourceVersion != live.resourceVersion else { throw error }
                live = now
            }
        }
        return live
    }
}

/// The JSON patch that makes earlier tools' fields ours and takes their marks away.
struct Takeover {
    /// Tools that wrote an object from files, as this application will. What people and controllers set by other means stays
    /// theirs.
    static let tools: Set<String> = [
        "kubectl-client-side-apply", "kubectl-create", "kubectl-replace", "kubectl-run", "kubectl-expose", "kubectl",
        "before-first-apply", "argocd-controller", "argocd-application-controller", "kustomize-controller", "helm-controller",
        "helm",
    ]
    /// Terraform's Helm provider, whose version follows.
    private static let terraform = "terraform-provider-helm"
    private static let annotations = ["kubectl.kubernetes.io/last-applied-configuration", "argocd.argoproj.io/tracking-id"]
    private static let labelPrefixes = ["kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/"]
    private static let argoLabels = ["argocd.argoproj.io/instance"]

    private(set) var patch: [Value] = []

    init(of live: Value, by declaration: Declaration) {
        addFields(of: live, to: declaration.manager)
        addMarks(of: live, declared: declaration.full)
    }

    private mutating func addFields(of live: Value, to manager: String) {
        let entries = ManagedFields(of: live).entries
        let (taken, others) = (entries.filter { Self.isTaken($0, by: manager) }, entries.filter { !Self.isTaken($0, by: manager) })
        guard var first = taken.first else { return }
        let own = others.first { $0.manager == manager && $0.isApply }
        first.fields = Self.withoutStatus(
            (taken + [own].compactMap { $0 }).map(\.fields).reduce(.object(Object()), FieldTree.union))
        first.value["manager"] = .string(manager)
        first.value["operation"] = "Apply"
        if let version = own?.value["apiVersion"] { first.value["apiVersion"] = version }
        let rest = others.filter { !($0.manager == manager && $0.isApply) } + taken.compactMap(Self.statusAlone)
        patch.append(["op": "replace", "path": "/metadata/managedFields", "value": .array(([first] + rest).map(\.value))])
    }

    private mutating func addMarks(of live: Value, declared: Value) {
        let annotations = (live.at("metadata", "annotations")?.object ?? Object()).keys.filter { Self.annotations.contains($0) }
        for key in annotations where declared.annotation(key) == nil { remove("annotations", key) }
        let isArgo = live.annotation("argocd.argoproj.io/tracking-id") != nil
        let labels = (live.at("metadata", "labels")?.object ?? Object()).keys.filter { key in
            Self.labelPrefixes.contains { key.hasPrefix($0) } || Self.argoLabels.contains(key)
                || isArgo && key == "app.kubernetes.io/instance"
        }
        for key in labels where declared.label(key) == nil { remove("labels", key) }
    }

    private mutating func remove(_ field: String, _ key: String) {
        let path = FieldPath([.key("metadata"), .key(field), .key(key)])
        patch.append(["op": "remove", "path": .string(path.description)])
    }

    /// Also of the application that had the object before: it would keep what the new one does not declare for ever.
    static func isTaken(_ entry: ManagedFields.Entry, by manager: String) -> Bool {
        guard entry.subresource.isEmpty, entry.manager != manager else { return false }
        return tools.contains(entry.manager) || entry.manager.hasPrefix(terraform) || Marks.isApplication(manager: entry.manager)
    }

    private static func withoutStatus(_ fields: Value) -> Value {
        var fields = fields
        fields["f:status"] = nil
        return fields
    }

    /// What a tool wrote of the status stays with it.
    private static func statusAlone(_ entry: ManagedFields.Entry) -> ManagedFields.Entry? {
        guard let status = entry.fields["f:status"] else { return nil }
        var entry = entry
        entry.fields = ["f:status": status]
        return entry
    }
}
