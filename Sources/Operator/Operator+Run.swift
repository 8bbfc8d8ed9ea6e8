import Engine
import Logging
import Model
import PlumbTarget
import Sources
import Store

extension Operator {
    /// Runs until the task is cancelled, and then until what is under way has ended in order: leases are given back.
    ///
    /// Throws what keeps the operator from starting: a store that cannot be read.
    package func run() async throws {
        try await recall()
        await withDiscardingTaskGroup { group in
            for target in targets.values { group.addTask { await self.watch(target) } }
            group.addTask { await self.takeReports() }
            group.addTask { await self.followRoot() }
            group.addTask { await self.keepHouse() }
            while !Task.isCancelled {
                while let work = nextWork() { group.addTask { await self.carryOut(work) } }
                await wake.wait(until: queue.nextMoment(now: .now))
            }
            group.cancelAll()
        }
        reporting.finish()
        listeners.finish()
        await sources.close()
    }

    /// What was known before this process: suspended applications, operations that were cut short.
    private func recall() async throws {
        for (name, state) in try await store.states() {
            do {
                let memory = try ApplicationMachine.Memory(value: state)
                records[name] = Record(name: name, declared: nil, target: "", memory: memory)
            } catch {
                logger.error(
                    "What was remembered of an application cannot be read and is left out.",
                    metadata: ["application": "\(name)", "error": "\(error)"])
            }
        }
        if let mode = try await store.fact("root.mode") { root.mode = RootState.Mode(rawValue: mode) }
        guard root.mode == .objects else { return }
        // What was declared last is looked after also while the repository cannot be read.
        let identity = ApplicationIdentity(installation: try await catalog.installation(), name: RootState.name)
        if let synced = try await catalog.inventory(of: identity)?.synced { root.revision = try? Revision(synced.revision) }
        try await readCatalog()
    }

    private func takeReports() async {
        for await case .repository(let key, let state) in reports { await took(state, of: key) }
    }

    /// A repository that cannot even be opened (a missing secret, a mistyped URL) is tried again, and said to be so.
    private func followRoot() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                _ = try await sources.follower(root.key, interval: settings.interval, name: root.key.url, user: RootState.name)
                root.error = nil
                // From what the follower remembers; its first look brings the rest.
                await tookRoot()
                enqueue(RootState.name, .start, .revision)
                return
            } catch {
                failures += 1
                root.error = "\(error)"
                logger.error("The repository cannot be opened.", metadata: ["repository": "\(root.key.url)", "error": "\(error)"])
                try? await Task.sleep(for: RetrySchedule.delay(afterFailures: failures, SyncPolicy.Retry()))
            }
        }
    }

    /// Keeps the store bounded, and the numbers of the metrics right.
    private func keepHouse() async {
        var turn = 0
        while !Task.isCancelled {
            if turn % 240 == 0 {
                do { try await store.prune(now: WallClock.milliseconds / 1000) } catch {
                    logger.error("The store was not pruned.", metadata: ["error": "\(error)"])
                }
            }
            // A pipeline or a person may have released or deleted one.
            if turn % 4 == 3 { await findOrphans() }
            turn += 1
            measure()
            try? await Task.sleep(for: .seconds(15))
        }
    }

    private func measure() {
        var counts: [[String]: Int] = [:]
        for record in records.values {
            let status = status(of: record)
            counts[[status.sync.rawValue, status.health.status.rawValue], default: 0] += 1
        }
        metrics.applications(counts)
        metrics.queued(queue.count)
    }

    // MARK: Work

    func enqueue(
        _ name: String, _ cause: OperationRecord.Cause, _ priority: WorkQueue.Priority, after delay: Duration? = nil,
        looks: Bool? = nil
    ) {
        queue.add(WorkQueue.Work(name: name, cause: cause, priority: priority, looks: looks), notBefore: delay.map { .now + $0 })
        wake.raise()
    }

    private func nextWork() -> WorkQueue.Work? {
        guard !Task.isCancelled, workGate.tryEnter() else { return nil }
        guard let work = queue.next(now: .now) else {
            workGate.leave()
            return nil
        }
        return work
    }

    private func carryOut(_ work: WorkQueue.Work) async {
        let (gate, wake) = (workGate, wake)
        let slot = WorkSlot(
            enter: { try await gate.enter() },
            leave: {
                gate.leave()
                wake.raise()
            })
        if work.name == RootState.recognition {
            await tookRoot()
        } else if let hold = target(of: work.name).flatMap(foreignHold) {
            await standStill(work.name, hold)
        } else if records[work.name]?.isLeaving ?? false {
            await remove(work.name)
        } else if let job = await job(for: work, slot) {
            let reconciler = Reconciler(
                holder: holder, logger: logger, cache: cache, charts: charts, plugins: settings.plugins,
                concurrency: settings.writes, remoteTrees: settings.remoteTrees,
                began: { await self.began($0, $1, $2, isHeld: $3) })
            let result = await reconciler.run(job)
            await ended(work, job, result)
        }
        slot.giveBack()
        queue.finished(work.name)
        wake.raise()
    }
}
