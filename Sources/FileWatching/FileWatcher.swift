/// Tells what changes at paths of this machine's file systems.
package enum FileWatcher {
    package enum Change: Sendable, Equatable {
        /// Of the watched paths, as they were given, or direct entries of watched directories.
        case paths(Set<String>)
        /// Watching has just begun, or too much happened at once: look at all of them.
        case everything
    }

    /// Tells what changed at `paths`, until the task is cancelled; then it returns.
    ///
    /// The paths are absolute: files, or directories with their direct entries. Content, mode, owner, and coming and going
    /// count. Whatever does not exist yet is noticed when it comes, also when its parents come; symlinks are followed, and a
    /// link that comes to lead elsewhere is a change. A directory that something else is mounted over is not.
    ///
    /// Starts with `everything` once the watches are in place, so that nothing between looking and watching is missed. A burst
    /// is one change, and what happens while `report` runs comes with the next one.
    ///
    /// Throws `limit` where the system permits no more watches, and says which setting rules it.
    package static func watch(paths: [String], _ report: @escaping @Sendable (Change) async -> Void) async throws {
        try await watch(
            paths: AsyncStream {
                $0.yield(paths); $0.finish()
            }, report)
    }

    /// The same where the paths change while it runs: each element of `paths` replaces the set, and after it what is new in the
    /// set is told once. The last set stays after the end of the stream.
    package static func watch(paths: AsyncStream<[String]>, _ report: @escaping @Sendable (Change) async -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (watched, continuation) = AsyncStream.makeStream(of: [WatchedPath].self, bufferingPolicy: .bufferingNewest(1))
            group.addTask {
                for await set in paths { continuation.yield(set.map { WatchedPath($0, .entries) }) }
                continuation.finish()
            }
            group.addTask { try await watch(watched, report) }
            for try await _ in group {}
        }
    }

    /// The same with how much of each path is to be told.
    package static func watch(_ paths: AsyncStream<[WatchedPath]>, _ report: @escaping @Sendable (Change) async -> Void)
        async throws
    {
        #if os(Linux)
            try await watch(paths, makingNotifier: { try InotifyNotifier(changes: $0) }, report)
        #else
            try await watch(paths, makingNotifier: { PollingNotifier(changes: $0) }, report)
        #endif
    }

    /// How long a burst is collected before it is told; it bounds how often `report` is called.
    private static let pause = Duration.milliseconds(10)

    static func watch(
        _ paths: AsyncStream<[WatchedPath]>, makingNotifier: (PendingChanges) throws -> any Notifier,
        _ report: @escaping @Sendable (Change) async -> Void
    ) async throws {
        let changes = PendingChanges()
        let notifier = try makingNotifier(changes)
        let result: Result<Void, any Error>
        do {
            try await run(notifier, changes, paths, report)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await notifier.close()
        do { try result.get() } catch is CancellationError {}
    }

    private static func run(
        _ notifier: any Notifier, _ changes: PendingChanges, _ paths: AsyncStream<[WatchedPath]>,
        _ report: @escaping @Sendable (Change) async -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await set in paths {
                    for path in set { try path.check() }
                    try await notifier.replace(set)
                }
            }
            group.addTask {
                for await _ in changes.signals {
                    try await Task.sleep(for: pause)
                    if let change = try changes.take() { await report(change) }
                }
            }
            // The first error ends it; that the stream of paths has ended does not.
            for try await _ in group {}
        }
    }
}

/// What notices that something changed, and puts it into the `PendingChanges` that it was made with.
protocol Notifier: Sendable {
    /// Watches these paths, all absolute, and no others; the new ones count as changed once they are watched.
    func replace(_ paths: [WatchedPath]) async throws
    /// Ends it, and returns when it has given everything back.
    func close() async
}
