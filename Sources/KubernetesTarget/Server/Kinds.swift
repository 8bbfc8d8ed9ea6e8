import KubernetesClient
import Model

extension KubernetesTarget {
    /// The resource to write a manifest of this version and kind to. Reads discovery once more when it is not known: a
    /// definition may have been added since.
    ///
    /// Throws `notFound` where the server does not serve it, `unreachable` where its group did not answer.
    func resource(apiVersion: String, kind: String) async throws -> APIResource {
        var kinds = try await facts.kinds()
        if let found = kinds.discovery.resource(apiVersion: apiVersion, kind: kind) { return found }
        kinds = try await facts.kinds(newerThan: kinds)
        if let found = kinds.discovery.resource(apiVersion: apiVersion, kind: kind) { return found }
        let group = apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
        try Self.requireAnswer(of: group, in: kinds.discovery)
        throw PlumbError(.notFound, "The server \(client.configuration.server) does not serve \(kind) in \(apiVersion).")
    }

    /// The resource to look for objects of this kind at, or nil where the server has no such kind.
    ///
    /// Throws `unreachable` where the group did not answer: what cannot be asked is not known to be absent.
    func resource(group: String, kind: String) async throws -> APIResource? {
        let kinds = try await facts.kinds()
        if let found = kinds.discovery.preferred(group: group, kind: kind) { return found }
        let fresh = try await facts.kinds(newerThan: kinds)
        if let found = fresh.discovery.preferred(group: group, kind: kind) { return found }
        try Self.requireAnswer(of: group, in: fresh.discovery)
        return nil
    }

    static func requireAnswer(of group: String, in discovery: Discovery) throws {
        guard let reason = discovery.failures[group] else { return }
        throw PlumbError(
            .unreachable, "The server does not say which kinds the group \(group.isEmpty ? "core" : group) has: \(reason)",
            remedy: "Check the APIService of that group: kubectl get apiservices.")
    }
}
