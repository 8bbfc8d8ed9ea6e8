import KubernetesClient
import Manifests
import Model
import TestSupport
import Testing

/// One object of a real API server: made, read, changed, deleted.
@Suite struct ObjectTests {
    @Test func createsReadsReplacesAndDeletes() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let maps = Clients.configMaps
            #expect(try await client.get(maps, namespace: namespace, name: "a") == nil)
            let made = try await client.create(
                maps, namespace: namespace, body: Clients.configMap("a", namespace), fieldManager: "test")
            #expect(!made.uid.isEmpty)
            var changed = made
            changed["data"] = ["key": "other"]
            let replaced = try await client.replace(maps, namespace: namespace, name: "a", body: changed, fieldManager: "test")
            #expect(replaced.at("data", "key") == "other")
            let patched = try await client.patch(
                maps, namespace: namespace, name: "a", body: ["data": ["more": "1"]], type: .merge, fieldManager: "test")
            #expect(patched.at("data", "more") == "1")
            let operations: Value = [["op": "remove", "path": "/data/more"]]
            let smaller = try await client.patch(
                maps, namespace: namespace, name: "a", body: operations, type: .json, fieldManager: "test")
            #expect(smaller.at("data", "more")?.string == nil)
            #expect(try await client.get(maps, namespace: namespace, name: "a") == smaller)
            #expect(try await client.delete(maps, namespace: namespace, name: "a", uid: made.uid) == .gone)
            #expect(try await client.delete(maps, namespace: namespace, name: "a", uid: made.uid) == .gone)
        }
    }

    @Test func dryRunsChangeNothing() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let maps = Clients.configMaps
            let body = Clients.configMap("a", namespace)
            _ = try await client.create(maps, namespace: namespace, body: body, dryRun: true, fieldManager: "test")
            _ = try await client.apply(
                maps, namespace: namespace, name: "a", body: body, fieldManager: "test", force: false, dryRun: true)
            #expect(try await client.get(maps, namespace: namespace, name: "a") == nil)
            let made = try await client.create(maps, namespace: namespace, body: body, fieldManager: "test")
            #expect(try await client.delete(maps, namespace: namespace, name: "a", uid: made.uid, dryRun: true) == .gone)
            _ = try await client.patch(
                maps, namespace: namespace, name: "a", body: ["data": .null], type: .merge, fieldManager: "test", dryRun: true)
            #expect(try await client.get(maps, namespace: namespace, name: "a") == made)
        }
    }

    @Test func appliesWithoutTouchingWhatOthersOwn() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let maps = Clients.configMaps
            let body = Clients.configMap("a", namespace)
            let first = try await client.apply(maps, namespace: namespace, name: "a", body: body, fieldManager: "one", force: false)
            let again = try await client.apply(maps, namespace: namespace, name: "a", body: body, fieldManager: "one", force: false)
            #expect(first.resourceVersion == again.resourceVersion)
            let theirs = Clients.configMap("a", namespace, data: Object([("key", "theirs")]))
            let conflict = await #expect(throws: KubernetesError.self) {
                try await client.apply(maps, namespace: namespace, name: "a", body: theirs, fieldManager: "two", force: false)
            }
            #expect(conflict?.isConflict == true)
            #expect(conflict?.causes.first?.field == ".data.key")
            #expect(conflict?.causes.first?.message.contains("one") == true)
            let forced = try await client.apply(
                maps, namespace: namespace, name: "a", body: theirs, fieldManager: "two", force: true)
            #expect(forced.at("data", "key") == "theirs")
        }
    }

    @Test func deletesOnlyTheObjectThatWasMeant() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let maps = Clients.configMaps
            let other = "11111111-2222-3333-4444-555555555555"
            let made = try await client.create(
                maps, namespace: namespace, body: Clients.configMap("a", namespace), fieldManager: "test")
            #expect(try await client.delete(maps, namespace: namespace, name: "a", uid: other) == .replaced)
            let stale = await #expect(throws: KubernetesError.self) {
                try await client.delete(maps, namespace: namespace, name: "a", uid: made.uid, resourceVersion: "1")
            }
            #expect(stale?.isConflict == true)
            let held = try await client.patch(
                maps, namespace: namespace, name: "a", body: ["metadata": ["finalizers": ["test.example/hold"]]], type: .merge,
                fieldManager: "test")
            guard
                case .terminating(let lingering) = try await client.delete(
                    maps, namespace: namespace, name: "a", uid: made.uid, resourceVersion: held.resourceVersion)
            else {
                Issue.record("an object with a finalizer must linger")
                return
            }
            #expect(lingering.at("metadata", "deletionTimestamp")?.string != nil)
            _ = try await client.patch(
                maps, namespace: namespace, name: "a", body: ["metadata": ["finalizers": .null]], type: .merge, fieldManager: "test"
            )
            #expect(try await client.get(maps, namespace: namespace, name: "a") == nil)
        }
    }

    @Test func aNamespaceLingersUntilItIsEmpty() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let live = try #require(try await client.get(Clients.namespaces, namespace: nil, name: namespace))
            for _ in 1...2 {
                let outcome = try await client.delete(Clients.namespaces, namespace: nil, name: namespace, uid: live.uid)
                guard case .terminating = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
            }
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let what: String
        let status: Int
        let words: [String]
        let attempt: @Sendable (KubernetesClient, String) async throws -> Void

        var testDescription: String { what }
    }

    @Test(arguments: [
        Refusal(what: "create twice", status: 409, words: ["It exists already", "CREATE configmaps v1"]) { client, namespace in
            for _ in 1...2 {
                _ = try await client.create(
                    Clients.configMaps, namespace: namespace, body: Clients.configMap("a", namespace), fieldManager: "test")
            }
        },
        Refusal(what: "stale replace", status: 409, words: ["Somebody else", "the object has been modified", "PUT configmaps v1"]) {
            client, namespace in
            let made = try await client.create(
                Clients.configMaps, namespace: namespace, body: Clients.configMap("a", namespace), fieldManager: "test")
            for number in 1...2 {
                var body = made
                body["data"] = ["n": .string("\(number)")]
                _ = try await client.replace(Clients.configMaps, namespace: namespace, name: "a", body: body, fieldManager: "test")
            }
        },
        Refusal(what: "patch nothing", status: 404, words: ["has not found it", #"configmaps "a" not found"#]) {
            client, namespace in
            _ = try await client.patch(
                Clients.configMaps, namespace: namespace, name: "a", body: [:], type: .merge, fieldManager: "test")
        },
        Refusal(what: "unknown kind", status: 404, words: ["does not serve this", "GET widgets example.com/v1"]) {
            client, namespace in
            let unknown = APIResource(group: "example.com", version: "v1", kind: "Widget", plural: "widgets", namespaced: true)
            _ = try await client.get(unknown, namespace: namespace, name: "a")
        },
        Refusal(what: "missing namespace", status: 404, words: [#"namespaces "no-such" not found"#]) { client, _ in
            _ = try await client.create(
                Clients.configMaps, namespace: "no-such", body: Clients.configMap("a", "no-such"), fieldManager: "test")
        },
        Refusal(what: "invalid", status: 422, words: ["finds it invalid", "spec.ports", "Required value"]) { client, namespace in
            let body: Value = ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "a"], "spec": [:]]
            _ = try await client.create(Clients.services, namespace: namespace, body: body, fieldManager: "test")
        },
        Refusal(what: "wrong type", status: 400, words: ["finds it invalid", "ConfigMap"]) { client, namespace in
            let body: Value = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": "text"]
            _ = try await client.create(Clients.configMaps, namespace: namespace, body: body, fieldManager: "test")
        },
    ])
    func refusalsAreSentences(_ refusal: Refusal) async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            let error = await #expect(throws: KubernetesError.self) { try await refusal.attempt(client, namespace) }
            #expect(error?.httpStatus == refusal.status)
            for word in refusal.words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
        }
    }

    @Test func whatASecretHoldsStaysOutOfMessages() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        try await Clients.with(server) { client in
            for body in [
                ["data": ["password": "hunter2-not-base64!"]], ["data": ["a b": "aHVudGVyMg=="]],
                ["stringData": ["p": ["hunter2"]]],
            ] as [Value] {
                var secret = body
                secret["apiVersion"] = "v1"
                secret["kind"] = "Secret"
                secret["metadata"] = ["name": "s"]
                let error = await #expect(throws: KubernetesError.self) {
                    try await client.create(Clients.secrets, namespace: namespace, body: secret, fieldManager: "test")
                }
                for leak in ["hunter2", "aHVudGVyMg"] {
                    #expect(error?.description.contains(leak) == false, "\(error?.description ?? "")")
                }
            }
        }
    }

    @Test(arguments: ["", ".", "..", "a/b", "a%2fb", "a\nb"])
    func aNameThatChangesThePathIsRefusedHere(_ name: String) async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server) { client in
            await #expect(throws: PlumbError.self) { try await client.get(Clients.configMaps, namespace: "default", name: name) }
            await #expect(throws: PlumbError.self) { try await client.get(Clients.configMaps, namespace: name, name: "a") }
        }
    }

    @Test func aNamespacedKindNeedsANamespaceAndAReplacementItsVersion() async throws {
        let server = try await KubeServer.shared()
        try await Clients.with(server) { client in
            await #expect(throws: PlumbError.self) { try await client.get(Clients.configMaps, namespace: nil, name: "a") }
            await #expect(throws: PlumbError.self) {
                try await client.create(Clients.configMaps, namespace: nil, body: [:], fieldManager: "test")
            }
            await #expect(throws: PlumbError.self) {
                try await client.replace(
                    Clients.configMaps, namespace: "default", name: "a", body: Clients.configMap("a", "default"),
                    fieldManager: "test")
            }
        }
    }
}
