import KubernetesClient
import Manifests
import Model
import Testing

/// The rules of a watch, without a server.
@Suite struct WatchMachineTests {
    private func frame(_ type: String, _ name: String, _ version: String) -> Value {
        ["type": .string(type), "object": ["metadata": ["name": .string(name), "resourceVersion": .string(version)]]]
    }

    private let expired: Value = ["type": "ERROR", "object": ["kind": "Status", "code": 410, "reason": "Expired"]]

    private func watching(from version: String = "5") -> WatchMachine {
        WatchMachine(resource: Clients.configMaps, resourceVersion: version)
    }

    @Test func listsThenWatchesFromTheList() throws {
        var machine = WatchMachine(resource: Clients.configMaps)
        #expect(machine.action == .list)
        machine.listed("5")
        #expect(machine.action == .watch(resourceVersion: "5"))
        #expect(machine.delay == .zero)
    }

    @Test func everyFrameMovesTheVersionOn() throws {
        var machine = watching()
        for (type, version) in [("ADDED", "6"), ("MODIFIED", "7"), ("DELETED", "8")] {
            let event = try machine.received(frame(type, "a", version))
            #expect(machine.action == .watch(resourceVersion: version))
            switch event {
            case .changed(let object): #expect(type != "DELETED" && object["kind"] == "ConfigMap" && object["apiVersion"] == "v1")
            case .deleted(let object): #expect(type == "DELETED" && object.name == "a")
            default: Issue.record("\(type) gave \(String(describing: event))")
            }
        }
        let bookmark = try machine.received(frame("BOOKMARK", "", "20"))
        if bookmark != nil { Issue.record("a bookmark is no event") }
        #expect(machine.action == .watch(resourceVersion: "20"))
    }

    @Test func aForgottenVersionIsListedAgain() throws {
        var machine = watching()
        let error = #expect(throws: KubernetesError.self) { try machine.received(expired) }
        if machine.failed(try #require(error)) != nil { Issue.record("410 is a part of the scheme") }
        #expect(machine.action == .list)
        #expect(machine.delay == .zero)
    }

    @Test(
        arguments: [
            ["type": "ADDED"], ["type": "ADDED", "object": ["metadata": [:]]],
            ["type": "OTHER", "object": ["metadata": ["resourceVersion": "9"]]],
            ["type": "ERROR", "object": ["kind": "Status", "code": 500, "message": "etcd"]], [],
        ] as [Value])
    func otherFramesAreErrorsAndTheVersionStays(_ frame: Value) throws {
        var machine = watching()
        let error = #expect(throws: (any Error).self) { try machine.received(frame) }
        let told = machine.failed(try #require(error))
        #expect(told != nil, "an interruption must be told")
        #expect(machine.action == .watch(resourceVersion: "5"))
    }

    @Test func waitsGrowAndEndWithTheFirstFrame() throws {
        var machine = watching()
        var waits: [Duration] = []
        for _ in 1...9 {
            _ = machine.failed(PlumbError(.unreachable, "x"))
            waits.append(machine.delay)
        }
        #expect(waits == [0, 0.5, 1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        _ = try machine.received(frame("BOOKMARK", "", "6"))
        _ = machine.failed(PlumbError(.unreachable, "x"))
        #expect(machine.delay == .zero)
    }

    @Test func watchesThatEndAtOnceAreNotOpenedInALoop() {
        var machine = watching()
        for _ in 1...3 { machine.ended(after: .milliseconds(1)) }
        #expect(machine.delay == .seconds(1))
        machine.ended(after: .seconds(60))
        #expect(machine.delay == .zero)
    }

    @Test func anInterruptionEndsWithTheNextAnswer() {
        var machine = watching()
        let isNews = machine.opened()
        #expect(!isNews)
        _ = machine.failed(PlumbError(.unreachable, "x"))
        let ends = [machine.opened(), machine.opened()]
        #expect(ends == [true, false])
        _ = machine.failed(PlumbError(.unreachable, "x"))
        machine.listed("9")
        let endsAfterAList = machine.opened()
        #expect(!endsAfterAList)
    }

    @Test func theServersWishIsTheLeast() {
        var machine = watching()
        let error = KubernetesError(
            httpStatus: 429, reason: "TooManyRequests", message: "", request: "WATCH", retryAfter: .seconds(7))
        _ = machine.failed(error)
        #expect(machine.delay == .seconds(7))
    }

    @Test func kindsWithoutVersionsAreListedAgainAndAgain() {
        var machine = WatchMachine(resource: Clients.configMaps)
        for _ in 1...3 { machine.listed("") }
        #expect(machine.action == .list)
        #expect(machine.delay == .seconds(1))
    }
}
