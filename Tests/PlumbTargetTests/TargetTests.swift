import Engine
import Manifests
import Model
import Store
import TestSupport
import Testing

@testable import PlumbTarget

@Suite struct TargetTests {
    private static let placement = Placement(namespace: nil, createNamespace: false, tree: MemoryTree([TreePath: [UInt8]]()))

    @Test func objectsAreNamedByTheirKindAndName() async throws {
        let manifests = try Root.manifests([Root.application("a"), Root.mistyped("b"), Root.repository("a")])
        let desired = try await Root().target.prepare(manifests, for: Self.placement)
        #expect(desired.map(\.key) == [Root.key("a"), Root.key("b"), Root.key("a", kind: "Repository")])
        #expect(desired.map(\.digest) == manifests.map { Digest(of: $0.value) })
    }

    @Test func whatDoesNotBelongHereIsNamedAtOnce() async throws {
        let config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
        let project = "apiVersion: plumb.dev/v1alpha1\nkind: Project\nmetadata: {name: p}\n"
        let old = "apiVersion: plumb.dev/v1\nkind: Application\nmetadata: {name: p}\n"
        let manifests = try Root.manifests([config, Root.application("a"), project, old, Root.application("B_")])
        let error = await #expect(throws: PlumbError.self) { _ = try await Root().target.prepare(manifests, for: Self.placement) }
        let message = try #require(error?.message)
        for part in [
            "4 of the operator's objects", "plumb/apps.yaml:1: \"v1\" \"ConfigMap\" is no object",
            "plumb/apps.yaml:10: \"plumb.dev/v1alpha1\" \"Project\"", "plumb/apps.yaml:14: \"plumb.dev/v1\" \"Application\"",
            "plumb/apps.yaml:18: \"B_\" cannot name",
        ] { #expect(message.contains(part), "\(message)") }
    }

    @Test func thereAreNoNamespacesHere() async throws {
        var placement = Self.placement
        placement.namespace = "shop"
        let elsewhere = placement
        let error = await #expect(throws: PlumbError.self) { _ = try await Root().target.prepare([], for: elsewhere) }
        #expect(error?.code == .unsupported)
    }

    @Test func whatIsThereIsHealthy() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"))
        let health = try await root.target.health(of: [Root.key("a"), Root.key("b")])
        #expect(health == [Root.key("a"): .healthy, Root.key("b"): Health(.missing)])
    }

    @Test func whatAnotherApplicationWroteIsItsOwn() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"))
        let installation = try await root.target.installation()
        let identity = ApplicationIdentity(installation: installation, name: "other")
        let context = SyncContext(identity: identity, inventory: Inventory(identity: identity), ignore: [], operation: "o")
        let desired = try await root.target.prepare(Root.manifests([Root.application("a")]), for: Self.placement)
        let observed = try await root.target.observe(desired, context)
        #expect(observed[Root.key("a")]?.owner == .other("\(installation)/default/root"))
        let uid = try #require(observed[Root.key("a")]?.uid)
        #expect(
            try await root.target.delete(Root.key("a"), uid: uid, context)
                == .notOurs("it belongs to the application default/root now"))
        try await root.target.release(Root.key("a"), uid: uid, context)
        #expect(try await root.stored() == ["a 1"])
    }

    /// Nothing but a sync writes here; should something have, it is drift like anywhere else.
    @Test func whatIsNotAsItWasWrittenIsDrift() async throws {
        let root = try Root()
        try await root.apply(Root.application("a"))
        _ = try await root.store.changeObject(Root.key("a")) { current in
            var object = current
            object?.manifest.value["spec"] = ["sources": [["path": "elsewhere"]]]
            return object
        }
        let planned = try await root.engine.plan(Root.request(Root.application("a")))
        let change = FieldChange(path: "/spec/sources/0/path", old: "elsewhere", new: "apps/shop")
        #expect(planned.observed[Root.key("a")]?.difference == .drift([change]))
        try await root.apply(Root.application("a"))
        #expect(try await root.stored() == ["a 2"])
    }

    @Test func whoListensIsToldOfEachWriteAndDeletion() async throws {
        let root = try Root()
        let (changes, report) = AsyncStream.makeStream(of: TargetChange.self, bufferingPolicy: .bufferingOldest(100))
        let watching = Task { await root.target.watch { report.yield($0) } }
        var iterator = changes.makeAsyncIterator()
        guard case .everything? = await iterator.next() else { return #expect(Bool(false), "everything comes first") }

        try await root.apply(Root.application("a"))
        #expect(await Self.keys(iterator.next()) == [Root.key("a")])
        try await root.apply(Root.application("a"))
        try await root.apply(Root.application("a"), Root.application("b"))
        #expect(await Self.keys(iterator.next()) == [Root.key("b")], "what was not written is not told")
        try await root.apply(Root.application("a", path: "other"), Root.application("b"))
        #expect(await Self.keys(iterator.next()) == [Root.key("a")])
        try await root.apply(Root.application("b"))
        #expect(await Self.keys(iterator.next()) == [Root.key("a")])

        watching.cancel()
        await watching.value
    }

    @Test func whoIsSlowIsToldOfSeveralAtOnce() async throws {
        let feed = ChangeFeed()
        let (changes, report) = AsyncStream.makeStream(of: TargetChange.self, bufferingPolicy: .bufferingOldest(100))
        let following = Task {
            await feed.follow { change in
                // While `everything` is looked at, two are written.
                if case .everything = change {
                    feed.tell(Root.key("a"))
                    feed.tell(Root.key("b"))
                    feed.tell(Root.key("a"))
                }
                report.yield(change)
            }
        }
        var iterator = changes.makeAsyncIterator()
        _ = await iterator.next()
        #expect(await Self.keys(iterator.next()) == [Root.key("a"), Root.key("b")])
        following.cancel()
        await following.value
    }

    private static func keys(_ change: TargetChange?) -> Set<ResourceKey>? {
        if case .resources(let keys)? = change { keys } else { nil }
    }
}
