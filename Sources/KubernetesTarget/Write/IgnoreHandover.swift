import KubernetesClient
import Logging
import Manifests
import Model

extension KubernetesTarget {
    /// Gives the ignored paths that this application still owns to `plumb-ignored`, at their live values, and returns the body
    /// to apply afterwards. A sole owner that merely stops declaring `replicas: 4` would get the default, 1.
    func handOver(_ declaration: Declaration, of live: Value) async throws -> Value {
        let handover = Handover(declaration, live)
        if let body = handover.body {
            let key = declaration.desired.key
            do {
                let resource = try await resource(of: declaration.desired)
                _ = try await cluster.view.write(key, resource) {
                    try await writer.apply(
                        resource, namespace: key.namespace, name: key.name, body: body.naming(uid: live.uid),
                        fieldManager: Marks.ignoredManager, force: false)
                }
            } catch let error as KubernetesError where error.isConflict {
                // Somebody else has set it in this moment: then it is theirs, which is what was wanted.
                logger.debug("An ignored path has an owner already.", metadata: ["object": "\(key)"])
            }
        }
        return handover.rest
    }
}

/// What `plumb-ignored` has to apply so that the application can let go of its ignored paths.
struct Handover {
    /// nil where there is nothing to hand over.
    private(set) var body: Value?
    /// What the application applies afterwards.
    private(set) var rest: Value

    init(_ declaration: Declaration, _ live: Value) {
        let entries = ManagedFields(of: live).entries.filter(\.isApply)
        let own = entries.filter { $0.manager == declaration.manager }.map(\.fields)
        // What it holds already has to be in its next apply too, or it would let go of it.
        var held = entries.filter { $0.manager == Marks.ignoredManager }.map(\.fields).reduce(.object(Object()), FieldTree.union)
        rest = declaration.compared
        var isNeeded = false
        for path in declaration.ignored where own.contains(where: { FieldNodes([$0]).owns(path) }) {
            let parts = own.compactMap { FieldTree.restricted($0, to: path) }
            if parts.isEmpty {
                // Part of a list that is one value: it can only be kept as it is.
                if let value = live.value(at: path) { rest.set(value, at: path) }
            } else {
                held = parts.reduce(held, FieldTree.union)
                isNeeded = true
            }
        }
        guard isNeeded else { return }
        var body = FieldTree.extract(held, from: live)
        body["apiVersion"] = live["apiVersion"]
        body["kind"] = live["kind"]
        var metadata = body["metadata"] ?? .object(Object())
        metadata["name"] = live.at("metadata", "name")
        metadata["namespace"] = live.at("metadata", "namespace")
        body["metadata"] = metadata
        self.body = body
    }
}
