import KubernetesClient
import Manifests
package import Model

extension KubernetesTarget {
    package func health(of keys: Set<ResourceKey>) async throws -> [ResourceKey: Health] {
        let live = try await live(keys)
        let found = try await Bounded.map(Array(live)) { ($0.key, try await health(of: $0.value, $0.key)) }
        let missing = keys.subtracting(live.keys).map { ($0, Health(.missing, "It does not exist.")) }
        return Dictionary(found + missing) { first, _ in first }
    }

    package func hookProgress(_ key: ResourceKey) async throws -> HookProgress? {
        guard let live = try await live([key])[key] else { return nil }
        let health = HealthRules.health(of: live, key)
        switch health.status {
        case .healthy: return .succeeded
        case .degraded: return .failed(health.message ?? "It failed.")
        default:
            let message = try await self.health(of: live, key).message
            // Only a Pod in trouble says another thing than the Job itself.
            guard message != health.message else { return .running(message) }
            return try await hasBegun(live, key) ? .running(message) : .pending(message)
        }
    }

    /// Whether any container of its Pods has ever started; what cannot be seen may have.
    private func hasBegun(_ live: Value, _ key: ResourceKey) async throws -> Bool {
        guard let selector = PodSelector(live, key) else { return true }
        do {
            let pods = try await client.list(.pods, namespace: key.namespace, labelSelector: selector.text)
            return pods.items.isEmpty || pods.items.contains { PodHealth.hasStarted(Live($0)) }
        } catch let error as KubernetesError where error.isForbidden {
            return true
        }
    }

    package func isUsable(_ desired: DesiredObject) async throws -> Bool {
        let key = desired.key
        switch (key.group, key.kind) {
        case ("", "Namespace"):
            guard let live = try await live([key])[key] else { return false }
            return !live.isTerminating && live.at("status", "phase")?.string ?? "Active" == "Active"
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            guard let live = try await live([key])[key], Live(live).isTrue("Established") else { return false }
            return try await isServed(desired)
        default:
            return true
        }
    }

    /// Established is what the definition says; the server takes a moment longer to serve the kind.
    private func isServed(_ definition: DesiredObject) async throws -> Bool {
        guard let definition = try CustomDefinition(definition.manifest) else { return true }
        let kinds = try await facts.kinds()
        func serves(_ kinds: ServerFacts.Kinds) -> Bool {
            definition.apiVersions.allSatisfy { kinds.discovery.resource(apiVersion: $0, kind: definition.kind) != nil }
        }
        if serves(kinds) { return true }
        return serves(try await facts.kinds(newerThan: kinds))
    }

    /// The health of one live object; of a workload on its way, with what holds its worst Pod up.
    func health(of live: Value, _ key: ResourceKey) async throws -> Health {
        let health = HealthRules.health(of: live, key)
        guard let selector = PodSelector(live, key) else { return health }
        guard health.status == .progressing, !live.isTerminating else {
            cluster.view.forgetPods(of: key)
            return health
        }
        let reason: String?
        switch try await cluster.view.podReason(of: key, selector) {
        case .reason(let known): reason = known
        case .unknown: reason = try await listedReason(key, selector)
        }
        return reason.map { Health(.progressing, $0) } ?? health
    }

    private func listedReason(_ key: ResourceKey, _ selector: PodSelector) async throws -> String? {
        do {
            let pods = try await client.list(.pods, namespace: key.namespace, labelSelector: selector.text, item: PodState.init)
            return PodState.reason(of: pods.items)
        } catch let error as KubernetesError where error.isForbidden {
            // The reason is a help, and not worth the answer.
            return nil
        } catch {
            throw ServerErrors.plain(error)
        }
    }
}
