import Manifests
import Model
import Planning
import Testing

@Suite struct ResourceOptionsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let annotation: String
        let value: Value
        let expected: @Sendable (inout ResourceOptions) -> Void
        var testDescription: String { "\(annotation): \(value)" }

        init(_ annotation: String, _ value: Value, _ expected: @escaping @Sendable (inout ResourceOptions) -> Void) {
            self.annotation = annotation
            self.value = value
            self.expected = expected
        }
    }

    static let cases: [Case] = [
        Case("plumb.dev/sync-wave", "-3") { $0.wave = -3 },
        Case("argocd.argoproj.io/sync-wave", "5") { $0.wave = 5 },
        Case("plumb.dev/hook", "PreSync") { $0.hooks = [.preSync] },
        Case("plumb.dev/hook", "PreSync, PostSync") { $0.hooks = [.preSync, .postSync] },
        Case("argocd.argoproj.io/hook", "SyncFail") { $0.hooks = [.syncFail] },
        Case("argocd.argoproj.io/hook", "Skip") { $0.apply = .ignore },
        Case("plumb.dev/hook-delete-policy", "HookSucceeded,HookFailed") { $0.hookDeletePolicies = [.hookSucceeded, .hookFailed] },
        Case("plumb.dev/prune", "disabled") { $0.prune = false },
        Case("plumb.dev/prune", "Disabled") { $0.prune = false },
        Case("plumb.dev/prune", "enabled") { _ in },
        Case("plumb.dev/apply", "ifNotPresent") { $0.apply = .ifNotPresent },
        Case("plumb.dev/apply", "replace") { $0.apply = .replace },
        Case("plumb.dev/hold-until", "2026-01-01T00:00:00Z") { _ in },
        Case("kustomize.toolkit.fluxcd.io/prune", "disabled") { $0.prune = false },
        Case("kustomize.toolkit.fluxcd.io/reconcile", "disabled") { $0.apply = .ignore },
        Case("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent") { $0.apply = .ifNotPresent },
        Case("kustomize.toolkit.fluxcd.io/ssa", "ignore") { $0.apply = .ignore },
        Case("kustomize.toolkit.fluxcd.io/ssa", "Merge") { _ in },
        // Recreates only what cannot be updated; recreating on every change would be an outage.
        Case("kustomize.toolkit.fluxcd.io/force", "enabled") { _ in },
        Case("argocd.argoproj.io/sync-options", "Force=true") { _ in },
        Case("argocd.argoproj.io/sync-options", "Prune=false") { $0.prune = false },
        Case("argocd.argoproj.io/sync-options", "ServerSideApply=true, Prune=false") { $0.prune = false },
        // Asks a person before it prunes; there is nobody to ask, so it is kept.
        Case("argocd.argoproj.io/sync-options", "Prune=confirm") { $0.prune = false },
        // Argo CD replaces in place; deleting the object first would be more than was asked for.
        Case("argocd.argoproj.io/sync-options", "Replace=true") { _ in },
        Case("argocd.argoproj.io/sync-options", "Force=true,Replace=true") { $0.apply = .replace },
        Case("argocd.argoproj.io/hook", "") { _ in },
        Case("helm.sh/hook", "pre-install") { $0.hooks = [.preSync] },
        Case("helm.sh/hook", "pre-install,pre-upgrade") { $0.hooks = [.preSync] },
        Case("helm.sh/hook", "Post-Install, post-upgrade,pre-delete") { $0.hooks = [.postSync, .preDelete] },
        Case("helm.sh/hook", "pre-upgrade,post-upgrade,test") { $0.hooks = [.preSync, .postSync] },
        Case("helm.sh/hook", "post-rollback") { $0.apply = .ignore },
        Case("helm.sh/hook", "pre-delete") { $0.hooks = [.preDelete] },
        Case("helm.sh/hook", "post-delete, pre-rollback") { $0.hooks = [.postDelete] },
        Case("plumb.dev/hook", "PreDelete,PostDelete") { $0.hooks = [.preDelete, .postDelete] },
        Case("argocd.argoproj.io/hook", "PostDelete") { $0.hooks = [.postDelete] },
        Case("helm.sh/hook", "test") { $0.apply = .ignore },
        Case("helm.sh/hook", "crd-install") { $0.apply = .ignore },
        Case("helm.sh/hook", "pre-install,crd-install") { $0.apply = .ignore },
        Case("helm.sh/hook", "") { _ in },
        Case("helm.sh/hook-weight", "5") { _ in },
        Case("helm.sh/hook-delete-policy", "hook-succeeded") { _ in },
        Case("helm.sh/resource-policy", "keep") { $0.prune = false },
        Case("helm.sh/resource-policy", "delete") { _ in },
        Case("example.com/anything", 3) { _ in },
    ]

    @Test(arguments: cases) func reads(_ test: Case) throws {
        var expected = ResourceOptions()
        test.expected(&expected)
        #expect(try ResourceOptionsReader.options(of: manifest(annotations: [test.annotation: test.value])) == expected)
    }

    static let refused: [(annotation: String, value: Value)] = [
        ("plumb.dev/sync-wave", "first"),
        ("plumb.dev/sync-wave", "1.5"),
        ("plumb.dev/sync-wave", "-9223372036854775808"),
        ("plumb.dev/sync-wave", "9999999"),
        ("plumb.dev/sync-wave", 5),
        ("plumb.dev/hook", "Presync"),
        ("plumb.dev/hook", ""),
        ("plumb.dev/hook", "predelete"),
        ("plumb.dev/hook-delete-policy", "Always"),
        ("plumb.dev/hook-delete-policy", ""),
        ("plumb.dev/prune", "disable"),
        ("plumb.dev/prune", "false"),
        ("plumb.dev/prune", false),
        ("plumb.dev/prune", .null),
        ("kustomize.toolkit.fluxcd.io/prune", "no"),
        ("kustomize.toolkit.fluxcd.io/ssa", "sometimes"),
        ("plumb.dev/apply", "IfNotPresent"),
        ("plumb.dev/prunes", "disabled"),
    ]

    @Test(arguments: refused) func refuses(_ annotation: String, _ value: Value) throws {
        let error = try #require(throws: PlumbError.self) {
            try ResourceOptionsReader.options(of: manifest(annotations: [annotation: value]))
        }
        #expect(error.message.contains(annotation) || error.code == .unsupported)
        #expect(error.origin == Origin(file: "all.yaml", line: 7))
    }

    struct HookCase: Sendable, CustomTestStringConvertible {
        let annotations: [String: String]
        let wave: Int
        let policies: Set<HookDeletePolicy>
        var testDescription: String { "\(annotations)" }
    }

    @Test(arguments: [
        HookCase(annotations: [:], wave: 0, policies: [.beforeHookCreation]),
        HookCase(annotations: ["helm.sh/hook-weight": "-5"], wave: -5, policies: [.beforeHookCreation]),
        HookCase(annotations: ["helm.sh/hook-weight": "first"], wave: 0, policies: [.beforeHookCreation]),
        HookCase(annotations: ["helm.sh/hook-weight": "9999999"], wave: 1_000_000, policies: [.beforeHookCreation]),
        HookCase(annotations: ["helm.sh/hook-weight": "3", "plumb.dev/sync-wave": "1"], wave: 1, policies: [.beforeHookCreation]),
        HookCase(
            annotations: ["helm.sh/hook-delete-policy": "hook-succeeded, hook-failed"], wave: 0,
            policies: [.hookSucceeded, .hookFailed]),
        HookCase(annotations: ["helm.sh/hook-delete-policy": "never"], wave: 0, policies: [.beforeHookCreation]),
    ])
    func ofHelmsHooks(_ test: HookCase) throws {
        let annotations = test.annotations.merging(["helm.sh/hook": "pre-install"]) { $1 }.mapValues { Value.string($0) }
        let options = try ResourceOptionsReader.options(of: manifest(annotations: annotations))
        #expect(options.hooks == [.preSync] && options.wave == test.wave && options.hookDeletePolicies == test.policies)
    }

    @Test func argosHookRulesOverHelms() throws {
        let options = try ResourceOptionsReader.options(
            of: manifest(annotations: ["helm.sh/hook": "pre-install", "argocd.argoproj.io/hook": "PostSync"]))
        #expect(options.hooks == [.postSync])
    }

    @Test func plumbsOwnSpellingRulesOverAnAlias() throws {
        let options = try ResourceOptionsReader.options(
            of: manifest(annotations: [
                "argocd.argoproj.io/hook": "PreSync", "plumb.dev/hook": "PostSync", "argocd.argoproj.io/sync-wave": "1",
                "plumb.dev/sync-wave": "2",
            ]))
        #expect(options.hooks == [.postSync])
        #expect(options.wave == 2)
    }

    @Test func fluxReadsItsSettingsFromLabelsToo() throws {
        let manifest = Manifest(
            value: ["metadata": ["labels": ["kustomize.toolkit.fluxcd.io/prune": "disabled", "plumb.dev/prune": "x"]]],
            origin: Origin(file: "all.yaml"))
        #expect(try ResourceOptionsReader.options(of: manifest).prune == false)
    }

    private func manifest(annotations: [String: Value]) -> Manifest {
        let notes = Object(annotations.map { ($0, $1) })
        return Manifest(value: ["metadata": ["annotations": .object(notes)]], origin: Origin(file: "all.yaml", line: 7))
    }
}
