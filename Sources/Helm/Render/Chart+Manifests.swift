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
        var manifests: [Manifest] = []
        for template in try render(options) where template.path.lastComponent != "NOTES.txt" {
            do { manifests += try ManifestReader.manifests(inFile: Array(template.text.utf8), file: template.path) } catch {
                throw PlumbError(.invalid, error.message, at: error.origin)
            }
        }
        manifests.removeAll { HelmHooks.isTest($0) }
        if order == .install { manifests = InstallOrder.sorted(manifests) }
        return includesDefinitions ? try definitions(path: name) + manifests : manifests
    }

    /// What is in `crds` of the chart and of the charts in it: custom resource definitions, which are not templates.
    private func definitions(path: String) throws -> [Manifest] {
        var manifests: [Manifest] = []
        for file in files where file.path.hasPrefix("crds/") && Self.isManifest(file.path) {
            do { manifests += try ManifestReader.manifests(inFile: file.content, file: "\(path)/\(file.path)") } catch {
                throw PlumbError(.invalid, error.message, at: error.origin)
            }
        }
        for child in dependencies { manifests += try child.definitions(path: "\(path)/charts/\(child.name)") }
        return manifests
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
