import KubernetesClient
import Manifests
import Model
import Synchronization
import TestSupport
import Testing

/// Watches over a real socket, and of a real API server.
@Suite struct WatchTests {
    private struct Enough: Error {}

    /// What a watch in a task of its own has told.
    private final class Seen: Sendable {
        let words = Mutex<[String]>([])

        func wait(for word: String) async throws {
            _ = try await eventually("the watch tells \(word)") { words.withLock { $0.contains(word) } ? true : nil }
        }
    }

    /// What a watch told, in short: `list a,b`, `+a`, `-a`, `!`.
    private static func words(_ event: WatchEvent<Value>) -> String {
        switch event {
        case .listed(let items, _): "list \(items.map(\.name).sorted().joined(separator: ","))"
        case .changed(let object): "+\(object.name)"
        case .deleted(let object): "-\(object.name)"
        case .interrupted: "!"
        case .resumed: "."
        }
    }

    /// The first `count` events; the error that ends the watch comes from the handler.
    private static func events(_ client: KubernetesClient, _ count: Int, from version: String? = nil) async throws -> [String] {
        var events: [String] = []
        await #expect(throws: Enough.self) {
            try await client.watch(Clients.configMaps, namespace: "default", from: version, item: { $0 }) { event in
                events.append(words(event))
                if events.count == count { throw Enough() }
            }
        }
        return events
    }

    private static func frame(_ type: String, _ name: String, _ version: Int) -> String {
        #"{"type":"\#(type)","object":{"metadata":{"name":"\#(name)","resourceVersion":"\#(version)"}}}"# + "\n"
    }

    private static func chunked(_ pieces: [String]) -> [ScriptedServer.Step] {
        let head = ScriptedServer.Step.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        return [head] + pieces.map { .send("\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n") }
    }

    @Test func framesMayBeCutAnywhere() async throws {
        let text = Self.frame("ADDED", "a", 8) + Self.frame("BOOKMARK", "", 9) + Self.frame("DELETED", "a", 10)
        let pieces = stride(from: 0, to: text.utf8.count, by: 7).map { start in
            String(decoding: Array(text.utf8)[start..<min(start + 7, text.utf8.count)], as: UTF8.self)
        }
        let script: ScriptedServer.Script = { request in
            request.target.contains("watch=true") ? Self.chunked(pieces) + [.hang] : [.list(["x"])]
        }
        try await FaultTests.with(script) { client, server in
            let events = try await Self.events(client, 3)
            #expect(events == ["list x", "+a", "-a"])
            #expect(server.received.last?.target.contains("resourceVersion=7&timeoutSeconds=") == true)
        }
    }

    @Test func goesOnAfterAnEndABreakAndAForgottenVersion() async throws {
        let end = ScriptedServer.Step.send("0\r\n\r\n")
        let script: ScriptedServer.Script = { request in
            switch request.number {
            case 1: [.list(["x"])]
            case 2: Self.chunked([Self.frame("ADDED", "a", 8)]) + [end]
            // Half a frame, and the connection is gone.
            case 3: Self.chunked([Self.frame("ADDED", "b", 9), #"{"type":"ADDED","#]) + [.close]
            case 4: Self.chunked([#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}"# + "\n"]) + [end]
            case 5: [.list(["y"])]
            case 6: [.status(410, "Expired")]
            case 7: [.list(["z"])]
            default: [.hang]
            }
        }
        try await FaultTests.with(script) { client, server in
            let events = try await Self.events(client, 7)
            #expect(events == ["list x", "+a", "+b", "!", ".", "list y", "list z"])
            let versions = server.received.compactMap { request in
                request.target.split(whereSeparator: { "?&".contains($0) }).first { $0.hasPrefix("resourceVersion=") }.map(
                    String.init)
            }
            #expect(versions == ["7", "8", "9", "7"].map { "resourceVersion=\($0)" })
        }
    }

    @Test func refusalsAreToldAndTriedAgain() async throws {
        try await FaultTests.with({ _ in [.status(403, "Forbidden")] }) { client, _ in
            let events = try await Self.events(client, 2, from: "1")
            #expect(events == ["!", "!"])
        }
    }

    @Test func aWatchThatSaysNothingForTooLongIsOpenedAgain() async throws {
        var limits = FaultTests.limits
        limits.watchSilence = .seconds(2)
        let script: ScriptedServer.Script = { request in
            switch request.number {
            case 1: [.list(["x"])]
            case 2: Self.chunked([]) + [.hang]
            default: Self.chunked([Self.frame("ADDED", "a", 8)]) + [.hang]
            }
        }
        try await FaultTests.with(limits: limits, script) { client, _ in
            let events = try await Self.events(client, 4)
            #expect(events == ["list x", "!", ".", "+a"])
        }
    }

    @Test func credentialsThatExpireAreToldAndTheWatchGoesOn() async throws {
        let script: ScriptedServer.Script = { request in
            switch request.number {
            case 1: [.list(["x"])]
            case 2: [.status(401, "Unauthorized")]
            default: Self.chunked([Self.frame("ADDED", "a", 8)]) + [.hang]
            }
        }
        try await FaultTests.with(script) { client, _ in
            let events = try await Self.events(client, 4)
            #expect(events == ["list x", "!", ".", "+a"])
        }
    }

    @Test func aCancelledWatchEnds() async throws {
        try await FaultTests.with({ $0.target.contains("watch=true") ? Self.chunked([]) + [.hang] : [.list([])] }) {
            client, server in
            let watch = Task { try await client.watch(Clients.configMaps, namespace: "default", item: { $0 }) { _ in } }
            _ = try await eventually("the watch is open") { server.received.count == 2 ? true : nil }
            watch.cancel()
            await #expect(throws: CancellationError.self) { try await watch.value }
        }
    }

    @Test func aRealServerTellsEverythingAlsoAfterARestart() async throws {
        try await KubeServer.with { server in
            let namespace = try await server.uniqueNamespace()
            let seen = Seen()
            try await Clients.with(server) { client in
                _ = try await client.create(
                    Clients.secrets, namespace: namespace, body: ["metadata": ["name": "ignored"]], fieldManager: "test")
                let watch = Task {
                    try await client.watch(
                        Clients.configMaps, namespace: namespace, labelSelector: "w=1", metadataOnly: true, item: { $0 }
                    ) { event in
                        seen.words.withLock { $0.append(Self.words(event)) }
                        if case .changed(let object) = event {
                            #expect(object["kind"] == "ConfigMap" && object["data"]?.object == nil)
                        }
                    }
                }
                try await seen.wait(for: "list ")
                var body = Clients.configMap("a", namespace)
                body["metadata"]?["labels"] = ["w": "1"]
                let made = try await client.create(Clients.configMaps, namespace: namespace, body: body, fieldManager: "test")
                try await seen.wait(for: "+a")
                try await server.restart()
                body["metadata"]?["name"] = "b"
                _ = try await client.create(Clients.configMaps, namespace: namespace, body: body, fieldManager: "test")
                try await seen.wait(for: "+b")
                _ = try await client.delete(Clients.configMaps, namespace: namespace, name: "a", uid: made.uid)
                try await seen.wait(for: "-a")
                watch.cancel()
                _ = await watch.result
            }
            #expect(seen.words.withLock { $0.filter { $0.hasPrefix("list") }.count } == 1)
        }
    }
}
