package import Manifests
import Model

extension KubernetesClient {
    /// Creates an object and returns it as the server holds it. An existing one is a `KubernetesError` (`isAlreadyExists`).
    ///
    /// Not sent again after a connection broke: whether the object was created is then for the caller to find out.
    package func create(
        _ resource: APIResource, namespace: String?, body: Value, dryRun: Bool = false, fieldManager: String
    ) async throws -> Value {
        let path = ResourcePath(resource: resource, namespace: namespace)
        try path.requireNamespace()
        var request = APIRequest(method: .post, path: try path.encoded(), summary: "CREATE \(path.words)")
        request.isIdempotent = dryRun
        return try await write(request, resource, body, "application/json", fieldManager, dryRun)
    }

    /// Replaces an object by `body`, which carries the resourceVersion it was made from.
    package func replace(
        _ resource: APIResource, namespace: String?, name: String, body: Value, fieldManager: String, dryRun: Bool = false
    ) async throws -> Value {
        let path = ResourcePath(resource: resource, namespace: namespace, name: name)
        if (body.at("metadata", "resourceVersion")?.string ?? "").isEmpty {
            throw PlumbError(.invalid, "\(path.words) cannot be replaced: the new object has no resourceVersion.")
        }
        var request = APIRequest(method: .put, path: try path.encodedObject(), summary: "PUT \(path.words)")
        // Sent twice, the second would find the first's resourceVersion and report a conflict with ourselves.
        request.isIdempotent = dryRun
        return try await write(request, resource, body, "application/json", fieldManager, dryRun)
    }

    /// Server-side apply. Creates the object where there is none.
    ///
    /// - Parameter force: Take over fields that other managers own; else those are a `KubernetesError` (`isConflict`) whose
    ///   causes name the owners.
    package func apply(
        _ resource: APIResource, namespace: String?, name: String, body: Value, fieldManager: String, force: Bool,
        dryRun: Bool = false
    ) async throws -> Value {
        let path = ResourcePath(resource: resource, namespace: namespace, name: name)
        var request = APIRequest(method: .patch, path: try path.encodedObject(), summary: "APPLY \(path.words)")
        request.query = [("force", force ? "true" : "false")]
        // JSON is YAML; the server accepts only this name for it.
        return try await write(request, resource, body, "application/apply-patch+yaml", fieldManager, dryRun)
    }

    /// Changes an object by a JSON patch or a merge patch.
    package func patch(
        _ resource: APIResource, namespace: String?, name: String, body: Value, type: PatchType, fieldManager: String,
        dryRun: Bool = false
    ) async throws -> Value {
        let path = ResourcePath(resource: resource, namespace: namespace, name: name)
        var request = APIRequest(method: .patch, path: try path.encodedObject(), summary: "PATCH \(path.words)")
        request.isIdempotent = dryRun || type == .merge
        return try await write(request, resource, body, type.rawValue, fieldManager, dryRun)
    }

    private func write(
        _ request: APIRequest, _ resource: APIResource, _ body: Value, _ contentType: String, _ fieldManager: String, _ dryRun: Bool
    ) async throws -> Value {
        var request = request
        request.body = body
        request.contentType = contentType
        request.query.append(("fieldManager", fieldManager))
        // Servers before 1.25 ignore the parameter; asking for the version first would cost a request and win nothing.
        request.query.append(("fieldValidation", "Strict"))
        if dryRun { request.query.append(("dryRun", "All")) }
        if resource.group.isEmpty && resource.kind == "Secret" { request.confidential = Confidential.values(ofSecret: body) }
        return try await send(request)
    }
}
