import Model
import Planning
import Testing

@Suite struct SyncMachineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let script: Script
        let log: [String]
        var failed = false
        var testDescription: String { name }
    }

    static let job = op(.run, "batch/Job j", .preSync)
    static let a = op(.create, "A a")
    static let b = op(.create, "B b", wave: 1)
    static let gone = op(.delete, "D d", .prune)
    static let post = op(.run, "batch/Job p", .postSync)
    static let remedy = op(.run, "batch/Job r", .syncFail)
    static let unchangedA = op(.unchanged, "A a")

    static let supersession: [Case] = [
        Case(
            name: "a newer revision ends the wait for health",
            script: Script(operations: [a, b], health: ["A a": [.progressing]], instead: ["observe a": .superseded("newer")]),
            log: ["write A a", "observe a", "finish"], failed: true),
        Case(
            name: "a newer revision waits for what is being written",
            script: Script(
                operations: [a, op(.create, "A b"), b], instead: ["write A a": .superseded("newer")]),
            log: ["write A a", "write A b"], failed: true),
        Case(
            name: "a newer revision runs no remedy",
            script: Script(operations: [a, remedy], instead: ["write A a": .superseded("newer")]), log: ["write A a"], failed: true),
    ]

    static let order: [Case] = [
        Case(name: "nothing to do", script: Script(operations: []), log: ["finish"]),
        Case(
            name: "only what is due", script: Script(operations: [unchangedA, op(.adopt, "B b", state: .held("x"))]),
            log: ["finish"]),
        Case(
            name: "every phase", script: Script(operations: [job, a, gone, post, remedy]),
            log: ["run batch/Job j", "write A a", "observe a", "delete D d", "run batch/Job p", "finish"]),
        Case(
            name: "waves wait for health",
            script: Script(operations: [a, b], health: ["A a": [.progressing, .missing, .unknown, .healthy]]),
            log: ["write A a", "observe a", "observe a", "observe a", "observe a", "write B b", "finish"]),
        Case(
            name: "suspended is as ready as it will get", script: Script(operations: [a, b], health: ["A a": [.suspended]]),
            log: ["write A a", "observe a", "write B b", "finish"]),
        Case(
            name: "drift does not wait", script: Script(operations: [a, b, gone], isTransition: false),
            log: ["write A a", "write B b", "delete D d", "finish"]),
        Case(
            name: "an earlier wave that was written before is waited for", script: Script(operations: [unchangedA, b]),
            log: ["observe a", "write B b", "finish"]),
        Case(
            name: "deletions wait although nothing was written now", script: Script(operations: [unchangedA, gone]),
            log: ["observe a", "delete D d", "finish"]),
        Case(
            name: "so do PostSync hooks", script: Script(operations: [unchangedA, post]),
            log: ["observe a", "run batch/Job p", "finish"]),
        Case(
            name: "what is not there on purpose is not waited for",
            script: Script(operations: [
                Model.Operation(.unchanged, key("A a"), cause: .same, state: .kept("x"), order: a.order), b,
            ]), log: ["write B b", "finish"]),
        Case(
            name: "with the wait at the end", script: Script(operations: [a, b], waitForHealth: true),
            log: ["write A a", "observe a", "write B b", "observe a b", "finish"]),
        Case(
            name: "the wait at the end is no second one", script: Script(operations: [a, gone], waitForHealth: true),
            log: ["write A a", "observe a", "delete D d", "observe a", "finish"]),
        Case(
            name: "the wait at the end where nothing is due",
            script: Script(operations: [unchangedA], isTransition: false, waitForHealth: true),
            log: ["observe a", "finish"]),
        Case(
            name: "tiers one after the other", script: Script(operations: [a, op(.create, "B b", tier: 1)]),
            log: ["write A a", "write B b", "finish"]),
        Case(
            name: "a namespace is waited for",
            script: Script(operations: [op(.create, "Namespace s"), op(.create, "A s/a", requires: ["Namespace s"])]),
            log: ["write Namespace s", "await Namespace s", "write A s/a", "finish"]),
        Case(
            name: "an updated namespace is there already", script: Script(operations: [op(.update, "Namespace s")]),
            log: ["write Namespace s", "finish"]),
        Case(
            name: "an updated definition is not, for a new version",
            script: Script(operations: [op(.update, "X x", provides: ["W"])]),
            log: ["write X x", "await X x", "finish"]),
        Case(
            name: "a pending deletion does not keep the others waiting",
            script: Script(operations: [op(.delete, "D d", .prune, tier: -1), op(.delete, "E e", .prune)], pending: ["D d"]),
            log: ["delete D d", "delete E e", "finish"]),
        Case(
            name: "requirements in a circle",
            script: Script(operations: [op(.create, "A a", requires: ["B b"]), op(.create, "B b", requires: ["A a"]), b]),
            log: ["finish"], failed: true),
        Case(
            name: "a requirement that comes too late", script: Script(operations: [op(.create, "A a", requires: ["B b"]), b]),
            log: ["finish"], failed: true),
    ]

    static let failures: [Case] = [
        Case(
            name: "a failure stops its dependents and no others",
            script: Script(
                operations: [
                    a, op(.create, "B b", requires: ["A a"]), op(.create, "C c"), op(.create, "E e", tier: 1, requires: ["B b"]),
                ],
                failing: ["A a"]), log: ["write A a", "write C c", "finish"], failed: true),
        Case(
            name: "a chain of dependents in any order",
            script: Script(
                operations: [op(.create, "A a", requires: ["B b"]), op(.create, "B b", requires: ["C c"]), op(.create, "C c")],
                failing: ["C c"]),
            log: ["write C c", "finish"], failed: true),
        Case(
            name: "a failure stops later waves, deletions and PostSync",
            script: Script(operations: [a, b, gone, post], failing: ["A a"]),
            log: ["write A a", "finish"], failed: true),
        Case(
            name: "a failed PreSync hook stops everything",
            script: Script(operations: [job, a, gone, post], failing: ["batch/Job j"]),
            log: ["run batch/Job j", "finish"], failed: true),
        Case(
            name: "a blocked PreSync hook does too",
            script: Script(operations: [op(.run, "batch/Job j", .preSync, state: .blocked("x")), a]),
            log: ["finish"], failed: true),
        Case(
            name: "what is blocked stops later waves, deletions and PostSync",
            script: Script(operations: [op(.create, "A a", state: .blocked("x")), op(.create, "C c"), b, gone, post]),
            log: ["write C c", "finish"], failed: true),
        Case(
            name: "what needs something blocked is not begun",
            script: Script(operations: [op(.create, "A a", state: .blocked("x")), op(.create, "B b", requires: ["A a"])]),
            log: ["finish"],
            failed: true),
        Case(
            name: "a blocked deletion stops nothing, and is an error",
            script: Script(operations: [op(.delete, "D d", .prune, state: .blocked("x")), a, post]),
            log: ["write A a", "observe a", "run batch/Job p", "finish"], failed: true),
        Case(
            name: "a failed deletion stops what holds it",
            script: Script(
                operations: [op(.delete, "D d", .prune, tier: -2), op(.delete, "Namespace s", .prune)], failing: ["D d"]),
            log: ["delete D d", "finish"], failed: true),
        Case(
            name: "a remedy runs after a failure", script: Script(operations: [a, b, remedy], failing: ["A a"]),
            log: ["write A a", "run batch/Job r", "finish"], failed: true),
        Case(name: "and not without", script: Script(operations: [a, remedy]), log: ["write A a", "finish"]),
        Case(
            name: "Degraded ends it",
            script: Script(operations: [a, b, gone, post, remedy], health: ["A a": [.progressing, .degraded]]),
            log: ["write A a", "observe a", "observe a", "run batch/Job r", "finish"], failed: true),
        Case(
            name: "the deadline for health ends it",
            script: Script(operations: [a, b, remedy], instead: ["observe a": .deadline(.healthy)]),
            log: ["write A a", "observe a", "run batch/Job r", "finish"], failed: true),
        Case(
            name: "the deadline for applying ends it",
            script: Script(operations: [a, b, remedy], instead: ["write A a": .deadline(.applied)]),
            log: ["write A a", "run batch/Job r", "finish"], failed: true),
        Case(
            name: "the deadline for hooks ends it",
            script: Script(operations: [job, a, remedy], instead: ["run batch/Job j": .deadline(.healthy)]),
            log: ["run batch/Job j", "run batch/Job r", "finish"], failed: true),
        Case(
            name: "a remedy has a deadline",
            script: Script(operations: [a, remedy], failing: ["A a"], instead: ["run batch/Job r": .deadline(.healthy)]),
            log: ["write A a", "run batch/Job r", "finish"], failed: true),
        Case(
            name: "stopping is stopping, without a remedy",
            script: Script(operations: [a, b, remedy], instead: ["write A a": .cancelled]),
            log: ["write A a", "finish"], failed: true),
        Case(
            name: "the other deadline means nothing", script: Script(operations: [a], instead: ["write A a": .deadline(.healthy)]),
            log: ["write A a"], failed: true),
        Case(
            name: "nor does an answer that nobody waits for",
            script: Script(operations: [a, b], instead: ["write A a": .hookEnded(1, failure: nil)]), log: ["write A a"],
            failed: true),
    ]

    @Test(arguments: order + failures + supersession) func plays(_ test: Case) {
        let (log, machine) = test.script.play()
        #expect(log == test.log)
        #expect(machine.hasFailed == test.failed)
        #expect(machine.isFinished == (log.last == "finish"))
    }

    @Test func healthOfAnEarlierWaitIsNotTakenForTheNextOne() {
        var machine = SyncMachine(plan: plan([Self.a, Self.b, op(.create, "C c", wave: 2)]), waitForHealth: false)
        _ = machine.step(.begin)
        // Told before it was written: of the object as it was.
        _ = machine.step(.health([key("A a"): .healthy, key("B b"): .healthy]))
        _ = machine.step(.written(0, WriteResult(uid: "u", returned: digest("r"))))
        _ = machine.step(.health([key("A a"): .healthy]))
        _ = machine.step(.written(1, WriteResult(uid: "u", returned: digest("r"))))
        #expect(machine.step(.health([key("A a"): .healthy])) == [.observeHealth([key("A a"), key("B b")])])
        #expect(machine.step(.health([key("B b"): .healthy])) == [.write(2)])
    }

    @Test func theClockIsThatOfWhatIsWaitedFor() {
        var machine = SyncMachine(plan: plan([Self.job, Self.a, Self.b]), waitForHealth: false)
        _ = machine.step(.begin)
        #expect(machine.clock == .healthy)
        _ = machine.step(.hookEnded(0, failure: nil))
        #expect(machine.clock == .applied)
        _ = machine.step(.written(1, WriteResult(uid: "u", returned: digest("r"))))
        #expect(machine.clock == .healthy)
    }

    @Test func theReasonNamesWhatIsNotHealthy() {
        let script = Script(operations: [Self.a, Self.b], health: ["A a": [.progressing, .degraded]])
        #expect(script.play().machine.failure == "A a is Degraded")
        var late = Script(operations: [Self.a, Self.b])
        late.instead = ["observe a": .deadline(.healthy)]
        #expect(late.play().machine.failure?.contains("deadline for becoming healthy") == true)
    }

    @Test func whatWasNotBegunSaysWhy() {
        let machine = Script(operations: [Self.a, Self.b], failing: ["A a"]).play().machine
        #expect(machine.statuses == [0: .failed("no"), 1: .blocked("A a failed")])
    }
}
