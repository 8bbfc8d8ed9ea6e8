import Helm
import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What one rendering of a chart has read of the cluster.
struct ChartInputs {
    var facts = LiveFacts()
    var secrets = SecretTexts()

    /// `valuesFrom`: ConfigMaps and Secrets of the release's namespace, in their order.
    ///
    /// Throws `notFound` for one that is not there and not optional, and what reading throws.
    mutating func values(
        from references: [HelmSettings.ValuesReference], in namespace: String, _ live: LiveReader?
    ) async throws -> [ValuesSource] {
        var sources: [ValuesSource] = []
        for reference in references {
            guard let live else { throw Self.withoutCluster(reference) }
            let query = reference.query(in: namespace)
            let answer = try await live.read(query)
            facts.note(query, answer.stamp)
            guard let text = try text(reference, query, answer.value) else { continue }
            if reference.kind == .secret { secrets.add(text) }
            sources.append(reference.source(text, query))
        }
        return sources
    }

    /// nil where it is not there and need not be.
    private func text(
        _ reference: HelmSettings.ValuesReference, _ query: LiveQuery, _ object: Value?
    ) throws -> String? {
        guard let object else {
            if reference.isOptional { return nil }
            throw PlumbError(
                .notFound, "The chart takes values from \(query.words), which is not there.",
                remedy: "Create it, or say optional: true where the chart does without it.")
        }
        guard let text = object.at("data", reference.key)?.string else {
            if reference.isOptional { return nil }
            let keys = object["data"]?.object?.keys ?? []
            throw PlumbError(
                .notFound,
                "The chart takes values from the key \(reference.key.quoted) of \(query.words), which it has not\(Self.list(keys)).",
                remedy: "Correct key, or say optional: true where the chart does without it.")
        }
        guard reference.kind == .secret else { return text }
        guard let bytes = Data(base64Encoded: text), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw PlumbError(.invalid, "The key \(reference.key.quoted) of \(query.words) holds no text, and values are text.")
        }
        return decoded
    }

    private static func list(_ keys: [String]) -> String {
        keys.isEmpty ? "" : "; it has: \(keys.prefix(20).map(\.quoted).joined(separator: ", "))"
    }

    private static func withoutCluster(_ reference: HelmSettings.ValuesReference) -> PlumbError {
        PlumbError(
            .unsupported,
            "The chart takes values from the \(reference.kind.rawValue) \(reference.name), and no cluster is asked here.",
            remedy: "Give the values with --values FILE, which stands in for valuesFrom.")
    }
}

extension HelmSettings.ValuesReference {
    func query(in namespace: String) -> LiveQuery {
        switch kind {
        case .configMap: .configMap(name, in: namespace)
        case .secret: .secret(name, in: namespace)
        }
    }

    func source(_ text: String, _ query: LiveQuery) -> ValuesSource {
        guard let targetPath else { return .file(Array(text.utf8), name: "\(query.words), key \(key)") }
        return .single(path: targetPath, text: text, isLiteral: isLiteral, what: "The targetPath of \(query.words)")
    }
}
