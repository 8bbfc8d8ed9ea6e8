import Model

/// In which order kinds are written; deletion is the reverse.
///
/// A tier is waited for before the next one begins, so there are few of them: what others are created in or defined
/// by, what workloads read when they start, workloads and everything unknown, and last what intercepts requests.
enum KindOrder {
    static func position(of key: ResourceKey) -> (tier: Int, rank: Int) {
        let rank = ranks[key.kind] ?? ranks.count
        for (tier, kinds) in tiers.enumerated() where kinds.contains(key.kind) { return (tier, rank) }
        return (unlistedTier, rank)
    }

    private static let unlistedTier = 2

    private static let tiers: [[String]] = [
        [
            "Namespace", "CustomResourceDefinition", "PriorityClass", "RuntimeClass", "StorageClass", "VolumeSnapshotClass",
            "IngressClass", "GatewayClass", "ClusterRole", "Directory",
        ],
        [
            "ResourceQuota", "LimitRange", "NetworkPolicy", "PodSecurityPolicy", "ServiceAccount", "Role", "RoleBinding",
            "ClusterRoleBinding", "PersistentVolume", "PersistentVolumeClaim", "Secret", "ConfigMap", "Service",
            "PodDisruptionBudget",
            "File",
        ],
        [
            "DaemonSet", "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Pod", "Job", "CronJob",
            "HorizontalPodAutoscaler", "Ingress", "Process",
        ],
        [
            "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "MutatingAdmissionPolicy",
            "ValidatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding", "ValidatingAdmissionPolicyBinding", "APIService",
        ],
    ]

    private static let ranks: [String: Int] = Dictionary(uniqueKeysWithValues: tiers.joined().enumerated().map { ($1, $0) })
}
