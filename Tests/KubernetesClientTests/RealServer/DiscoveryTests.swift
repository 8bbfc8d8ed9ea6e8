import KubernetesClient
import Manifests
import TestSupport
import Testing

/// What a real API server says it serves.
@Suite struct DiscoveryTests {
    @Test func findsBuiltInKinds() async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server) { client in
            let discovery = try await client.discovery()
            let deployment = try #require(discovery.resource(apiVersion: "apps/v1", kind: "Deployment"))
            #expect(deployment.plural == "deployments")
            #expect(deployment.namespaced)
            #expect(deployment.verbs.isSuperset(of: ["get", "list", "watch", "create", "patch", "delete"]))
            #expect(discovery.resource(apiVersion: "v1", kind: "Namespace")?.namespaced == false)
            #expect(discovery.preferred(group: "rbac.authorization.k8s.io", kind: "Role")?.version == "v1")
            #expect(discovery.preferred(group: "", kind: "Pod") == discovery.resource(apiVersion: "v1", kind: "Pod"))
            #expect(discovery.resource(apiVersion: "apps/v1", kind: "Nothing") == nil)
            #expect(!discovery.resources.contains { $0.plural.contains("/") })
            let version = try await client.version()
            #expect(version.major == 1 && version.isAtLeast(1, 20))
            #expect(!version.isAtLeast(2, 0))
        }
    }

    @Test func findsCustomKinds() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace("crd")
        let group = "\(namespace).example.com"
        let versions: [Value] = [("v1alpha1", false), ("v1", true)].map { name, isStored in
            [
                "name": .string(name), "served": true, "storage": .bool(isStored),
                "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
            ]
        }
        let definition: Value = [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("gadgets.\(group)")],
            "spec": [
                "group": .string(group), "scope": "Namespaced", "names": ["plural": "gadgets", "kind": "Gadget"],
                "versions": .array(versions),
            ],
        ]
        try await Clients.with(server) { client in
            let definitions = try #require(
                try await client.discovery().preferred(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"))
            _ = try await client.create(definitions, namespace: nil, body: definition, fieldManager: "test")
            let gadgets = try await eventually("the new kind is served") {
                try await client.discovery().preferred(group: group, kind: "Gadget")
            }
            #expect(gadgets.version == "v1")
            let list = try await eventually("gadgets can be listed") { try await client.list(gadgets, namespace: namespace) }
            #expect(list.items.isEmpty)
            let unknown = try await client.get(gadgets, namespace: namespace, name: "g")
            #expect(unknown == nil)
        }
    }

    /// An APIService without a backend: its group fails, and nothing else does.
    @Test func aDeadGroupFailsAlone() async throws {
        try await KubeServer.with { server in
            try await server.check(
                "POST", "/apis/apiregistration.k8s.io/v1/apiservices",
                body: """
                    {"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"v1.dead.example.com"},
                    "spec":{"group":"dead.example.com","version":"v1","groupPriorityMinimum":100,"versionPriority":100,
                    "insecureSkipTLSVerify":true,"service":{"name":"none","namespace":"default"}}}
                    """)
            try await Clients.with(server) { client in
                let discovery = try await eventually("the group is listed") {
                    let discovery = try await client.discovery()
                    return discovery.failures.isEmpty ? nil : discovery
                }
                #expect(discovery.failures.keys.sorted() == ["dead.example.com"])
                #expect(discovery.resource(apiVersion: "v1", kind: "ConfigMap") != nil)
            }
        }
    }
}
