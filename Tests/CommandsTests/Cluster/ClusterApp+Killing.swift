import TestSupport

extension ClusterApp {
    /// Runs `plumb` with what `arguments` makes of this application, kills it with `kill -9` before its write of that number goes
    /// out, and then does `again`, both through one proxy.
    /// - Returns: the writes of both, in their order.
    func killed(
        before write: Int, running arguments: @escaping @Sendable (ClusterApp) -> [String],
        then again: @escaping @Sendable (ClusterApp) async throws -> Void
    ) async throws -> [KubeProxy.Write] {
        let (stuck, isStuck) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        return try await KubeProxy.with(before: server) { request in
            // The number goes on counting in the run after it, so this is met once.
            guard request.write == write else { return .pass }
            isStuck.finish()
            return .stopBefore
        } _: { proxy in
            let disturbed = try through(proxy)
            let process = try await PlumbBinary.start(arguments(disturbed), directory: directory)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in stuck {} }
                group.addTask { _ = try await process.wait() }
                try await group.next()
                await process.kill()
                isStuck.finish()
                group.cancelAll()
            }
            try await again(disturbed)
            return proxy.writes
        }
    }
}
