import Manifests
import Model
import TestSupport
import Testing

@testable import HostTarget

struct InventoryTests {
    @Test func comparesBeforeItSwaps() async throws {
        try await Host.with { host in
            let identity = ApplicationIdentity(installation: try await host.target.installation(), name: "app")
            var inventory = Inventory(identity: identity)
            inventory.entries[HostKind.file.key("a")] = Inventory.Entry(state: .intended)
            let first = try await host.target.save(inventory)
            #expect(first.version != nil)
            #expect(try await host.target.inventory(of: identity) == first)
            #expect(try await host.target.inventories() == [first])
            let error = await #expect(throws: PlumbError.self) { _ = try await host.target.save(inventory) }
            #expect(error?.code == .superseded)
            var second = first
            second.entries = [:]
            #expect(try await host.target.save(second).version == nil)
            #expect(try await host.target.inventory(of: identity) == nil)
            #expect(!Files.exists(host.root))
        }
    }

    @Test func ofManyWritersAtOnceOneWins() async throws {
        try await Host.with { host in
            let identity = ApplicationIdentity(installation: try await host.target.installation(), name: "app")
            var inventory = Inventory(identity: identity)
            inventory.entries[HostKind.file.key("a")] = Inventory.Entry(state: .intended)
            let start = try await host.target.save(inventory)
            let wins = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        guard let other = try? Host(host.root) else { return false }
                        var mine = start
                        mine.entries[HostKind.file.key("f\(index)")] = Inventory.Entry(state: .intended)
                        return (try? await other.target.save(mine)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wins == 1)
        }
    }

    @Test func belongsToOneInstallation() async throws {
        try await Host.with { host in
            let mine = try await host.target.installation()
            #expect(try await host.target.installation() == mine)
            var inventory = Inventory(identity: ApplicationIdentity(installation: mine, name: "app"))
            inventory.entries[HostKind.file.key("a")] = Inventory.Entry(state: .intended)
            _ = try await host.target.save(inventory)
            #expect(try await Host(host.root).target.installation() == mine)
            var foreign = Inventory(
                identity: ApplicationIdentity(installation: "11111111-2222-3333-4444-555555555555", name: "app"))
            foreign.entries[HostKind.file.key("a")] = Inventory.Entry(state: .intended)
            let error = await #expect(throws: PlumbError.self) { _ = try await host.target.save(foreign) }
            #expect(error?.code == .denied)
        }
    }

    @Test func anInventoryThatCannotBeReadIsAnError() async throws {
        try await Host.with { host in
            try await host.sync(FileTests.file("page", "path: a, content: x"))
            let context = try await host.context()
            try Files.write("{", to: host.path(".plumb/inventory/\(context.identity.hash).json"))
            await #expect(throws: PlumbError.self) { _ = try await host.target.inventory(of: context.identity) }
            await #expect(throws: PlumbError.self) { _ = try await host.target.inventories() }
        }
    }

    @Test func aPlanOfAFreshHostHasTheSameDigestsInTheNextProcess() async throws {
        try await Host.with { host in
            let app = FileTests.file("key", "path: key, content: secret, mode: \"0600\"")
            let first = try await host.prepare(app)
            #expect(try await Host(host.root).prepare(app) == first)
            try await host.sync(app)
            #expect(try await Host(host.root).prepare(app) == first)
        }
    }
}
