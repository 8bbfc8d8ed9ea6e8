package import Manifests

/// What the rendering of an application asks of what is live: one object, or all of a kind.
package struct LiveQuery: Sendable, Hashable {
    package var apiVersion: String
    package var kind: String
    /// Empty for all namespaces, and for kinds without any.
    package var namespace: String
    /// Empty for all of the kind.
    package var name: String

    package init(apiVersion: String, kind: String, namespace: String, name: String) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    package static func configMap(_ name: String, in namespace: String) -> LiveQuery {
        LiveQuery(apiVersion: "v1", kind: "ConfigMap", namespace: namespace, name: name)
    }

    package static func secret(_ name: String, in namespace: String) -> LiveQuery {
        LiveQuery(apiVersion: "v1", kind: "Secret", namespace: namespace, name: name)
    }

    /// Under which a change of the answer is told; `isNamespaced` is what the target knows of the kind.
    package func key(isNamespaced: Bool) -> ResourceKey {
        let group = apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
        return ResourceKey(group: group, kind: kind, namespace: isNamespaced ? namespace : nil, name: name)
    }

    /// For people: `Secret shop/login`, `all Ingress networking.k8s.io/v1 of shop`.
    package var words: String {
        let version = apiVersion == "v1" ? "" : " \(apiVersion)"
        if name.isEmpty { return "all \(kind)\(version)\(namespace.isEmpty ? "" : " of \(namespace)")" }
        return "\(kind)\(version) \(namespace.isEmpty ? "" : "\(namespace)/")\(name)"
    }
}

/// Stands for an answer: as long as it is the same, so is what would be read.
package struct LiveStamp: Sendable, Hashable {
    package var version: Digest
    /// Told as changed when the answer may be another; for all of a kind, a key without a name.
    package var key: ResourceKey

    package init(version: Digest, key: ResourceKey) {
        self.version = version
        self.key = key
    }
}

package struct LiveAnswer: Sendable, Hashable {
    /// The object, or a list with `apiVersion`, `kind`, `metadata` and `items`; nil where there is none.
    package var value: Value?
    package var stamp: LiveStamp

    package init(value: Value?, stamp: LiveStamp) {
        self.value = value
        self.stamp = stamp
    }
}

extension ResourceKey {
    /// What is told where all of the kind were asked for, in this object's namespace and everywhere.
    package var listKeys: [ResourceKey] {
        guard let namespace else { return [ResourceKey(group: group, kind: kind, namespace: nil, name: "")] }
        return [namespace, ""].map { ResourceKey(group: group, kind: kind, namespace: $0, name: "") }
    }
}

extension Target {
    package func read(_ query: LiveQuery) async throws -> LiveAnswer {
        throw PlumbError(
            .unsupported, "The chart reads \(query.words), and \(place) is no cluster.",
            remedy: "Write its values into the source, and leave render.helm.valuesFrom and render.helm.lookup out.")
    }

    package func stamp(of query: LiveQuery) async throws -> LiveStamp? { nil }
}
