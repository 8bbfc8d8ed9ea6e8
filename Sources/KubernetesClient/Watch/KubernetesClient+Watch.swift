package import Manifests
import Model

extension KubernetesClient {
    /// Tells what there is of a kind, and from then on what changes, until the task is cancelled or `handle` throws. Whatever
    /// else goes wrong is an event, and is tried again.
    ///
    /// The next event waits until `handle` has returned: a slow handler slows the server down, and nothing piles up here.
    ///
    /// - Parameters:
    ///   - namespace: Nil for all namespaces.
    ///   - resourceVersion: Of a list that the caller has already; nil to begin with one.
    ///   - item: What to keep of an object. A list is never in memory as whole trees, but for one page.
    package func watch<Item: Sendable>(
        _ resource: APIResource, namespace: String?, labelSelector: String? = nil, fieldSelector: String? = nil,
        metadataOnly: Bool = false, from resourceVersion: String? = nil, item: @escaping @Sendable (Value) -> Item,
        _ handle: (WatchEvent<Item>) async throws -> Void
    ) async throws {
        let scope = WatchScope(
            resource: resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector,
            metadataOnly: metadataOnly)
        var machine = WatchMachine(resource: resource, resourceVersion: resourceVersion)
        while true {
            try await Task.sleep(for: machine.delay * Double.random(in: 0.5...1))
            let start = ContinuousClock.now
            do {
                switch machine.action {
                case .list:
                    let list = try await list(scope, item: item)
                    machine.listed(list.version)
                    try await Self.pass(.listed(list.items, version: list.version), to: handle)
                case .watch(let version):
                    let request = try watchRequest(scope, version)
                    try await connection.stream(request, as: impersonation) {
                        if machine.opened() { try await Self.pass(.resumed, to: handle) }
                    } receive: { frame in
                        if let event = try machine.received(frame) { try await Self.pass(event.map(item), to: handle) }
                    }
                    machine.ended(after: ContinuousClock.now - start)
                }
            } catch let failure as HandlerFailure {
                throw failure.error
            } catch {
                try Task.checkCancellation()
                if error is CancellationError { throw error }
                if let reason = machine.failed(error) { try await handle(.interrupted(reason)) }
            }
        }
    }

    /// An error of the caller's own, which ends the watch.
    private struct HandlerFailure: Error {
        let error: any Error
    }

    private static func pass<Item>(_ event: WatchEvent<Item>, to handle: (WatchEvent<Item>) async throws -> Void) async throws {
        do { try await handle(event) } catch { throw HandlerFailure(error: error) }
    }

    private func list<Item: Sendable>(
        _ scope: WatchScope, item: @escaping @Sendable (Value) -> Item
    ) async throws -> (items: [Item], version: String) {
        try await list(
            scope.resource, namespace: scope.namespace, labelSelector: scope.labelSelector, fieldSelector: scope.fieldSelector,
            metadataOnly: scope.metadataOnly, item: item)
    }

    private func watchRequest(_ scope: WatchScope, _ version: String) throws -> APIRequest {
        let path = ResourcePath(resource: scope.resource, namespace: scope.namespace)
        var request = APIRequest(method: .get, path: try path.encoded(), summary: "WATCH \(path.words)")
        // Spread, so that watches which began together do not end together.
        let seconds = Double(connection.limits.watchTime.components.seconds) * Double.random(in: 0.8...1)
        request.query = [
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", version),
            ("timeoutSeconds", String(max(1, Int(seconds)))),
        ]
        if let labels = scope.labelSelector { request.query.append(("labelSelector", labels)) }
        if let fields = scope.fieldSelector { request.query.append(("fieldSelector", fields)) }
        if scope.metadataOnly {
            request.accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"
        }
        return request
    }
}

/// Which objects a watch is about.
private struct WatchScope {
    let resource: APIResource
    let namespace: String?
    let labelSelector: String?
    let fieldSelector: String?
    let metadataOnly: Bool
}

extension WatchEvent {
    fileprivate func map<Other>(_ transform: (Item) -> Other) -> WatchEvent<Other> {
        switch self {
        case .listed(let items, let version): .listed(items.map(transform), version: version)
        case .changed(let item): .changed(transform(item))
        case .deleted(let item): .deleted(transform(item))
        case .interrupted(let error): .interrupted(error)
        case .resumed: .resumed
        }
    }
}
