import KubernetesClient
import Logging
package import Model

extension LiveCluster {
    /// Follows the cluster until the task is cancelled, and tells what may have changed; see `Target.watch`. While it runs,
    /// what the targets observe comes from what it has seen. A second run beside the first returns at once.
    package func watch(_ report: @escaping @Sendable (TargetChange) async -> Void) async {
        guard let session = view.begin() else { return }
        await withDiscardingTaskGroup { group in
            group.addTask { await tell(session, report) }
            group.addTask { await followInventories() }
            group.addTask { await start(session) }
            for await _ in session.requests.calls {
                for request in view.takeRequests() {
                    group.addTask {
                        switch request {
                        case .kind(let resource): await follow(resource)
                        case .pods: await followPods()
                        }
                    }
                }
            }
        }
        view.end()
        await facts.stopTrusting()
    }

    private func tell(_ session: ClusterView.Session, _ report: @Sendable (TargetChange) async -> Void) async {
        for await _ in session.news.calls {
            for change in view.takeChanges() {
                if case .resumed = change { await facts.forgetIdentity() }
                await report(change)
            }
        }
    }

    private func followInventories() async {
        await untilCancelled {
            try await client.watch(
                .configMaps, namespace: inventoryNamespace, labelSelector: StoredInventory.label, item: StoredObject.init
            ) { event in
                // Another server may answer at the address by now.
                if case .listed = event { await facts.forgetIdentity() }
                view.tell(inventories: event)
            }
        }
    }

    /// Tells `everything` once kinds and inventories can be looked at.
    private func start(_ session: ClusterView.Session) async {
        await untilCancelled {
            while try await !followDefinitions() { try await Task.sleep(for: .seconds(5)) }
            while try await !session.inventoriesReady.wait(atMost: .seconds(60)) {}
            view.tellEverything()
        }
    }

    /// New kinds, and kinds that go: whoever misses one reads discovery again only after one of these has changed.
    /// Returns false where the server does not answer.
    private func followDefinitions() async throws -> Bool {
        do {
            let discovery = try await facts.kinds().discovery
            for (group, kind) in Self.definitions {
                guard let resource = discovery.preferred(group: group, kind: kind) else { continue }
                _ = try await view.follow(resource, for: [])
            }
            return true
        } catch let error as PlumbError where error.isRetryable {
            return false
        } catch let error as KubernetesError where error.isRetryable || error.isUnauthorized {
            return false
        }
    }

    static let definitions = [
        (group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"), (group: "apiregistration.k8s.io", kind: "APIService"),
    ]

    private func untilCancelled(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            logger.warning("A part of the cluster is not followed.", metadata: ["cluster": "\(place)", "error": "\(error)"])
        }
    }
}
