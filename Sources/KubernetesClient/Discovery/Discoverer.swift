import Manifests
import Model

/// Asks a server what it serves: two requests where it has aggregated discovery (from 1.26 on), else one for each version
/// of each group.
struct Discoverer {
    let client: KubernetesClient

    private static let concurrency = 16

    func run() async throws -> Discovery {
        async let core = root("/api")
        async let groups = root("/apis")
        let answers = try await [core, groups]
        var found = DiscoveredParts()
        var versions: [GroupVersion] = []
        for answer in answers {
            switch answer["kind"]?.string {
            case "APIGroupDiscoveryList": found.append(AggregatedDiscovery.read(answer))
            case "APIVersions": versions += LegacyDiscovery.coreVersions(answer)
            case "APIGroupList": versions += LegacyDiscovery.groupVersions(answer)
            default:
                throw PlumbError(
                    .failed, "The server at \(client.configuration.server) does not say which kinds it serves.",
                    remedy: "Check that the address is that of a Kubernetes API server.")
            }
        }
        for part in try await parts(of: versions) { found.append(part) }
        return Discovery(resources: found.resources, failures: found.failures)
    }

    /// The newest form that the server knows; older servers skip the forms they do not know.
    private func root(_ path: String) async throws -> Value {
        var request = APIRequest(method: .get, path: path, summary: "GET \(path)")
        request.accept =
            ["v2", "v2beta1"].map { "application/json;g=apidiscovery.k8s.io;v=\($0);as=APIGroupDiscoveryList," }.joined()
            + "application/json"
        return try await client.send(request)
    }

    private func parts(of versions: [GroupVersion]) async throws -> [DiscoveredParts] {
        try await withThrowingTaskGroup(of: (Int, DiscoveredParts).self) { tasks in
            var parts: [DiscoveredParts] = Array(repeating: DiscoveredParts(), count: versions.count)
            for (index, version) in versions.enumerated() {
                if index >= Self.concurrency, let (done, part) = try await tasks.next() { parts[done] = part }
                tasks.addTask { (index, try await part(of: version)) }
            }
            for try await (done, part) in tasks { parts[done] = part }
            return parts
        }
    }

    /// A group behind a dead API service answers 503 or not at all; that is no reason to do without all the others.
    private func part(of version: GroupVersion) async throws -> DiscoveredParts {
        do {
            let list = try await client.send(APIRequest(method: .get, path: version.path, summary: "GET \(version.path)"))
            return LegacyDiscovery.read(list, of: version)
        } catch let error as KubernetesError where !version.group.isEmpty && !error.isUnauthorized {
            // Between the two requests the last kind of the version was removed.
            if error.isNotFound { return DiscoveredParts() }
            return DiscoveredParts(failures: [version.group: error.description])
        } catch let error as PlumbError where !version.group.isEmpty && error.code == .timedOut {
            return DiscoveredParts(failures: [version.group: error.message])
        }
    }
}

/// What one answer adds.
struct DiscoveredParts: Sendable {
    var resources: [APIResource] = []
    var failures: [String: String] = [:]

    mutating func append(_ other: DiscoveredParts) {
        resources += other.resources
        failures.merge(other.failures) { first, _ in first }
    }
}
