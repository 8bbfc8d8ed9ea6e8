package import Manifests
import Model

/// In which order a chart's objects are given out.
package enum ManifestOrder: Sendable {
    /// The order in which Helm installs: namespaces before what is in them, configuration before what reads it.
    case install
    /// The order of the templates' paths, as they stand there.
    case path
}

extension Chart {
    /// The objects that the chart renders to, without tests of the release and notes. Hooks are among them, with their annotations.
    ///
    /// Throws as `render` does, and `invalid` with the template's path for what is no object.
    package func manifests(
        _ options: RenderOptions, order: ManifestOrder = .install, includesDefinitions: Bool = true
    ) throws -> [Manifest] {
        let manifests = try Self.manifests(of: try render(options), order: order)
        return includesDefinitions ? try definitions(options) + manifests : manifests
    }

    /// The objects in rendered templates. Throws `invalid` with the template's path for what is no object.
    package static func manifests(of templates: [RenderedTemplate], order: ManifestOrder = .install) throws -> [Manifest] {
        var manifests: [Manifest] = []
        for template in templates where template.path.lastComponent != "NOTES.txt" {
            manifests += try read(Array(template.text.utf8), template.path)
        }
        manifests.removeAll { HelmHooks.isTest($0) }
        return order == .install ? InstallOrder.sorted(manifests) : manifests
    }

    /// What is in `crds` of the chart and of the charts in it that are used: custom resource definitions, which are not templates.
    package func definitions(_ options: RenderOptions) throws -> [Manifest] {
        try Self.manifests(in: try definitionFiles(options))
    }

    /// The objects in files that are no templates. Throws `invalid` with the file's path for what is no object.
    package static func manifests(in files: [ChartFile]) throws -> [Manifest] {
        try files.flatMap { try read($0.content, $0.path) }
    }

    /// The files of `definitions`, each by its path from the chart's name on.
    package func definitionFiles(_ options: RenderOptions) throws -> [ChartFile] {
        if definitionFiles(path: name).isEmpty { return [] }
        return try Dependencies.process(self, values: try ValuesSource.merge(options.values)).definitionFiles(path: name)
    }

    private func definitionFiles(path: String) -> [ChartFile] {
        let own = files.filter { $0.path.hasPrefix("crds/") && Self.isManifest($0.path) }
        return own.map { ChartFile("\(path)/\($0.path)", $0.content) }
            + dependencies.flatMap { $0.definitionFiles(path: "\(path)/charts/\($0.name)") }
    }

    private static func read(_ bytes: [UInt8], _ path: String) throws -> [Manifest] {
        // YAML, whatever its name: that is how Helm reads it.
        do { return try ManifestReader.manifests(in: try YAML.parse(bytes, file: path, dialect: .helm), file: path) } catch {
            throw PlumbError(.invalid, error.message, at: error.origin)
        }
    }

    private static func isManifest(_ path: String) -> Bool { [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) } }
}

/// Helm's order of kinds.
enum InstallOrder {
    private static let ranks: [String: Int] = {
        let kinds = [
            "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy",
            "PodDisruptionBudget",
            "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim",
            "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role",
            "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet",
            "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService",
            "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
        ]
        return Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($0.element, $0.offset) })
    }()

    /// Kinds that Helm does not know come last, by their names; among equals the order stays.
    static func sorted(_ manifests: [Manifest]) -> [Manifest] {
        let keyed = manifests.enumerated().map { (index: $0.offset, rank: ranks[$0.element.kind] ?? .max, manifest: $0.element) }
        return keyed.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.rank == .max, left.manifest.kind != right.manifest.kind { return left.manifest.kind < right.manifest.kind }
            return left.index < right.index
        }.map(\.manifest)
    }
}
