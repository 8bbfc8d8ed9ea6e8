import KubernetesClient
import Manifests
import Model

/// Turns manifests into desired objects, and gathers everything that is wrong with any of them.
struct Preparation {
    private static let shownProblems = 20

    let discovery: Discovery
    let definitions: [CustomDefinition]
    let namespace: String
    /// Objects of kinds without a namespace that named one.
    private(set) var droppedNamespaces: [ResourceKey] = []
    private var objects: [DesiredObject] = []
    private var origins: [ResourceKey: Origin] = [:]
    private var problems: [PlumbError] = []

    init(discovery: Discovery, definitions: [CustomDefinition], namespace: String) {
        self.discovery = discovery
        self.definitions = definitions
        self.namespace = namespace
    }

    mutating func add(_ manifest: Manifest) {
        do {
            let isNamespaced = try isNamespaced(manifest)
            let object = try place(try Completion.complete(manifest), isNamespaced: isNamespaced)
            if let earlier = origins[object.key] {
                throw PlumbError(.invalid, "\(object.key) is declared twice; the other one is at \(earlier).", at: manifest.origin)
            }
            if !isNamespaced, manifest.namespace != nil { droppedNamespaces.append(object.key) }
            origins[object.key] = manifest.origin
            objects.append(object)
        } catch let error as PlumbError {
            problems.append(error)
        } catch {
            problems.append(PlumbError(.invalid, "\(error)", at: manifest.origin))
        }
    }

    /// Throws one error that names everything that was wrong.
    func finish() throws -> [DesiredObject] {
        guard let first = problems.first else { return objects }
        guard problems.count > 1 else { throw first }
        let shown = problems.prefix(Self.shownProblems).map { "\n- \($0)" }.joined()
        let more = problems.count > Self.shownProblems ? "\n- and \(problems.count - Self.shownProblems) more" : ""
        let isOutage = problems.contains { $0.code == .unreachable }
        throw PlumbError(isOutage ? .unreachable : .invalid, "\(problems.count) manifests cannot be used:\(shown)\(more)")
    }

    /// Objects in a namespace that is in the set need it, and instances of a kind that is defined in the set its definition.
    static func linked(_ objects: [DesiredObject], definitions: [CustomDefinition]) -> [DesiredObject] {
        let keys = Set(objects.map(\.key))
        return objects.map { object in
            var object = object
            if let namespace = object.key.namespace {
                let key = ResourceKey(group: "", kind: "Namespace", name: namespace)
                if keys.contains(key) { object.requires.insert(key) }
            }
            for definition in definitions {
                if definition.defines(object.manifest) { object.requires.insert(definition.key) }
                if definition.key == object.key { object.provides.insert(definition.groupKind) }
            }
            return object
        }
    }

    private func isNamespaced(_ manifest: Manifest) throws -> Bool {
        guard !manifest.apiVersion.isEmpty, !manifest.kind.isEmpty else {
            throw PlumbError(.invalid, "The document has no \(manifest.kind.isEmpty ? "kind" : "apiVersion").", at: manifest.origin)
        }
        if let definition = definitions.first(where: { $0.defines(manifest) }) { return definition.isNamespaced }
        if let resource = discovery.resource(apiVersion: manifest.apiVersion, kind: manifest.kind) { return resource.namespaced }
        if let reason = discovery.failures[manifest.group] {
            throw PlumbError(
                .unreachable,
                "Whether the server knows \(manifest.kind) is not known: the group \(manifest.group) did not answer (\(reason)).",
                remedy: "Check the APIService of that group: kubectl get apiservices.", at: manifest.origin)
        }
        throw PlumbError(
            .invalid, "The server does not serve \(manifest.kind) in \(manifest.apiVersion).", remedy: nearMiss(manifest),
            at: manifest.origin)
    }

    private func nearMiss(_ manifest: Manifest) -> String {
        let served = discovery.resources.filter { $0.kind == manifest.kind }.map(\.apiVersion)
        if !served.isEmpty { return "It serves \(manifest.kind) in \(served.joined(separator: ", "))." }
        let defined = definitions.filter { $0.kind == manifest.kind }.flatMap(\.apiVersions)
        if !defined.isEmpty { return "The source defines \(manifest.kind) in \(defined.joined(separator: ", "))." }
        if let other = discovery.resources.first(where: { $0.kind.lowercased() == manifest.kind.lowercased() }) {
            return "It serves \(other.kind) in \(other.apiVersion)."
        }
        return "Add the CustomResourceDefinition to the source, or install it first."
    }

    private func place(_ manifest: Manifest, isNamespaced: Bool) throws -> DesiredObject {
        var manifest = manifest
        var metadata = manifest.value["metadata"] ?? .object(Object())
        metadata["namespace"] = isNamespaced ? .string(manifest.namespace ?? namespace) : nil
        if manifest.name.isEmpty {
            throw PlumbError(.invalid, "\(manifest.kind) has no metadata.name.", at: manifest.origin)
        }
        manifest.value["metadata"] = metadata
        let key = ResourceKey(
            group: manifest.group, kind: manifest.kind, namespace: metadata["namespace"]?.string, name: manifest.name)
        return DesiredObject(key: key, manifest: manifest, digest: Digest(of: manifest.value))
    }
}
