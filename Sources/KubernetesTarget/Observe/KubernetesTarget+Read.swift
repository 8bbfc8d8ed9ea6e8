import KubernetesClient
import Manifests
import Model

extension KubernetesTarget {
    /// The live objects under these keys, each in the version that its manifest is written in.
    ///
    /// - Parameter versions: The apiVersion to read a key in; the server's preferred one where none is given.
    /// - Returns: No entry for a key without an object. A kind that the server does not have has none; a kind that it does
    ///   not answer for is an error.
    func live(_ keys: Set<ResourceKey>, versions: [ResourceKey: String] = [:]) async throws -> [ResourceKey: Value] {
        var steps: [ReadPlan.Step] = []
        for (resource, keys) in try await byResource(keys, versions) { steps += ReadPlan.steps(resource, keys) }
        let found = try await Bounded.map(steps) { try await read($0) }
        return found.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    private func byResource(
        _ keys: Set<ResourceKey>, _ versions: [ResourceKey: String]
    ) async throws -> [APIResource: Set<ResourceKey>] {
        struct Kind: Hashable { let group, kind: String }
        var result: [APIResource: Set<ResourceKey>] = [:]
        for (kind, keys) in Dictionary(grouping: keys, by: { Kind(group: $0.group, kind: $0.kind) }) {
            guard let preferred = try await resource(group: kind.group, kind: kind.kind) else { continue }
            // Keys that only the inventory has are read with the others of their kind.
            let usual = keys.compactMap { versions[$0] }.min()
            let discovery = try await facts.kinds().discovery
            for key in keys {
                let version = versions[key] ?? usual
                let resource = version.flatMap { discovery.resource(apiVersion: $0, kind: kind.kind) } ?? preferred
                result[resource, default: []].insert(key)
            }
        }
        return result
    }

    private func read(_ step: ReadPlan.Step) async throws -> [ResourceKey: Value] {
        do {
            switch step.read {
            case .object(let key):
                guard let object = try await client.get(step.resource, namespace: key.namespace, name: key.name) else { return [:] }
                return [key: object]
            case .list(let namespace):
                let list = try await client.list(step.resource, namespace: namespace)
                return Self.pick(step.keys, from: list.items)
            }
        } catch let error as KubernetesError where error.isForbidden {
            guard case .list = step.read else { throw ServerErrors.plain(error) }
            let found = try await Bounded.map(ReadPlan.singles(step), limit: 4) { try await read($0) }
            return found.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        } catch let error as KubernetesError where error.isNotFound {
            return try await readAgain(step, after: error)
        } catch {
            throw ServerErrors.plain(error)
        }
    }

    /// The path itself is not served: the kind may have gone since discovery, or be served in another version only.
    private func readAgain(_ step: ReadPlan.Step, after error: KubernetesError) async throws -> [ResourceKey: Value] {
        let before = try await facts.kinds()
        let discovery = try await facts.kinds(newerThan: before).discovery
        try Self.requireAnswer(of: step.resource.group, in: discovery)
        guard let now = discovery.preferred(group: step.resource.group, kind: step.resource.kind) else { return [:] }
        if now == step.resource || discovery.resource(apiVersion: step.resource.apiVersion, kind: step.resource.kind) != nil {
            throw ServerErrors.plain(error)
        }
        return try await read(ReadPlan.Step(resource: now, read: step.read, keys: step.keys))
    }

    private static func pick(_ keys: Set<ResourceKey>, from items: [Value]) -> [ResourceKey: Value] {
        guard let sample = keys.first else { return [:] }
        var found: [ResourceKey: Value] = [:]
        for item in items {
            let key = ResourceKey(
                group: sample.group, kind: sample.kind, namespace: item.at("metadata", "namespace")?.string,
                name: item.at("metadata", "name")?.string ?? "")
            if keys.contains(key) { found[key] = item }
        }
        return found
    }
}
