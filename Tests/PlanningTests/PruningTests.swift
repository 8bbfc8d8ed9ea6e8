import Model
import Planning
import Testing

@Suite struct PruningTests {
    static let widgets = "apiextensions.k8s.io/CustomResourceDefinition widgets.example.com"

    static let cases: [PlanCase] = [
        PlanCase("no longer in the source", ["unchanged ConfigMap s/b", "delete ConfigMap s/a"]) {
            $0.applied("ConfigMap s/a")
            $0.settled("ConfigMap s/b")
        },
        PlanCase(
            "reverse order", ["unchanged ConfigMap s/z", "delete apps/Deployment s/w", "delete Secret s/s", "delete ClusterRole r"]
        ) {
            $0.settled("ConfigMap s/z")
            $0.applied("ClusterRole r", "Secret s/s", "apps/Deployment s/w")
        },
        PlanCase("reverse waves", ["unchanged ConfigMap s/z", "delete ConfigMap s/b", "delete ConfigMap s/a"]) {
            $0.settled("ConfigMap s/z")
            $0.applied("ConfigMap s/a", wave: -1)
            $0.applied("ConfigMap s/b", wave: 2)
        },
        PlanCase("pruning is off", ["kept delete ConfigMap s/a"]) {
            $0.applied("ConfigMap s/a")
            $0.input.policy.prune = false
        },
        PlanCase("pruning is disabled on the object", ["unchanged ConfigMap s/b", "kept delete ConfigMap s/a"]) {
            $0.applied("ConfigMap s/a", kept: true)
            $0.settled("ConfigMap s/b")
        },
        PlanCase("another application's now", ["unchanged ConfigMap s/b"]) {
            $0.applied("ConfigMap s/a")
            $0.live("ConfigMap s/a", owner: .other("i/default/other"))
            $0.settled("ConfigMap s/b")
        },
        PlanCase("nobody's now", ["unchanged ConfigMap s/b"]) {
            $0.applied("ConfigMap s/a")
            $0.live("ConfigMap s/a", owner: .nobody(by: nil))
            $0.settled("ConfigMap s/b")
        },
        PlanCase("another object of that name", ["unchanged ConfigMap s/b"]) {
            $0.applied("ConfigMap s/a")
            $0.live("ConfigMap s/a", uid: "another")
            $0.settled("ConfigMap s/b")
        },
        PlanCase("gone already", ["unchanged ConfigMap s/b"]) {
            $0.remember("ConfigMap s/a")
            $0.settled("ConfigMap s/b")
        },
        PlanCase("being deleted already", ["unchanged ConfigMap s/b"]) {
            $0.remember("ConfigMap s/a", state: .deleting)
            $0.live("ConfigMap s/a", terminating: true)
            $0.settled("ConfigMap s/b")
        },
        PlanCase("never in the inventory", ["unchanged ConfigMap s/b"]) {
            $0.live("ConfigMap s/a")
            $0.settled("ConfigMap s/b")
        },
        PlanCase("moved to another group, the same object", ["unchanged networking.k8s.io/Ingress s/i"]) {
            $0.remember("extensions/Ingress s/i", uid: "1")
            $0.live("extensions/Ingress s/i", uid: "1")
            $0.desire("networking.k8s.io/Ingress s/i")
            $0.live("networking.k8s.io/Ingress s/i", uid: "1")
        },
        PlanCase("a namespace with desired objects", ["unchanged ConfigMap s/b", "blocked delete Namespace s"]) {
            $0.applied("Namespace s")
            $0.settled("ConfigMap s/b")
        },
        PlanCase(
            "a namespace with a kept object",
            ["unchanged ConfigMap t/b", "kept delete ConfigMap s/a", "blocked delete Namespace s"]
        ) {
            $0.applied("Namespace s")
            $0.applied("ConfigMap s/a", kept: true)
            $0.settled("ConfigMap t/b")
        },
        PlanCase(
            "a namespace with an object that is another application's now",
            ["unchanged ConfigMap t/b", "blocked delete Namespace s"]
        ) {
            $0.applied("Namespace s", "ConfigMap s/a")
            $0.live("ConfigMap s/a", owner: .other("i/default/other"))
            $0.settled("ConfigMap t/b")
        },
        PlanCase("a definition whose objects live", ["unchanged example.com/Widget s/w", "blocked delete \(widgets)"]) {
            $0.applied(widgets)
            $0.settled("example.com/Widget s/w")
        },
        PlanCase(
            "a definition with a kept object",
            ["unchanged ConfigMap s/b", "kept delete example.com/Widget s/w", "blocked delete \(widgets)"]
        ) {
            $0.applied(widgets)
            $0.applied("example.com/Widget s/w", kept: true)
            $0.settled("ConfigMap s/b")
        },
        PlanCase(
            "a definition whose objects go along",
            ["unchanged ConfigMap s/b", "held delete example.com/Widget s/w", "held delete \(widgets)"]
        ) {
            $0.applied(widgets, "example.com/Widget s/w")
            $0.settled("ConfigMap s/b")
        },
        PlanCase("a definition beside another of its group", ["unchanged example.com/Gadget s/g", "held delete \(widgets)"]) {
            $0.applied(widgets)
            $0.settled("example.com/Gadget s/g")
        },
    ]

    @Test(arguments: cases) func prunes(_ test: PlanCase) throws {
        #expect(try test.plan().lines == test.expected)
    }

    static let forgotten: [(name: String, isForgotten: Bool, arrange: @Sendable (inout World) -> Void)] = [
        ("gone", true, { $0.remember("ConfigMap s/a") }),
        (
            "another application's", true,
            {
                $0.applied("ConfigMap s/a"); $0.live("ConfigMap s/a", owner: .other("o"))
            }
        ),
        (
            "another object", true,
            {
                $0.applied("ConfigMap s/a"); $0.live("ConfigMap s/a", uid: "x")
            }
        ),
        ("still there", false, { $0.applied("ConfigMap s/a") }),
        ("kept", false, { $0.applied("ConfigMap s/a", kept: true) }),
        (
            "still going", false,
            {
                $0.remember("ConfigMap s/a", state: .deleting); $0.live("ConfigMap s/a", terminating: true)
            }
        ),
        (
            "desired and gone", false,
            {
                $0.desire("ConfigMap s/a"); $0.remember("ConfigMap s/a")
            }
        ),
    ]

    @Test(arguments: forgotten)
    func forgets(_ name: String, isForgotten: Bool, arrange: @Sendable (inout World) -> Void) throws {
        var world = World()
        arrange(&world)
        #expect(try world.plan().forgotten.keys.contains(key("ConfigMap s/a")) == isForgotten)
    }

    @Test func anObjectMovesToAnotherApplicationThatTakesItFirst() throws {
        var taker = World()
        taker.desire("ConfigMap s/a")
        taker.live("ConfigMap s/a", owner: .other("i/default/giver"))
        #expect(try taker.plan().lines == ["held adopt ConfigMap s/a"])
        taker.input.approval = try taker.plan().digest
        #expect(try taker.plan().lines == ["adopt ConfigMap s/a"])

        var giver = World()
        giver.settled("ConfigMap s/b")
        giver.applied("ConfigMap s/a")
        giver.live("ConfigMap s/a", owner: .other("i/default/taker"))
        let plan = try giver.plan()
        #expect(plan.lines == ["unchanged ConfigMap s/b"])
        #expect(plan.forgotten[key("ConfigMap s/a")]?.contains("the application default/taker now") == true)
    }

    @Test func anObjectMovesToAnotherApplicationAfterItWasGivenUp() throws {
        var giver = World()
        giver.settled("ConfigMap s/b")
        giver.applied("ConfigMap s/a")
        #expect(try giver.plan().lines == ["unchanged ConfigMap s/b", "delete ConfigMap s/a"])

        var taker = World()
        taker.desire("ConfigMap s/a")
        #expect(try taker.plan().lines == ["create ConfigMap s/a"])
    }
}
