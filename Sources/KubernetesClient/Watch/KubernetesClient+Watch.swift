import Manifests
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
    package func watch(
        _ resource: APIResource, namespace: String?, labelSelector: String? = nil, metadataOnly: Bool = false,
        from resourceVersion: String? = nil, _ handle: (WatchEvent) async throws -> Void
    ) async throws {
        var machine = WatchMachine(resource: resource, resourceVersion: resourceVersion)
        while true {
            try await Task.sleep(for: machine.delay * Double.random(in: 0.5...1))
            let start = ContinuousClock.now
            do {
                switch machine.action {
                case .list:
                    let list = try await list(
                        resource, namespace: namespace, labelSelector: labelSelector, metadataOnly: metadataOnly)
                    try await Self.pass(machine.listed(list), to: handle)
                case .watch(let version):
                    let request = try watchRequest(resource, namespace, labelSelector, metadataOnly, version)
                    try await connection.stream(request, as: impersonation) { frame in
                        if let event = try machine.received(frame) { try await Self.pass(event, to: handle) }
                    }
                    machine.ended(after: ContinuousClock.now - start)
                }
            } catch let failure as HandlerFailure {
                throw failure.error
            } catch {
                try Task.checkCancellation()
                if error is CancellationError { throw error }
                if let event = machine.failed(error) { try await handle(event) }
            }
        }
    }

    /// An error of the caller's own, which ends the watch.
    private struct HandlerFailure: Error {
        let error: any Error
    }

    private static func pass(_ event: WatchEvent, to handle: (WatchEvent) async throws -> Void) async throws {
        do { try await handle(event) } catch { throw HandlerFailure(error: error) }
    }

    private func watchRequest(
        _ resource: APIResource, _ namespace: String?, _ labelSelector: String?, _ metadataOnly: Bool, _ version: String
    ) throws -> APIRequest {
        let path = ResourcePath(resource: resource, namespace: namespace)
        var request = APIRequest(method: .get, path: try path.encoded(), summary: "WATCH \(path.words)")
        // Spread, so that watches which began together do not end together.
        let seconds = Double(connection.limits.watchTime.components.seconds) * Double.random(in: 0.8...1)
        request.query = [
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", version),
            ("timeoutSeconds", String(max(1, Int(seconds)))),
        ]
        if let labelSelector { request.query.append(("labelSelector", labelSelector)) }
        if metadataOnly { request.accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json" }
        return request
    }
}
