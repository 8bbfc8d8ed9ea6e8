import Model
import Planning
import Testing

@Suite struct OrderTests {
    static let cases: [PlanCase] = [
        PlanCase(
            "kinds",
            [
                "create Namespace s", "create apiextensions.k8s.io/CustomResourceDefinition w.e.com", "create ServiceAccount s/a",
                "create Secret s/a", "create ConfigMap s/a", "create Service s/a", "create apps/Deployment s/a",
                "create e.com/W s/a", "create admissionregistration.k8s.io/ValidatingWebhookConfiguration a",
            ]
        ) { world in
            for text in [
                "e.com/W s/a", "admissionregistration.k8s.io/ValidatingWebhookConfiguration a", "apps/Deployment s/a",
                "Service s/a",
                "ConfigMap s/a", "Secret s/a", "ServiceAccount s/a", "apiextensions.k8s.io/CustomResourceDefinition w.e.com",
                "Namespace s",
            ] {
                world.desire(text)
            }
        },
        PlanCase("waves before kinds", ["create apps/Deployment s/a", "create ConfigMap s/b", "create ConfigMap s/c"]) {
            $0.desire("ConfigMap s/c", ["plumb.dev/sync-wave": "1"])
            $0.desire("ConfigMap s/b")
            $0.desire("apps/Deployment s/a", ["plumb.dev/sync-wave": "-1"])
        },
        PlanCase(
            "a namespace comes forward to a hook",
            ["create Namespace s", "unverified run batch/Job s/a", "unverified create ConfigMap s/c"]
        ) {
            $0.desire("Namespace s", ["plumb.dev/sync-wave": "3"])
            $0.desire("ConfigMap s/c", requires: ["Namespace s"])
            $0.desire("batch/Job s/a", ["plumb.dev/hook": "PreSync"], requires: ["Namespace s"])
        },
        PlanCase(
            "what a prerequisite needs comes with it",
            ["create ConfigMap s/a", "unverified create ConfigMap s/b", "unverified create ConfigMap s/c"]
        ) {
            $0.desire("ConfigMap s/c", requires: ["ConfigMap s/b"])
            $0.desire("ConfigMap s/b", ["plumb.dev/sync-wave": "2"], requires: ["ConfigMap s/a"])
            $0.desire("ConfigMap s/a", ["plumb.dev/sync-wave": "4"])
        },
        PlanCase(
            "a prerequisite of a later kind comes forward too",
            ["create host.plumb.dev/Process p", "unverified create host.plumb.dev/File f"]
        ) {
            $0.desire("host.plumb.dev/File f", requires: ["host.plumb.dev/Process p"])
            $0.desire("host.plumb.dev/Process p")
        },
        PlanCase(
            "a namespace that goes takes what it should hold with it",
            ["blocked create Namespace s", "blocked create ConfigMap s/c"]
        ) {
            $0.desire("Namespace s")
            $0.live("Namespace s", terminating: true)
            $0.desire("ConfigMap s/c", requires: ["Namespace s"])
        },
        PlanCase("a namespace that waits for adoption is there", ["held adopt Namespace s", "create ConfigMap s/c"]) {
            $0.desire("Namespace s")
            $0.live("Namespace s", owner: .nobody(by: "kubectl"))
            $0.desire("ConfigMap s/c", requires: ["Namespace s"])
        },
        PlanCase("what a changed definition defines cannot be rehearsed", ["update V v", "unverified create W s/a"]) {
            $0.input.desired.append(desired("V v", provides: ["W"]))
            $0.live("V v", difference: .changed([]))
            $0.desire("W s/a", requires: ["V v"])
        },
        PlanCase("nor what is in a namespace that a hook makes", ["run Namespace s", "unverified create ConfigMap s/c"]) {
            $0.desire("Namespace s", ["plumb.dev/hook": "PreSync"])
            $0.desire("ConfigMap s/c", requires: ["Namespace s"])
        },
    ]

    @Test(arguments: cases) func orders(_ test: PlanCase) throws {
        #expect(try test.plan().lines == test.expected)
    }
}
