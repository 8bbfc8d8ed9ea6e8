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
        var result: [ResourceKey: Value] = [:]
        for (resource, keys) in try await byResource(keys, versions) {
            if let viewed = try await view(resource, keys) {
                result.merge(viewed.objects) { first, _ in first }
                steps += viewed.unknown.sorted().map { ReadPlan.Step(resource: resource, read: .object($0), keys: [$0]) }
            } else {
                steps += ReadPlan.steps(resource, keys)
            }
        }
        let found = try await Bounded.map(steps) { try await read($0) }
        return found.reduce(into: result) { $0.merge($1) { first, _ in first } }
    }

    /// What the view knows of these objects, and which of them it only knows to exist; nil where it does not know the kind.
    private func view(
        _ resource: APIResource, _ keys: Set<ResourceKey>
    ) async throws -> (objects: [ResourceKey: Value], unknown: [ResourceKey])? {
        guard try await cluster.view.follow(resource, for: Set(keys.map { ObjectName($0) })) else { return nil }
        let looks = cluster.view.look(resource, at: Set(keys.map { ObjectName($0) }))
        var objects: [ResourceKey: Value] = [:]
        var unknown: [ResourceKey] = []
        for key in keys {
            switch looks[ObjectName(key)] {
            case .absent: continue
            case .here(let object): objects[key] = try object.value()
            case .unknown, nil: unknown.append(key)
            }
        }
        return (objects, unknown)
    }

    /// Whether there is an object of this name, whatever it looks like.
    func exists(_ key: ResourceKey) async throws -> Bool {
        if let resource = try await resource(group: key.group, kind: key.kind),
            try await cluster.view.follow(resource, for: [ObjectName(key)])
        {
            switch cluster.view.look(resource, at: [ObjectName(key)])[ObjectName(key)] {
            case .absent: return false
            case .here, .unknown: return true
            case nil: break
            }
        }
        return try await live([key])[key] != nil
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
                let resource =
                    version.flatMap { discovery.resource(apiVersion: $0, kind: kind.kind) } ?? cluster.view.followed(preferred)
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
                cluster.view.saw(object, step.resource)
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
