import Manifests

extension KubernetesClient {
    /// Deletes the object only if it still is the one with this uid.
    ///
    /// - Parameter resourceVersion: Also only if nobody has changed it since; else a `KubernetesError` (`isConflict`).
    /// - Returns: `.gone` also when there was none. `.replaced` when another object has the name; it stays as it is.
    package func delete(
        _ resource: APIResource, namespace: String?, name: String, uid: String, resourceVersion: String? = nil,
        propagation: Propagation = .background, dryRun: Bool = false
    ) async throws -> DeleteOutcome {
        let path = ResourcePath(resource: resource, namespace: namespace, name: name)
        var preconditions: Value = ["uid": .string(uid)]
        if let resourceVersion { preconditions["resourceVersion"] = .string(resourceVersion) }
        var options: Value = [
            "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": preconditions,
            "propagationPolicy": .string(propagation.rawValue),
        ]
        if dryRun { options["dryRun"] = ["All"] }
        var request = APIRequest(method: .delete, path: try path.encodedObject(), summary: "DELETE \(path.words)")
        request.contentType = "application/json"
        request.body = options
        do {
            return Self.outcome(ofDeleting: try await send(request))
        } catch let error as KubernetesError where error.isNotFound && error.subject.name == name {
            return .gone
        } catch let error as KubernetesError where error.isConflict {
            // A conflict may be the uid, the resourceVersion, or a namespace that is already going. The object itself tells.
            guard let live = try await get(resource, namespace: namespace, name: name) else { return .gone }
            if live.at("metadata", "uid")?.string != uid { return .replaced }
            if resourceVersion == nil, live.at("metadata", "deletionTimestamp")?.string != nil { return .terminating(live) }
            throw error
        }
    }

    /// The server answers with a Status when the object is gone, and with the object while it lingers; some kinds come back
    /// even though nothing holds them any more.
    static func outcome(ofDeleting answer: Value) -> DeleteOutcome {
        guard answer["kind"]?.string != "Status", let metadata = answer["metadata"], metadata["deletionTimestamp"]?.string != nil
        else { return .gone }
        let isHeld = !(metadata["finalizers"]?.array ?? []).isEmpty || !(answer.at("spec", "finalizers")?.array ?? []).isEmpty
        let grace = metadata["deletionGracePeriodSeconds"]?.integer ?? 0
        return isHeld || grace > 0 ? .terminating(answer) : .gone
    }
}
