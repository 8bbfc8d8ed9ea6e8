import Manifests
import Model
import Testing

@testable import Store

@Suite struct ObjectTests {
    static let key = ResourceKey(group: "plumb.dev", kind: "Application", name: "shop")

    static func object(_ name: String = "shop", uid: String = "u", generation: Int64 = 1, line: Int? = 3) -> PlumbObject {
        PlumbObject(
            key: ResourceKey(group: "plumb.dev", kind: "Application", name: name), uid: uid, generation: generation,
            owner: "i/default/root",
            manifest: Manifest(value: ["spec": .string(Samples.text)], origin: Origin(file: "plumb/shop.yaml", line: line)))
    }

    @Test(arguments: [object(), object(line: nil), object(generation: 7)])
    func anObjectComesBackAsItWas(_ object: PlumbObject) async throws {
        try await Store.with { store, path in
            let change = try await store.changeObject(Self.key) { _ in object }
            #expect(change.before == nil)
            #expect(change.after == object)
            let again = try await store.reopened(at: path)
            #expect(try await again.objects() == [object])
            let removal = try await again.changeObject(Self.key) { _ in nil }
            #expect(removal.before == object)
            #expect(try await again.objects() == [])
            await again.close()
        }
    }

    @Test func noTwoObjectsHaveOneUID() async throws {
        let store = try Store.inMemory()
        _ = try await store.changeObject(Self.key) { _ in Self.object() }
        await #expect(throws: PlumbError.self) {
            _ = try await store.changeObject(Self.object("other").key) { _ in Self.object("other") }
        }
        #expect(try await store.objects() == [Self.object()])
    }

    @Test func aRefusedChangeChangesNothing() async throws {
        let store = try Store.inMemory()
        _ = try await store.changeObject(Self.key) { _ in Self.object() }
        let error = await #expect(throws: PlumbError.self) {
            _ = try await store.changeObject(Self.key) { _ in throw PlumbError(.conflict, "no") }
        }
        #expect(error?.code == .conflict)
        #expect(try await store.objects() == [Self.object()])
    }

    @Test func changesOfOneObjectComeOneAfterTheOther() async throws {
        try await Store.with { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        _ = try await store.changeObject(Self.key) { Self.object(generation: ($0?.generation ?? 0) + 1) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.objects().map(\.generation) == [50])
        }
    }

    @Test func inventoriesAreComparedBeforeTheyAreSwapped() async throws {
        try await Store.with { store, path in
            let identity = ApplicationIdentity(installation: "i", name: "root")
            var inventory = Inventory(identity: identity)
            inventory.entries[Self.key] = Inventory.Entry(state: .intended)
            let first = try await store.save(inventory, of: identity, replacing: nil)
            inventory.version = first
            let again = try await store.reopened(at: path)
            #expect(try await again.inventory(of: identity) == inventory)
            #expect(try await again.inventories() == [inventory])
            for stale in [nil, "", "0"] {
                let error = await #expect(throws: PlumbError.self) {
                    _ = try await again.save(inventory, of: identity, replacing: stale)
                }
                #expect(error?.code == .superseded)
            }
            #expect(try await again.save(nil, of: identity, replacing: first) == nil)
            #expect(try await again.inventories() == [])
            let second = try await again.save(inventory, of: identity, replacing: nil)
            #expect(second != first, "a version is never given out twice")
            await #expect(throws: PlumbError.self) { _ = try await again.save(nil, of: identity, replacing: first) }
            await again.close()
        }
    }
}
