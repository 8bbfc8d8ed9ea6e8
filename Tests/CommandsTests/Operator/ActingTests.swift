import Manifests
import Model
import OperatorTestSupport
import TestSupport
import Testing

/// The verbs that make an operator do something.
@Suite struct ActingTests {
    struct Action: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let call: String
        let says: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(arguments: [
        Action(
            arguments: ["sync", "shop"], call: "sync shop by ada (unverified)",
            says: "shop: the operator has taken it on (operation \(Scripted.operation(1))).\n"),
        Action(
            arguments: ["suspend", "shop"], call: "suspend shop because - by ada (unverified)",
            says: "shop is suspended. Go on with: plumb resume shop\n"),
        Action(
            arguments: ["suspend", "shop", "--reason", "a sale"], call: "suspend shop because a sale by ada (unverified)",
            says: "shop is suspended."),
        Action(arguments: ["resume", "shop"], call: "resume shop by ada (unverified)", says: "shop goes on.\n"),
        Action(
            arguments: ["approve", "shop", "--plan", Scripted.digest.description],
            call: "approve shop \(Scripted.digest) by ada (unverified)",
            says: "taken it on"),
        Action(
            arguments: ["rollback", "shop", "--to", "0123abc"], call: "rollback shop to 0123abc by ada (unverified)",
            says: "taken it on"),
    ])
    func actingAsksTheOperator(_ action: Action) async throws {
        try await RunningOperator.with { running in
            let result = try await RunningOperator.plumb(
                action.arguments + ["--data-dir", running.directory], home: running.directory)
            #expect(result.status == 0, "\(result.stderr)")
            #expect(result.stdout.contains(action.says), "\(result.stdout)")
            #expect(await running.script.calls == [action.call])
        }
    }

    @Test func refreshTellsWhatItFound() async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("refresh", "shop")
            // The repository of the script does not let it in.
            #expect(result.status == 1)
            #expect(result.stdout.contains("the server refused the credentials"))
            #expect(await running.script.calls == ["refresh shop"])
        }
    }

    @Test(arguments: [
        (PlumbError.Code.notFound, Int32(1)), (.conflict, 1), (.held, 3), (.init("another"), 1),
    ])
    func whatTheOperatorRefusesIsSaidAsItIs(_ code: PlumbError.Code, _ status: Int32) async throws {
        try await RunningOperator.with { running in
            await running.script.set(failure: PlumbError(code, "It cannot be done.", remedy: "Do something else."))
            let result = try await running.plumb("sync", "shop")
            #expect(result.status == status)
            #expect(result.stderr == "plumb: It cannot be done.\n  Do something else.\n")
            #expect(result.stdout.isEmpty)
        }
    }

    // MARK: Waiting

    struct Ending: Sendable, CustomTestStringConvertible {
        let phase: OperationRecord.Phase
        let status: Int32
        var testDescription: String { phase.rawValue }
    }

    @Test(arguments: [
        Ending(phase: .succeeded, status: 0), Ending(phase: .held, status: 3), Ending(phase: .failed, status: 1),
        Ending(phase: .superseded, status: 1),
    ])
    func waitingEndsAsTheOperationDoes(_ ending: Ending) async throws {
        try await RunningOperator.with { running in
            async let waiting = running.plumb("sync", "shop", "--wait", "--timeout", "30s", "-o", "json")
            try await eventually("a listener") { await running.script.listenerCount > 0 ? true : nil }
            await running.end(.running)
            await running.script.happen(Scripted.event("shop", .operationStarted), Scripted.drift("shop"))
            await running.end(ending.phase)
            await running.script.happen(Scripted.event("shop", .operationEnded, "that was it"))
            let result = try await waiting
            #expect(result.status == ending.status, "\(result.stderr)")
            #expect(try JSON.parse(Array(result.stdout.utf8))["phase"] == .string(ending.phase.rawValue))
        }
    }

    @Test func whatCameInItsPlaceCounts() async throws {
        try await RunningOperator.with { running in
            async let waiting = running.plumb("sync", "shop", "--wait", "--timeout", "30s")
            try await eventually("a listener") { await running.script.listenerCount > 0 ? true : nil }
            await running.end(.succeeded, operation: 7)
            await running.script.happen(Scripted.event("shop", .operationEnded))
            let result = try await waiting
            #expect(result.status == 0, "\(result.stderr)")
            #expect(result.stdout == "shop: Succeeded: 1 created\n")
        }
    }

    @Test func aHoldThatIsNoApprovalIsSaidAsItIs() async throws {
        try await RunningOperator.with { running in
            async let waiting = running.plumb("sync", "shop", "--wait", "--timeout", "30s")
            try await eventually("a listener") { await running.script.listenerCount > 0 ? true : nil }
            await running.script.change("shop") { status in
                status.hold = Hold(reason: .suspended, message: "a sale", since: Scripted.time)
                status.why = "shop is held: a sale; `plumb resume shop` lets it go on."
            }
            await running.end(.held)
            await running.script.happen(Scripted.event("shop", .operationEnded, "that was it"))
            let result = try await waiting
            #expect(result.status == 3)
            #expect(
                result.stderr.hasSuffix("plumb: shop is held: a sale; `plumb resume shop` lets it go on.\n"), "\(result.stderr)")
            #expect(!result.stderr.contains("approve"))
        }
    }

    @Test func whoHasNoNameInTheEnvironmentIsTheSystemsUser() async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("sync", "shop", environment: ["USER": "", "LOGNAME": ""])
            #expect(result.status == 0, "\(result.stderr)")
            let user = try await ProcessRunner.check("id", ["-un"]).filter { !$0.isWhitespace }
            #expect(await running.script.calls == ["sync shop by \(user) (unverified)"])
        }
    }

    @Test func waitingHasAnEnd() async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("sync", "shop", "--wait", "--timeout", "500ms")
            #expect(result.status == 1)
            #expect(
                result.stderr
                    == "plumb: shop has not come to an end within 500ms.\n  The operator goes on; ask it with: plumb why shop\n")
        }
    }
}

extension RunningOperator {
    /// The operation with that number is the one of `shop`, in that phase.
    func end(_ phase: OperationRecord.Phase, operation number: Int = 1) async {
        await script.change("shop") { status in
            status.operation?.id = Scripted.operation(number)
            status.operation?.phase = phase
        }
    }
}
