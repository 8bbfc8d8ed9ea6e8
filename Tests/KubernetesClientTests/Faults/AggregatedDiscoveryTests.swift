import KubernetesClient
import Testing

/// The discovery of newer servers, whose answers the real server of the tests does not give.
@Suite struct AggregatedDiscoveryTests {
    private static func list(_ version: String, _ items: String) -> ScriptedServer.Step {
        .answer(
            "200 OK",
            #"{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/\#(version)","metadata":{},"items":[\#(items)]}"#,
            type: "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList")
    }

    private static func resource(_ plural: String, _ kind: String, _ scope: String) -> String {
        #"""
        {"resource":"\#(plural)","responseKind":{"group":"","version":"","kind":"\#(kind)"},"scope":"\#(scope)","verbs":["get","list"],
        "subresources":[{"subresource":"status","responseKind":{"kind":"\#(kind)"},"verbs":["get"]}]}
        """#
    }

    @Test(arguments: ["v2", "v2beta1"])
    func twoRequestsTellEverything(_ version: String) async throws {
        let core =
            #"{"metadata":{},"versions":[{"version":"v1","resources":[\#(Self.resource("pods", "Pod", "Namespaced"))],"freshness":"Current"}]}"#
        let groups = #"""
            {"metadata":{"name":"example.com"},"versions":[
              {"version":"v2","resources":[\#(Self.resource("gadgets", "Gadget", "Cluster"))],"freshness":"Current"},
              {"version":"v1","resources":[\#(Self.resource("gadgets", "Gadget", "Cluster"))],"freshness":"Current"}]},
            {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","resources":[],"freshness":"Stale"}]}
            """#
        try await FaultTests.with({ [Self.list(version, $0.target == "/api" ? core : groups)] }) { client, server in
            let discovery = try await client.discovery()
            #expect(server.received.count == 2)
            #expect(server.received.allSatisfy { $0.headers.contains { $0.contains("v=v2;as=APIGroupDiscoveryList") } })
            #expect(discovery.resource(apiVersion: "v1", kind: "Pod")?.namespaced == true)
            #expect(discovery.resource(apiVersion: "example.com/v1", kind: "Gadget")?.namespaced == false)
            #expect(discovery.preferred(group: "example.com", kind: "Gadget")?.version == "v2")
            #expect(discovery.failures.keys.sorted() == ["metrics.k8s.io"])
            #expect(discovery.resources.count == 3)
        }
    }

    @Test func somethingElseIsAnError() async throws {
        try await FaultTests.with({ _ in [.answer("200 OK", "{}")] }) { client, _ in
            await #expect(throws: (any Error).self) { try await client.discovery() }
        }
    }
}
