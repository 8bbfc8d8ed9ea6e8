import KubernetesClient
import Logging
import Manifests
import Model

extension LiveCluster {
    /// Why a kind is no longer followed.
    private enum FollowEnd: Error {
        case refused(PlumbError)
        /// The server does not serve it any more.
        case gone
        case idle
    }

    /// Until the kind goes, or the server does not let it be followed.
    func follow(_ resource: APIResource) async {
        let id = KindID(resource)
        let isDefinition = Self.definitions.contains { $0.group == resource.group && $0.kind == resource.kind }
        let end = await first(
            {
                try await client.watch(
                    resource, namespace: nil, labelSelector: Marks.application, item: StoredObject.init
                ) { event in
                    try Self.check(event)
                    view.tell(id, marked: event)
                }
            },
            {
                try await client.watch(resource, namespace: nil, metadataOnly: true, item: Existence.init) { event in
                    try Self.check(event)
                    if isDefinition { await tellDefinitions(event) }
                    view.tell(id, existing: event)
                }
            })
        switch end {
        case .gone:
            await facts.definitionsChanged()
            view.drop(id, isNews: true)
        case .refused(let error):
            view.refuse(id, error)
            await sitOut(resource, error)
            view.drop(id, isNews: false)
        case .idle, nil: break
        }
    }

    private func tellDefinitions(_ event: WatchEvent<Existence>) async {
        switch event {
        case .listed: await facts.trustDiscovery()
        case .changed, .deleted: await facts.definitionsChanged()
        case .interrupted, .resumed: return
        }
        // Whoever has looked for a kind in vain may find it now.
        if await facts.takeMisses() { view.tellEverything() }
    }

    private func sitOut(_ resource: APIResource, _ error: PlumbError) async {
        let refusals = await facts.countRefusal(of: KindID(resource))
        if refusals == 1 {
            logger.warning(
                "A kind cannot be followed, and is read again and again instead.",
                metadata: ["cluster": "\(place)", "kind": "\(resource.kind) \(resource.apiVersion)", "error": "\(error)"])
        }
        // Cancelled or not, what comes next is the same.
        try? await Task.sleep(for: min(.seconds(30) * (1 << min(refusals - 1, 5)), .seconds(600)))
    }

    /// As long as some workload is not well.
    func followPods() async {
        let end = await first(
            {
                try await client.watch(.pods, namespace: nil, item: PodState.init) { event in
                    try Self.check(event)
                    view.tell(pods: event)
                }
            },
            {
                repeat { try await Task.sleep(for: .seconds(30)) } while !view.arePodsIdle
                throw FollowEnd.idle
            })
        if case .refused = end { view.endPods(.refused) } else { view.endPods(.idle) }
    }

    /// Runs both until one ends; nil where that is because this task was cancelled.
    private func first(
        _ one: @escaping @Sendable () async throws -> Void, _ other: @escaping @Sendable () async throws -> Void
    ) async -> FollowEnd? {
        await withTaskGroup(of: FollowEnd?.self) { group in
            for body in [one, other] {
                group.addTask {
                    do { try await body() } catch { return error as? FollowEnd }
                    return nil
                }
            }
            let end = await group.next() ?? nil
            group.cancelAll()
            return end
        }
    }

    private static func check<Item>(_ event: WatchEvent<Item>) throws {
        guard case .interrupted(let error) = event else { return }
        if error.code == .denied { throw FollowEnd.refused(error) }
        if error.code == .notFound { throw FollowEnd.gone }
    }
}
