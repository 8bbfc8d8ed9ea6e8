import Foundation
import Model
import Rendering
import Synchronization
import Testing

struct RenderThreadTests {
    private final class Ended: Sendable { let count = Atomic(0) }

    @Test func chartsThatComputeForLongStopNobodyElse() async throws {
        let endless = try MemoryTree([
            "Chart.yaml": "{apiVersion: v2, name: endless, version: 1.0.0}", "templates/a.yaml": "{{ range 9000000000 }}{{ end }}",
        ])
        let other = try MemoryTree(["a.yaml": CacheCase.manifest("a")])
        let (begun, hasBegun) = AsyncStream<Void>.makeStream()
        let ended = Ended()
        // One more than there are threads that tasks share.
        let renderings = (0...ProcessInfo.processInfo.activeProcessorCount).map { number in
            Task {
                defer { ended.count.add(1, ordering: .relaxed) }
                let cache = RenderCache()
                var context = RenderContext(release: "r\(number)")
                context.capabilities = {
                    hasBegun.yield()
                    return nil
                }
                _ = try await cache.manifests(of: Application.Source(), in: endless, context: context)
            }
        }
        var iterator = begun.makeAsyncIterator()
        for _ in renderings { await iterator.next() }
        let manifests = try await RenderCache().manifests(of: Application.Source(), in: other).manifests
        #expect(manifests.count == 1)
        #expect(ended.count.load(ordering: .relaxed) == 0)
        for rendering in renderings {
            rendering.cancel()
            await #expect(throws: CancellationError.self) { try await rendering.value }
        }
    }
}
