import Engine
import Logging
import Manifests
import Model
import Planning
import Rendering
import Sources

/// One reconcile: read the source, render, look, decide, and do what was decided.
struct Reconciler: Sendable {
    let holder: LeaseHolder
    let logger: Logger
    let cache: RenderCache
    let charts: ChartFetching?
    let plugins: PluginRendering?
    let concurrency: Int
    let remoteTrees: RemoteTrees?
    /// Called when there is something to do, before the first write; the last says whether something is held beside it.
    let began: @Sendable (OperationRecord, Rendered?, [Event], Bool) async -> Void

    func run(_ job: Job) async -> JobResult {
        let log = LiveLog()
        var result = await run(job, log)
        result.read = log.keys
        return result
    }

    private func run(_ job: Job, _ log: LiveLog) async -> JobResult {
        var stages = StageClock()
        do {
            let rendered = try await rendered(job, log, &stages)
            // Another commit that changes nothing of this application: there is nothing to look at.
            if rendered.isAsBefore, job.isSettled {
                var result = JobResult(.unconcerned)
                result.rendered = rendered
                return result
            }
            do {
                return try await reconcile(job, rendered, &stages)
            } catch {
                var result = unreadable(error)
                result.rendered = rendered
                return result
            }
        } catch {
            return unreadable(error)
        }
    }

    private func unreadable(_ error: any Error) -> JobResult {
        JobResult(.unreadable(message: error is CancellationError ? "the operator is stopping" : "\(error)"))
    }

    private func rendered(_ job: Job, _ log: LiveLog, _ stages: inout StageClock) async throws -> Rendered {
        let revision = try await job.revision()
        let context = context(job, log)
        if let rendered = job.rendered, rendered.revision == revision, await rendered.live.hold(in: context.live) {
            return rendered
        }
        let snapshot = try await job.snapshot(revision)
        stages.mark("snapshot")
        let result = try await cache.manifests(
            of: job.application.source, in: snapshot.tree, substitute: job.application.substitute, context: context)
        stages.mark("render")
        var rendered = Rendered(manifests: result.manifests, tree: snapshot.tree, revision: snapshot.revision)
        rendered.live = result.live
        rendered.release = result.release
        if let before = job.rendered, await before.isSame(as: result.manifests, in: snapshot.tree) {
            rendered.isAsBefore = true
            rendered.reads = before.reads
        }
        return rendered
    }

    /// An observer writes nothing, not even a key.
    private func context(_ job: Job, _ log: LiveLog) -> RenderContext {
        let target = job.target
        let charts = ChartContext(
            application: job.application.name, formerName: job.formerName,
            missingKey: job.circumstances.isObserver ? .makeUp {} : .make, target: { target })
        var context = charts.rendering(for: job.application, charts: self.charts)
        context.live = context.live.map { log.noting($0) }
        context.plugins = plugins
        context.remoteTrees = remoteTrees
        return context
    }

    private func reconcile(_ job: Job, _ rendered: Rendered, _ stages: inout StageClock) async throws -> JobResult {
        let engine = SyncEngine(target: job.target, holder: holder, logger: logger, concurrency: concurrency)
        let tree = RecordingTree(rendered.tree)
        var request = SyncRequest(
            application: job.application, manifests: rendered.manifests, tree: tree,
            revision: rendered.revision.description, approval: job.approval)
        request.supersession = job.supersession
        request.slot = job.slot
        request.operation = job.promised?.id ?? UUIDv7.make(milliseconds: WallClock.milliseconds)
        request.carriesOutHold = job.isRollback
        request.formerName = job.formerName
        request.release = rendered.release
        request.gate = Self.gate(job.contests)
        let planned = try await engine.draft(request)
        stages.mark("plan")

        var circumstances = job.circumstances
        circumstances.isBackingOff = circumstances.isBackingOff && job.failedDigest == planned.plan.renderedDigest
        let decision = Decision.next(planned.plan, circumstances, time: WallClock.text)
        var result: JobResult
        switch decision {
        case .settle(let hold):
            result = JobResult(.settled(planned.plan.renderedDigest, hold: hold))
            result.view = ApplicationView(planned)
        case .apply:
            var pursued = rendered
            pursued.reads = tree.record
            result = try await apply(job, engine, request, planned, pursued)
        case .repair(let hold):
            result = try await repair(job, engine, request, planned, hold)
        }
        stages.mark("apply")
        result.rendered = rendered
        result.rendered?.reads = tree.record
        result.keys = Set(planned.desired.map(\.key)).union(planned.context.inventory.entries.keys)
        if result.applied.isEmpty { result.applied = Self.applied(planned) }
        result.word = planned.context.inventory.hold
        result.timings = stages.marks
        return result
    }

    private func apply(
        _ job: Job, _ engine: SyncEngine, _ request: SyncRequest, _ planned: PlannedSync, _ rendering: Rendered?
    ) async throws -> JobResult {
        let drift = ApplicationView(planned).drift.filter { key, _ in planned.plan.due.contains { $0.key == key } }
        let operation = record(job, request, planned.plan)
        if let operation {
            let events = SyncEvents.drift(drift, of: job.application.name, time: WallClock.text)
            // A repair leaves what it is beside: it has no rendering of its own.
            await began(operation, rendering, events, rendering == nil || !planned.plan.held.isEmpty)
        }
        var result: JobResult
        do {
            let report = try await engine.apply(request, from: planned)
            result = JobResult(outcome(of: report))
            result.wrote = Set(report.plan.due.map(\.key))
            result.events = SyncEvents.events(of: report, application: job.application.name, time: WallClock.text)
            result.reverted = Self.reverted(report)
        } catch {
            let isRetried = !(error is CancellationError)
            return failed(planned, isRetried ? "\(error)" : "the operator is stopping", isRetried: isRetried)
        }
        // What is there now, and not what should be: the same look that every later reconcile takes.
        var look = request
        look.approval = nil
        do {
            let after = try await engine.draft(look)
            (result.view, result.applied) = (ApplicationView(after), Self.applied(after))
        } catch {
            // What was done is done, and recorded; the look is taken again.
            logger.debug(
                "The look after a sync failed.", metadata: ["application": "\(job.application.name)", "error": "\(error)"])
            result.isUnseen = true
        }
        if operation == nil, case .applied(let digest, let hold, _) = result.outcome {
            result.outcome = .settled(digest, hold: hold)
        }
        return result
    }

    private func repair(
        _ job: Job, _ engine: SyncEngine, _ request: SyncRequest, _ planned: PlannedSync, _ hold: Hold?
    ) async throws -> JobResult {
        var result = JobResult(.postponed(planned.plan.renderedDigest, hold: hold))
        result.view = ApplicationView(planned)
        var repair = request
        repair.scope = .repair
        // Each resource as it was last written, which need not be what the newest revision asks for.
        let desired = Dictionary(planned.desired.map { ($0.key, $0) }) { first, _ in first }
        let known = planned.context.inventory.entries.compactMap { key, entry in
            [desired[key], job.lastApplied[key]].compactMap(\.self).first { $0.digest == entry.digest }
        }
        guard !known.isEmpty else { return result }
        repair.prepared = known
        let plan = try await engine.draft(repair)
        guard !plan.plan.due.isEmpty else { return result }
        var repaired = job
        repaired.cause = .drift
        let done = try await apply(repaired, engine, repair, plan, nil)
        result.events = done.events
        result.reverted = done.reverted
        result.wrote = done.wrote
        if case .failed = done.outcome { result.outcome = done.outcome }
        // What is left is what the new revision asks for.
        result.view = ApplicationView(try await engine.draft(request))
        return result
    }

    // MARK: Parts

    /// Drift on a contested field is left alone while the contest lasts.
    private static func gate(_ contests: ContestTracker) -> @Sendable (Plan) -> Plan {
        { plan in
            var plan = plan
            let now = ContinuousClock.now
            for index in plan.operations.indices where plan.operations[index].cause == .drift && plan.operations[index].isDue {
                guard let contest = contests.contest(over: plan.operations[index].key, now: now) else { continue }
                plan.operations[index].state = .kept("\(contest.path) is contested by \(contest.manager)")
                plan.operations[index].action = .unchanged
            }
            return plan
        }
    }

    /// nil for a plan that only has to be written down.
    private func record(_ job: Job, _ request: SyncRequest, _ plan: Plan) -> OperationRecord? {
        guard !plan.due.isEmpty || !plan.blocked.isEmpty else { return nil }
        return OperationRecord(
            id: request.operation ?? "", application: job.application.name,
            cause: .of(plan, asked: job.cause, isRepair: request.scope == .repair), phase: .running,
            revision: plan.revision, renderedDigest: plan.renderedDigest, message: SyncEvents.summary(of: plan),
            startedAt: WallClock.text)
    }

    private func outcome(of report: SyncReport) -> ApplicationMachine.Outcome {
        let digest = report.plan.renderedDigest
        if report.isSuperseded { return .superseded(report.failure ?? "it was superseded") }
        if report.hasFailed { return .failed(digest, message: Self.failure(of: report), isRetried: true) }
        return .applied(
            digest, hold: Decision.approval(of: report.plan, time: WallClock.text), summary: Self.summary(of: report))
    }

    /// With what a person should know of a release that was taken over.
    private static func summary(of report: SyncReport) -> String {
        let isTakenOver = report.plan.due.contains { $0.action == .adopt && $0.cause == .release }
        let advice = isTakenOver ? report.plan.notes.suffix(1) : []
        return ([SyncEvents.summary(of: report)] + advice).joined(separator: "; ")
    }

    private static func failure(of report: SyncReport) -> String {
        if let failure = report.failure { return failure }
        for (index, operation) in report.plan.operations.enumerated() where report.statuses[index] == "failed" {
            return "\(operation.key): \(report.messages[index] ?? "it failed")"
        }
        if let blocked = report.plan.blocked.first { return "\(blocked.key): \(blocked.state.reason ?? "it is blocked")" }
        return report.messages.sorted { $0.key < $1.key }.first?.value ?? "it failed"
    }

    private func failed(_ planned: PlannedSync, _ message: String, isRetried: Bool) -> JobResult {
        var result = JobResult(.failed(planned.plan.renderedDigest, message: message, isRetried: isRetried))
        result.view = ApplicationView(planned)
        result.wrote = Set(planned.plan.due.map(\.key))
        return result
    }

    private static func reverted(_ report: SyncReport) -> [(ResourceKey, FieldChange)] {
        report.plan.operations.enumerated().flatMap { index, operation in
            operation.cause == .drift && report.statuses[index] == "done" ? operation.fields.map { (operation.key, $0) } : []
        }
    }

    /// What is there as of the manifest that is desired.
    private static func applied(_ planned: PlannedSync) -> [ResourceKey: DesiredObject] {
        var result: [ResourceKey: DesiredObject] = [:]
        for desired in planned.desired where planned.context.inventory.entries[desired.key]?.digest == desired.digest {
            result[desired.key] = desired
        }
        return result
    }
}

extension ChartContext {
    /// What a chart of this application is rendered with.
    func rendering(for application: Application, charts: ChartFetching?) -> RenderContext {
        let namespace = application.target.namespace ?? "default"
        return rendering(namespace: { namespace }, zone: { TimeZoneFiles.file($0) }, charts: charts)
    }
}
