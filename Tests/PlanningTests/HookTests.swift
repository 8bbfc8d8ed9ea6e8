import Model
import Planning
import Testing

@Suite struct HookTests {
    static let pre = ["plumb.dev/hook": "PreSync"]

    static let cases: [PlanCase] = [
        PlanCase("in their phases", ["run batch/Job s/a", "create ConfigMap s/c", "run batch/Job s/b", "run batch/Job s/f"]) {
            $0.desire("ConfigMap s/c")
            $0.desire("batch/Job s/f", ["plumb.dev/hook": "SyncFail"])
            $0.desire("batch/Job s/b", ["plumb.dev/hook": "PostSync"])
            $0.desire("batch/Job s/a", pre)
        },
        PlanCase("in two phases", ["run batch/Job s/a", "unchanged ConfigMap s/c", "run batch/Job s/a"]) {
            $0.settled("ConfigMap s/c")
            $0.desire("batch/Job s/a", ["plumb.dev/hook": "PreSync,PostSync"])
        },
        PlanCase("never for drift", ["update ConfigMap s/c"]) {
            $0.settled("ConfigMap s/c")
            $0.live("ConfigMap s/c", difference: .drift([]))
            $0.desire("batch/Job s/a", pre)
            $0.synced()
        },
        PlanCase("once for a revision", ["kept run batch/Job s/a"]) {
            $0.desire("batch/Job s/a", pre)
            $0.hook("batch/Job s/a", .preSync, was: .succeeded)
        },
        PlanCase("again after a failure", ["run batch/Job s/a"]) {
            $0.desire("batch/Job s/a", pre)
            $0.hook("batch/Job s/a", .preSync, was: .failed)
        },
        PlanCase("again for another revision", ["run batch/Job s/a", "create ConfigMap s/c"]) {
            $0.desire("batch/Job s/a", pre)
            $0.hook("batch/Job s/a", .preSync, was: .succeeded)
            $0.desire("ConfigMap s/c")
        },
        PlanCase("again in its other phase", ["kept run batch/Job s/a", "run batch/Job s/a"]) {
            $0.desire("batch/Job s/a", ["plumb.dev/hook": "PreSync,PostSync"])
            $0.hook("batch/Job s/a", .preSync, was: .succeeded)
        },
        PlanCase("not over somebody's object", ["blocked run batch/Job s/a"]) {
            $0.desire("batch/Job s/a", pre)
            $0.live("batch/Job s/a", owner: .nobody(by: "kubectl"))
        },
        PlanCase("not over another application's", ["blocked run batch/Job s/a"]) {
            $0.desire("batch/Job s/a", pre)
            $0.live("batch/Job s/a", owner: .other("i/default/other"))
        },
        PlanCase("skipped", ["kept unchanged batch/Job s/a"]) {
            $0.desire("batch/Job s/a", ["argocd.argoproj.io/hook": "Skip"])
        },
        PlanCase("a hook's object is never pruned while the hook is in the source", []) {
            $0.desire("batch/Job s/a", pre)
            $0.applied("batch/Job s/a")
            $0.synced()
        },
    ]

    struct ReleaseCase: Sendable, CustomTestStringConvertible {
        var annotations: [String: String]
        var atInstallation: [String]
        var atUpgrade: [String]
        var testDescription: String { "\(annotations)" }
    }

    static let pre1 = ["preSync"]
    static let releases: [ReleaseCase] = [
        ReleaseCase(annotations: ["helm.sh/hook": "pre-install"], atInstallation: pre1, atUpgrade: []),
        ReleaseCase(annotations: ["helm.sh/hook": "pre-upgrade"], atInstallation: [], atUpgrade: pre1),
        ReleaseCase(annotations: ["helm.sh/hook": "Pre-Install, pre-upgrade"], atInstallation: pre1, atUpgrade: pre1),
        ReleaseCase(annotations: ["helm.sh/hook": "pre-install,post-upgrade"], atInstallation: pre1, atUpgrade: ["postSync"]),
        ReleaseCase(annotations: ["helm.sh/hook": "post-upgrade,post-rollback"], atInstallation: [], atUpgrade: ["postSync"]),
        ReleaseCase(
            annotations: ["helm.sh/hook": "pre-install", "plumb.dev/hook": "PreSync"], atInstallation: pre1, atUpgrade: pre1),
        ReleaseCase(
            annotations: ["helm.sh/hook": "pre-install", "argocd.argoproj.io/hook": "PostSync"], atInstallation: ["postSync"],
            atUpgrade: ["postSync"]),
        ReleaseCase(
            annotations: ["helm.sh/hook": "pre-install", "argocd.argoproj.io/hook": ""], atInstallation: pre1, atUpgrade: []),
        ReleaseCase(annotations: ["plumb.dev/hook": "PreSync"], atInstallation: pre1, atUpgrade: pre1),
    ]

    @Test(arguments: releases) func `hooks of an installation and of an upgrade`(_ test: ReleaseCase) throws {
        func phases(_ isUpgrade: Bool?) throws -> [String] {
            var world = World()
            world.desire("batch/Job s/a", test.annotations)
            world.input.isUpgrade = isUpgrade
            return try world.plan().operations.filter { $0.action == .run }.map { "\($0.order.phase)" }
        }
        #expect(try phases(false) == test.atInstallation)
        #expect(try phases(true) == test.atUpgrade)
        #expect(try Set(phases(nil)) == Set(test.atInstallation + test.atUpgrade))
    }

    @Test func `what a hook of the installation left behind stays at an upgrade`() throws {
        var world = World()
        world.desire("Secret s/login", ["helm.sh/hook": "pre-install"])
        world.applied("Secret s/login")
        world.desire("ConfigMap s/c")
        world.input.isUpgrade = true
        let plan = try world.plan()
        #expect(plan.lines == ["create ConfigMap s/c"] && plan.forgotten.isEmpty)
    }

    @Test(arguments: cases) func plans(_ test: PlanCase) throws {
        #expect(try test.plan().lines == test.expected)
    }

    struct Decision: Sendable, CustomTestStringConvertible {
        var recorded: Inventory.SyncRecord.HookState?
        var live: HookProgress?
        var ours = true
        var deletesItself = false
        var isSuperseded = false
        var expected: HookDecision
        var testDescription: String { "\(recorded?.rawValue ?? "-"), \(live.map { "\($0)" } ?? "-"), ours \(ours): \(expected)" }
    }

    static let vanished = HookDecision.fail("it vanished before it was seen complete")
    static let decisions: [Decision] = [
        Decision(expected: .create),
        Decision(recorded: .intended, expected: .create),
        Decision(recorded: .failed, expected: .create),
        Decision(recorded: .running, expected: vanished),
        Decision(recorded: .running, deletesItself: true, expected: .succeed),
        Decision(recorded: .intended, deletesItself: true, expected: .create),
        Decision(recorded: .succeeded, expected: .succeed),
        Decision(recorded: .succeeded, live: .running(nil), expected: .succeed),
        Decision(recorded: .intended, live: .running(nil), expected: .wait),
        Decision(recorded: .running, live: .running("1 of 2"), expected: .wait),
        Decision(recorded: .running, live: .succeeded, expected: .succeed),
        Decision(recorded: .intended, live: .succeeded, expected: .succeed),
        Decision(recorded: .running, live: .failed("exit 1"), expected: .fail("exit 1")),
        Decision(recorded: .failed, live: .failed("exit 1"), expected: .replace),
        Decision(live: .running(nil), ours: false, expected: .waitForEarlier),
        Decision(live: .succeeded, ours: false, expected: .replace),
        Decision(live: .failed("exit 1"), ours: false, expected: .replace),
        Decision(recorded: .failed, live: .running(nil), ours: false, expected: .waitForEarlier),
        Decision(recorded: .running, live: .pending("ImagePullBackOff"), expected: .wait),
        Decision(live: .pending(nil), ours: false, expected: .waitForEarlier),
        Decision(recorded: .running, live: .pending("ImagePullBackOff"), isSuperseded: true, expected: .abandon),
        Decision(recorded: .running, live: .running(nil), isSuperseded: true, expected: .wait),
        Decision(recorded: .running, live: .failed("exit 1"), isSuperseded: true, expected: .fail("exit 1")),
        Decision(recorded: .succeeded, isSuperseded: true, expected: .succeed),
        Decision(isSuperseded: true, expected: .abandon),
        Decision(live: .running(nil), ours: false, isSuperseded: true, expected: .abandon),
    ]

    @Test(arguments: decisions) func decides(_ test: Decision) {
        let decision = HookDecision.next(
            recorded: test.recorded, live: test.live, isOfThisOperation: test.ours, deletesItself: test.deletesItself,
            isSuperseded: test.isSuperseded)
        #expect(decision == test.expected)
    }
}
