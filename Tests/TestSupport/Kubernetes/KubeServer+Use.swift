extension KubeServer {
    /// Writes a kubeconfig for `user` and returns its path. It holds no token of anybody else.
    package func kubeconfig(user: KubeUser = .admin, namespace: String = "default") throws -> String {
        let path = "\(files.directory)/kubeconfig-\(user.name)-\(namespace)"
        let credential =
            switch user {
            case .admin: "token: \(adminToken)"
            case .alice: "token: \(aliceToken)"
            case .adminByCertificate:
                "{client-certificate: \"\(clientCertificate.certificate)\", client-key: \"\(clientCertificate.key)\"}"
            }
        let userBlock = user == .adminByCertificate ? credential : "{\(credential)}"
        try Files.write(
            """
            apiVersion: v1
            kind: Config
            clusters:
              - name: test
                cluster: {server: "\(url)", certificate-authority: "\(caFile)"}
            users:
              - name: \(user.name)
                user: \(userBlock)
            contexts:
              - name: test
                context: {cluster: test, user: \(user.name), namespace: \(namespace)}
            current-context: test

            """, to: path, mode: 0o600)
        return path
    }

    /// Creates a namespace that no other test has and returns its name. It stays: without a controller manager the server
    /// never finishes deleting one.
    package func uniqueNamespace(_ prefix: String = "test") async throws -> String {
        let name = "\(prefix)-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try await check(
            "POST", "/api/v1/namespaces", body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(name)"}}"#)
        return name
    }

    /// A bare request, for arranging and looking at things without the client under test. Any status is a result.
    package func request(
        _ method: String, _ path: String, body: String? = nil, contentType: String = "application/json", as user: KubeUser = .admin
    ) async throws -> KubeResponse {
        switch user {
        case .admin: try await api.request(method, path, body: body, contentType: contentType, token: adminToken)
        case .alice: try await api.request(method, path, body: body, contentType: contentType, token: aliceToken)
        case .adminByCertificate:
            try await KubeAPI(url: url, authority: caFile, clientCertificate: clientCertificate)
                .request(method, path, body: body, contentType: contentType)
        }
    }

    /// As `request`; throws for a status outside 200 to 299. Returns the body.
    @discardableResult
    package func check(
        _ method: String, _ path: String, body: String? = nil, contentType: String = "application/json"
    ) async throws -> String {
        let response = try await request(method, path, body: body, contentType: contentType)
        guard response.succeeded else { throw TestSupportError("\(method) \(path): \(response.status) \(response.body)") }
        return response.body
    }

    /// Applies one object (YAML or JSON) server-side by force, as another manager than Plumb would.
    /// - Parameter path: the object's own, as in `/api/v1/namespaces/n/configmaps/c`.
    @discardableResult
    package func apply(_ object: String, at path: String, manager: String = "somebody-else") async throws -> String {
        try await check(
            "PATCH", "\(path)?fieldManager=\(manager)&force=true", body: object, contentType: "application/apply-patch+yaml")
    }
}
