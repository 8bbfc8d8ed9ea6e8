import Manifests
import TestSupport

/// A release as Helm leaves it in a cluster: its objects, and a Secret (or a ConfigMap) for each revision.
struct HelmRelease {
    enum Version: String, CaseIterable { case three, four }

    let app: ClusterApp
    var name = "web"
    var version = Version.three
    var storage = "secrets"
    /// In the order in which they are made.
    var objects: [String] = []
    /// What is left of its hooks is there too.
    var hooks: [String] = []
    var chart = "web"
    var values = "{}"
    var chartValues = "{}"

    /// Makes the objects and stores the revision.
    func install(revision: Int = 1, status: String = "deployed") async throws {
        for object in objects { try await make(object) }
        for hook in hooks { try await post(try Self.value(hook)) }
        try await store(revision: revision, status: status)
    }

    func store(revision: Int, status: String) async throws {
        try await store(revision: revision, status: status, record: try await record(revision, status))
    }

    /// `record` is in base64, as Helm encodes it.
    func store(revision: Int, status: String, record: String) async throws {
        let isSecret = storage == "secrets"
        let body: Value = [
            "apiVersion": "v1", "kind": isSecret ? "Secret" : "ConfigMap",
            "metadata": [
                "name": .string("sh.helm.release.v1.\(name).v\(revision)"),
                "labels": [
                    "owner": "helm", "name": .string(name), "status": .string(status), "version": .string("\(revision)"),
                ],
            ],
            "data": ["release": .string(isSecret ? Base64.encode(record) : record)],
        ]
        var whole = body
        if isSecret { whole["type"] = "helm.sh/release.v1" }
        try await app.server.check(
            "POST", "/api/v1/namespaces/\(app.namespace)/\(storage)?fieldManager=helm", body: whole.json)
    }

    private func record(_ revision: Int, _ status: String) async throws -> String {
        let manifest = objects.map { "---\n# Source: web/templates/all.yaml\n\($0)\n" }.joined()
        let value: Value = [
            "name": .string(name), "namespace": .string(app.namespace), "version": .integer(Int64(revision)),
            "info": ["status": .string(status), "description": "Install complete"],
            "chart": [
                "metadata": ["name": .string(chart), "version": "1.0.0", "apiVersion": "v2"],
                "values": try JSON.parse(Array(chartValues.utf8)),
            ],
            "config": try JSON.parse(Array(values.utf8)), "manifest": .string(manifest),
            "hooks": .array(hooks.map { ["manifest": .string($0)] }),
        ]
        return try await ProcessRunner.check("sh", ["-c", "gzip -c | base64 -w0"], input: value.json)
    }

    /// Helm 3 creates with POST, Helm 4 applies; both mark the object as the release's.
    private func make(_ text: String) async throws {
        var value = try Self.value(text)
        var metadata = value["metadata"] ?? .object(Object())
        var labels = metadata["labels"]?.object ?? Object()
        labels["app.kubernetes.io/managed-by"] = "Helm"
        var annotations = metadata["annotations"]?.object ?? Object()
        annotations["meta.helm.sh/release-name"] = .string(name)
        annotations["meta.helm.sh/release-namespace"] = .string(app.namespace)
        metadata["labels"] = .object(labels)
        metadata["annotations"] = .object(annotations)
        value["metadata"] = metadata
        switch version {
        case .three: try await post(value)
        case .four:
            let path = "\(collection(value))/\(value.at("metadata", "name")?.string ?? "")"
            try await app.server.apply(value.json, at: path, manager: "helm")
        }
    }

    private func post(_ value: Value) async throws {
        try await app.server.check("POST", "\(collection(value))?fieldManager=helm", body: value.json)
    }

    private func collection(_ value: Value) -> String {
        let apiVersion = value["apiVersion"]?.string ?? ""
        let resource = (value["kind"]?.string ?? "").lowercased() + "s"
        return "/\(apiVersion.contains("/") ? "apis" : "api")/\(apiVersion)/namespaces/\(app.namespace)/\(resource)"
    }

    private static func value(_ text: String) throws -> Value {
        let manifests = try ManifestReader.manifests(inFile: Array(text.utf8), file: "object.yaml")
        guard let first = manifests.first else { throw TestSupportError("no object") }
        return first.value
    }
}
