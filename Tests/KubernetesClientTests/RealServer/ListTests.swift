import KubernetesClient
import Manifests
import TestSupport
import Testing

/// Lists of a real API server.
@Suite struct ListTests {
    @Test func pagesAddUpToOneList() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        let count = 520
        try await Clients.with(server) { client in
            try await withThrowingTaskGroup { group in
                for number in 0..<count {
                    group.addTask {
                        _ = try await client.create(
                            Clients.configMaps, namespace: namespace, body: Clients.configMap("m-\(number)", namespace),
                            fieldManager: "test")
                    }
                }
                try await group.waitForAll()
            }
            let mark = try await server.auditLog.mark()
            let list = try await client.list(Clients.configMaps, namespace: namespace)
            #expect(Set(list.items.map(\.name)).intersection((0..<count).map { "m-\($0)" }).count == count)
            #expect(list.items.allSatisfy { $0["kind"] == "ConfigMap" && $0["apiVersion"] == "v1" && $0["data"] != nil })
            #expect(!list.resourceVersion.isEmpty)
            let requests = try await server.auditLog.entries(since: mark).filter { $0.verb == "list" && $0.namespace == namespace }
            #expect(requests.count == 2)
            #expect(requests.allSatisfy { $0.userAgent == "plumb/test" })

            let metadata = try await client.list(Clients.configMaps, namespace: namespace, metadataOnly: true)
            #expect(metadata.items.map(\.name) == list.items.map(\.name))
            #expect(metadata.items.allSatisfy { $0["kind"] == "ConfigMap" && $0["data"]?.object == nil && !$0.uid.isEmpty })

            var limits = ClientLimits()
            limits.listBytes = 100_000
            try await Clients.with(server, limits: limits) { narrow in
                let error = await #expect(throws: (any Error).self) {
                    try await narrow.list(Clients.configMaps, namespace: namespace)
                }
                #expect("\(error.map { "\($0)" } ?? "")".contains("is larger than"))
            }
        }
    }

    @Test func selectorsAndEmptyLists() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            #expect(try await client.list(Clients.pods, namespace: namespace).items.isEmpty)
            for name in ["a", "b"] {
                var body = Clients.configMap(name, namespace)
                body["metadata"]?["labels"] = ["app": .string(name)]
                _ = try await client.create(Clients.configMaps, namespace: namespace, body: body, fieldManager: "test")
            }
            let labelled = try await client.list(Clients.configMaps, namespace: namespace, labelSelector: "app in (a,c)")
            #expect(labelled.items.map(\.name) == ["a"])
            let named = try await client.list(Clients.configMaps, namespace: namespace, fieldSelector: "metadata.name=b")
            #expect(named.items.map(\.name) == ["b"])
            let everywhere = try await client.list(Clients.configMaps, namespace: nil, labelSelector: "app=a")
            #expect(everywhere.items.contains { $0.at("metadata", "namespace")?.string == namespace })
        }
    }
}
