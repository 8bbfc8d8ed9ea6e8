import Engine
import Manifests
import Model
import Store
import TestSupport
import Testing

@testable import PlumbTarget

@Suite struct WriterTests {
    @Test func twoWritersTakeTurns() async throws {
        let root = try Root()
        let other = root.other
        let objects = (0..<20).map { Root.application("a\($0)") }
        async let first = root.engine.apply(Root.request(objects))
        async let second = other.engine.apply(Root.request(objects))
        let reports = try await [first, second]
        #expect(reports.allSatisfy { !$0.hasFailed })
        #expect(try await root.target.objects().map(\.generation) == Array(repeating: 1, count: 20))
        let inventory = try #require(try await root.target.inventories().first)
        #expect(inventory.entries.count == 20)
        #expect(inventory.lease == nil)
    }

    @Test func ofManyWritersAtOnceOneWins() async throws {
        let root = try Root()
        let identity = ApplicationIdentity(installation: try await root.target.installation(), name: "root")
        var inventory = Inventory(identity: identity)
        inventory.entries[Root.key("a")] = Inventory.Entry(state: .intended)
        let start = try await root.target.save(inventory)
        #expect(start.version != nil)
        let (target, wins) = (root.target, Counter())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<16 {
                group.addTask {
                    var mine = start
                    mine.entries[Root.key("b\(index)")] = Inventory.Entry(state: .intended)
                    do {
                        _ = try await target.save(mine)
                        await wins.add()
                    } catch let error as PlumbError {
                        #expect(error.code == .superseded)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await wins.count == 1)
    }

    @Test func anInventoryOfAnotherInstallationIsRefused() async throws {
        let root = try Root()
        var inventory = Inventory(identity: ApplicationIdentity(installation: "11111111-2222-3333-4444-555555555555", name: "root"))
        inventory.entries[Root.key("a")] = Inventory.Entry(state: .intended)
        let foreign = inventory
        let error = await #expect(throws: PlumbError.self) { _ = try await root.target.save(foreign) }
        #expect(error?.code == .denied)
    }

    @Test func anEmptyInventoryIsNone() async throws {
        let root = try Root()
        let identity = ApplicationIdentity(installation: try await root.target.installation(), name: "root")
        #expect(try await root.target.save(Inventory(identity: identity)).version == nil)
        #expect(try await root.target.inventory(of: identity) == nil)
    }

    actor Counter {
        private(set) var count = 0
        func add() { count += 1 }
    }
}
