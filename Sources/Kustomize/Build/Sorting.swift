import Manifests

/// The order of the result.
enum Sorting {
    /// What Kustomize does unless told otherwise: what others depend on first, webhooks last.
    static let standard = SortOrder.legacy(
        first: [
            "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy", "Role",
            "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange",
            "PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob",
            "PodDisruptionBudget",
        ],
        last: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]
    )

    static let standardRanks: [String: Int] = {
        guard case .legacy(let first, let last) = standard else { return [:] }
        return ranks(first: first, last: last)
    }()

    private static func ranks(first: [String], last: [String]) -> [String: Int] {
        var ranks: [String: Int] = [:]
        for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
        for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
        return ranks
    }

    static func sort(_ set: inout ResourceSet, _ order: SortOrder) throws {
        guard case .legacy(let first, let last) = order else { return }
        let ranks = ranks(first: first, last: last)
        let keyed = set.resources.map { (key: Key($0, rank: ranks[$0.kind] ?? 0), resource: $0) }
        set.resources = keyed.sorted { $0.key < $1.key }.map(\.resource)
    }

    private struct Key: Comparable {
        let rank: Int
        /// Goes before other kinds of that name.
        let isCoreNamespace: Bool
        let type: String
        let place: String

        init(_ resource: Resource, rank: Int) {
            self.rank = rank
            let gvk = resource.gvk
            type = gvk.sortText
            isCoreNamespace = gvk.kind == "Namespace" && gvk.group.isEmpty
            place = "\(resource.namespace.isEmpty ? "~X" : resource.namespace)|\(resource.name)"
        }

        static func < (left: Key, right: Key) -> Bool {
            if left.rank != right.rank { return left.rank < right.rank }
            if left.isCoreNamespace != right.isCoreNamespace, left.rank != 0 { return left.isCoreNamespace }
            if left.type != right.type { return left.type.utf8.lexicographicallyPrecedes(right.type.utf8) }
            return left.place.utf8.lexicographicallyPrecedes(right.place.utf8)
        }
    }
}
