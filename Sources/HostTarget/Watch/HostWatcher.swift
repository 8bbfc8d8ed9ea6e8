import FileWatching
import Model

/// Tells which objects of a root changed. What is watched follows the inventories, whoever writes them.
actor HostWatcher {
    private let store: HostStore
    private let report: @Sendable (TargetChange) async -> Void
    private let memory = HostMemory()
    private let queue = BlockingQueue("plumb.host.watch")
    private var host: WatchedHost
    private var isInterrupted = false
    private var looked = ContinuousClock.now
    private var paths: AsyncStream<[WatchedPath]>.Continuation?

    /// Between two looks at the inventories, while they change all the time.
    private static let pause = Duration.milliseconds(100)
    /// Until watching is tried again after the system refused it.
    private static let patience = Duration.seconds(30)

    init(store: HostStore, _ report: @escaping @Sendable (TargetChange) async -> Void) {
        self.store = store
        self.report = report
        host = WatchedHost(root: store.root)
    }

    /// Returns when its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let (sets, continuation) = AsyncStream.makeStream(of: [WatchedPath].self, bufferingPolicy: .bufferingNewest(1))
            paths = continuation
            continuation.yield(Array(host.paths))
            do {
                try await FileWatcher.watch(sets) { await self.receive($0) }
            } catch {
                await interrupt(error)
                // An error of the wait is a cancellation, which ends the loop.
                try? await Task.sleep(for: Self.patience)
            }
        }
    }

    private func receive(_ change: FileWatcher.Change) async {
        switch change {
        case .everything:
            if await look() != nil, !Task.isCancelled { await recover(reporting: .everything) }
        case .paths(let changed):
            var objects = host.objects(at: changed)
            guard isInterrupted || host.isOutdated(by: changed) else { return await tell(objects) }
            guard let others = await look() else { return }
            if isInterrupted { return await recover(reporting: .everything) }
            objects.formUnion(others)
            objects.formUnion(host.objects(at: changed))
            await tell(objects)
        }
    }

    private func tell(_ objects: Set<ResourceKey>) async {
        if !objects.isEmpty { await report(.resources(objects)) }
    }

    /// Reads the inventories anew, and gives the objects that they changed; nil where they cannot be read, which is told.
    private func look() async -> Set<ResourceKey>? {
        do {
            try await Task.sleep(until: looked + Self.pause)
            looked = .now
            let new = try await queue.run { [store, memory] in try WatchedHost.load(store, memory) }
            let old = host
            host = new
            if new.paths != old.paths { paths?.yield(Array(new.paths)) }
            return new.changes(since: old)
        } catch {
            await interrupt(error)
            return nil
        }
    }

    private func interrupt(_ error: any Error) async {
        guard !(error is CancellationError) else { return }
        isInterrupted = true
        await report(.interrupted(error as? PlumbError ?? PlumbError(.failed, "\(store.root) cannot be watched: \(error).")))
    }

    private func recover(reporting change: TargetChange) async {
        if isInterrupted { await report(.resumed) }
        isInterrupted = false
        await report(change)
    }
}
