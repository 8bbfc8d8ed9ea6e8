import Model
import Operator
import Testing

@Suite struct SchedulingTests {
    static let now = ContinuousClock.now

    static func work(_ name: String, _ priority: WorkQueue.Priority = .interval, _ cause: OperationRecord.Cause = .drift)
        -> WorkQueue.Work
    {
        WorkQueue.Work(name: name, cause: cause, priority: priority)
    }

    @Test func `the most urgent comes first, and among equals the first`() {
        var queue = WorkQueue()
        for work in [Self.work("a"), Self.work("b", .person), Self.work("c", .drift), Self.work("d", .person)] { queue.add(work) }
        #expect((0..<4).compactMap { _ in queue.next(now: Self.now)?.name } == ["b", "d", "c", "a"])
    }

    @Test func `requests for one application become one, and none begins while it is under way`() {
        var queue = WorkQueue()
        queue.add(Self.work("a", .drift, .drift))
        queue.add(Self.work("a", .person, .manual))
        queue.add(Self.work("a", .interval, .drift))
        #expect(queue.next(now: Self.now) == Self.work("a", .person, .manual))
        queue.add(Self.work("a", .person, .manual))
        #expect(queue.next(now: Self.now) == nil)
        queue.finished("a")
        #expect(queue.next(now: Self.now)?.name == "a")
        queue.finished("a")
        #expect(queue.next(now: Self.now) == nil)
    }

    @Test func `what waits for its time is told, and comes then`() {
        var queue = WorkQueue()
        queue.add(Self.work("a", .revision, .retry), notBefore: Self.now + .seconds(5))
        #expect(queue.next(now: Self.now) == nil)
        #expect(!queue.isWaiting("a"))
        #expect(queue.nextMoment(now: Self.now) == Self.now + .seconds(5))
        #expect(queue.next(now: Self.now + .seconds(5)) == Self.work("a", .revision, .retry))
        #expect(queue.nextMoment(now: Self.now) == nil)
    }

    @Test func `what happens meanwhile does not bring a retry forward`() {
        var queue = WorkQueue()
        queue.add(Self.work("a", .revision, .retry), notBefore: Self.now + .seconds(5))
        queue.add(Self.work("a", .drift, .drift))
        #expect(queue.next(now: Self.now) == Self.work("a", .drift, .drift))
        queue.finished("a")
        #expect(queue.next(now: Self.now) == nil)
        queue.add(Self.work("a", .drift, .drift))
        #expect(queue.next(now: Self.now + .seconds(5)) == Self.work("a", .revision, .retry))
        queue.finished("a")
        #expect(queue.next(now: Self.now + .seconds(60)) == nil)
    }

    @Test func `the same request for later is one, at the earlier time, and goes with its application`() {
        var queue = WorkQueue()
        for seconds in [60, 30, 90] { queue.add(Self.work("a"), notBefore: Self.now + .seconds(seconds)) }
        #expect(queue.nextMoment(now: Self.now) == Self.now + .seconds(30))
        queue.remove("a")
        #expect(queue.next(now: Self.now + .seconds(90)) == nil)
    }

    @Test func `drift tells what was done, from what was declared to what is there`() {
        let key = ResourceKey(group: "", kind: "ConfigMap", namespace: "x", name: "a")
        let change = FieldChange(path: "/data/a", old: "by hand", new: "declared", manager: "kubectl-edit")
        let event = SyncEvents.drift([key: [change]], of: "web", time: "t0").first
        #expect(event?.old == "declared" && event?.new == "by hand" && event?.manager == "kubectl-edit")
    }

    @Test func `a look that was asked for is not lost in a commit`() {
        var queue = WorkQueue()
        queue.add(Self.work("a", .drift, .drift))
        queue.add(Self.work("a", .revision, .revision))
        let work = queue.next(now: Self.now)
        #expect(work?.cause == .revision && work?.looks == true)
        queue.finished("a")
        queue.add(Self.work("a", .revision, .revision))
        #expect(queue.next(now: Self.now)?.looks == false)
    }

    @Test func `many begin in the order in which they came, and what came again while it was under way begins once more`() {
        var queue = WorkQueue()
        let names = (0..<1000).map { "a\($0)" }
        for name in names { queue.add(Self.work(name)) }
        #expect(names.allSatisfy { name in queue.next(now: Self.now)?.name == name })
        for name in names.reversed() { queue.add(Self.work(name)) }
        #expect(queue.next(now: Self.now) == nil)
        for name in names { queue.finished(name) }
        #expect(names.allSatisfy { name in queue.next(now: Self.now)?.name == name })
        #expect(queue.count == 0)
    }

    @Test(
        arguments: [
            (["a": ["b"], "b": ["c"], "c": ["a"]], "a", ["a", "b", "c", "a"]), (["a": ["a"]], "a", ["a", "a"]),
            (["a": ["b"], "b": ["c", "d"], "d": ["b"]], "b", ["b", "d", "b"]),
        ] as [([String: [String]], String, [String])])
    func `circles are found`(edges: [String: [String]], name: String, circle: [String]) {
        #expect(DependencyGraph(edges).cycle(through: name) == circle)
    }

    @Test func `who waits for one is known, also after it waits for another`() {
        var graph = DependencyGraph(["a": ["x", "y"], "b": ["x"]])
        #expect(graph.dependents(of: "x") == ["a", "b"])
        graph.set("a", dependsOn: ["z"])
        #expect([graph.dependents(of: "x"), graph.dependents(of: "y"), graph.dependents(of: "z")] == [["b"], [], ["a"]])
    }

    @Test func `what leads into a circle is in none`() {
        #expect(DependencyGraph(["a": ["b"], "b": ["c"], "c": ["b"]]).cycle(through: "a") == nil)
        #expect(DependencyGraph(["a": ["b", "c"], "b": ["d"], "c": ["d"]]).cycle(through: "a") == nil)
    }

    @Test func `the third revert within ten minutes makes a contest, and each further one a longer pause`() {
        var tracker = ContestTracker()
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: "x", name: "web")
        let change = FieldChange(path: "/spec/replicas", old: "5", new: "2", manager: "kube-controller")
        #expect(tracker.reverted(key, change, now: Self.now) == nil)
        #expect(tracker.reverted(key, change, now: Self.now + .seconds(30)) == nil)
        let third = tracker.reverted(key, change, now: Self.now + .seconds(60))
        #expect(third?.manager == "kube-controller")
        #expect(tracker.contest(over: key, now: Self.now + .seconds(61)) == third)
        #expect(tracker.contest(over: key, now: Self.now + .seconds(121)) == nil)
        let fourth = tracker.reverted(key, change, now: Self.now + .seconds(122))
        #expect(fourth?.until == Self.now + .seconds(242))
    }

    @Test func `three reverts over a longer time are none`() {
        var tracker = ContestTracker()
        let key = ResourceKey(group: "", kind: "ConfigMap", namespace: "x", name: "a")
        let change = FieldChange(path: "/data/a", old: "1", new: "2")
        for minute in 0..<9 { #expect(tracker.reverted(key, change, now: Self.now + .seconds(minute * 301)) == nil) }
    }

    @Test(arguments: [(1, 5), (2, 10), (3, 20), (7, 300), (1000, 300)])
    func `pauses double up to the longest`(failures: Int, seconds: Int) {
        #expect(RetrySchedule.delay(afterFailures: failures, SyncPolicy.Retry()) == .seconds(seconds))
    }
}
