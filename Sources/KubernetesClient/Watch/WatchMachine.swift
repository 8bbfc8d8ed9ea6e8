package import Manifests
package import Model

/// The rules of a watch without its wires: what to ask the server for next, and what its answers mean.
///
/// List, then watch from the list's resourceVersion on; bookmarks move that on without an event. When a watch ends or breaks, go
/// on from the last version; when the server has forgotten that version (410), list again. (The scheme of client-go's reflector.)
package struct WatchMachine: Sendable {
    package enum Action: Sendable, Hashable {
        case list
        case watch(resourceVersion: String)
    }

    /// What to do next.
    package private(set) var action: Action
    /// How long to wait before; the driver spreads it by chance.
    package private(set) var delay = Duration.zero
    private let resource: APIResource
    private var failures = 0
    private var isInterrupted = false

    /// A watch that lived this long was healthy, even if nothing happened in it.
    private static let healthy = Duration.seconds(10)

    /// - Parameter resourceVersion: Of a list that the caller has already; nil to begin with a list.
    package init(resource: APIResource, resourceVersion: String? = nil) {
        self.resource = resource
        action = resourceVersion.map { .watch(resourceVersion: $0) } ?? .list
    }

    /// A list of this version came.
    package mutating func listed(_ version: String) {
        // Without a version there is nothing to go on from; the next list is all that can be had.
        if version.isEmpty {
            _ = failed(PlumbError(.unsupported, "\(resource.plural) \(resource.apiVersion) have no versions to watch from."))
        } else {
            action = .watch(resourceVersion: version)
            delay = wait
        }
        isInterrupted = false
    }

    /// The server has begun to answer a watch. Returns whether that ends an interruption.
    package mutating func opened() -> Bool {
        defer { isInterrupted = false }
        return isInterrupted
    }

    /// One frame of a watch: nil for a bookmark. Throws the server's error that a frame may carry, for `failed`.
    package mutating func received(_ frame: Value) throws -> WatchEvent<Value>? {
        let type = frame["type"]?.string ?? ""
        guard var object = frame["object"], object.object != nil else { throw unusable("a frame holds no object") }
        if type == "ERROR" { throw KubernetesError(status: object, request: "WATCH \(resource.plural) \(resource.apiVersion)") }
        guard let version = object.at("metadata", "resourceVersion")?.string, !version.isEmpty else {
            throw unusable("an object has no resourceVersion")
        }
        guard ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"].contains(type) else { throw unusable("a frame of type \(type.quoted)") }
        action = .watch(resourceVersion: version)
        failures = 0
        if type == "BOOKMARK" { return nil }
        object["apiVersion"] = .string(resource.apiVersion)
        object["kind"] = .string(resource.kind)
        return type == "DELETED" ? .deleted(object) : .changed(object)
    }

    /// The server ended the watch, as it does every few minutes.
    package mutating func ended(after life: Duration) {
        if life >= Self.healthy { failures = 0 } else { failures += 1 }
        delay = wait
    }

    /// A list or watch failed.
    ///
    /// - Returns: Why there is no news for now; nil where that is a part of the scheme.
    package mutating func failed(_ error: any Error) -> PlumbError? {
        failures += 1
        delay = wait
        if let error = error as? KubernetesError {
            if error.isExpired {
                action = .list
                return nil
            }
            delay = max(delay, error.retryAfter ?? .zero)
            isInterrupted = true
            return error.plumbError
        }
        isInterrupted = true
        return error as? PlumbError ?? PlumbError(.failed, "The watch of \(resource.plural) failed.")
    }

    /// The first failure costs no time: most are a connection that had its day.
    private var wait: Duration {
        guard failures > 1 else { return .zero }
        return min(.milliseconds(500) * (1 << min(failures - 2, 10)), .seconds(30))
    }

    private func unusable(_ why: String) -> PlumbError {
        PlumbError(.failed, "The watch of \(resource.plural) \(resource.apiVersion) cannot be used: \(why).")
    }
}
