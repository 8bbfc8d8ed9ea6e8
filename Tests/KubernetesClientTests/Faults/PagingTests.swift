import KubernetesClient
import Manifests
import Model
import Testing

/// Lists that change, expire or come wrong while they are read.
@Suite struct PagingTests {
    private static let expired = ScriptedServer.Step.status(410, "Expired", "the provided continue parameter is too old")

    @Test func anExpiredPageStartsOver() async throws {
        let script: ScriptedServer.Script = { request in
            switch request.number {
            case 1: [.list(["old"], continuing: "t1")]
            case 2: [Self.expired]
            case 3: [.list(["a"], continuing: "t2")]
            default: [.list(["b"])]
            }
        }
        try await FaultTests.with(script) { client, server in
            let list = try await client.list(Clients.configMaps, namespace: "default")
            #expect(list.items.map(\.name) == ["a", "b"])
            #expect(list.resourceVersion == "7")
            #expect(server.received.map { $0.target.contains("continue=t1") } == [false, true, false, false])
        }
    }

    @Test func pagesThatExpireAgainAndAgainAreAskedForAtOnce() async throws {
        let script: ScriptedServer.Script = { request in
            if request.target.contains("continue=") { return [Self.expired] }
            return [request.target.contains("limit=") ? .list(["old"], continuing: "t") : .list(["a", "b", "c"])]
        }
        try await FaultTests.with(script) { client, server in
            let list = try await client.list(Clients.configMaps, namespace: "default")
            #expect(list.items.map(\.name) == ["a", "b", "c"])
            #expect(server.received.count == 7)
        }
    }

    @Test(arguments: [
        ScriptedServer.Step.answer("200 OK", #"{"kind":"Status"}"#), .answer("200 OK", "[]"),
        .answer("200 OK", #"{"kind":"PodList"}"#),
        .answer("200 OK", #"{"kind":"PodList","metadata":{},"items":{}}"#),
        .answer("200 OK", #"{"kind":"PodList","metadata":{},"items":[{}]}"#), .list(["a"], continuing: "same"), expired,
    ])
    func whatIsNoListIsAnError(_ answer: ScriptedServer.Step) async throws {
        try await FaultTests.with({ _ in [answer] }) { client, _ in
            await #expect(throws: (any Error).self) { try await client.list(Clients.configMaps, namespace: "default") }
        }
    }

    @Test func missingItemsAreNone() async throws {
        let answer = ScriptedServer.Step.answer("200 OK", #"{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":null}"#)
        try await FaultTests.with({ _ in [answer] }) { client, _ in
            let list = try await client.list(Clients.pods, namespace: nil)
            #expect(list.items.isEmpty && list.resourceVersion == "1")
        }
    }
}
