/// The kinds that every Kubernetes cluster of release 1.21 serves, as Kustomize 5 knows them.
package enum BuiltinKinds {
    package enum Scope: Sendable, Hashable {
        case cluster, namespaced
    }

    /// The scope of a built-in kind, or nil where the kind is a custom one, or of another version.
    package static func scope(apiVersion: String, kind: String) -> Scope? { scopes["\(apiVersion) \(kind)"] }

    /// One line a group: its versions, then its kinds.
    private static let scopes: [String: Scope] = {
        var scopes: [String: Scope] = [:]
        for (scope, table) in [(Scope.cluster, clusterKinds), (.namespaced, namespacedKinds)] {
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                for version in parts[0].split(separator: " ") {
                    for kind in parts[1].split(separator: " ") { scopes["\(version) \(kind)"] = scope }
                }
            }
        }
        return scopes
    }()

    private static let clusterKinds = """
        v1: ComponentStatus Namespace Node PersistentVolume
        admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1beta1: MutatingWebhookConfiguration ValidatingWebhookConfiguration
        apiextensions.k8s.io/v1 apiextensions.k8s.io/v1beta1: CustomResourceDefinition
        apiregistration.k8s.io/v1 apiregistration.k8s.io/v1beta1: APIService
        authentication.k8s.io/v1 authentication.k8s.io/v1beta1: TokenReview
        authorization.k8s.io/v1 authorization.k8s.io/v1beta1: SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
        certificates.k8s.io/v1 certificates.k8s.io/v1beta1: CertificateSigningRequest
        flowcontrol.apiserver.k8s.io/v1alpha1 flowcontrol.apiserver.k8s.io/v1beta1: FlowSchema PriorityLevelConfiguration
        internal.apiserver.k8s.io/v1alpha1: StorageVersion
        networking.k8s.io/v1 networking.k8s.io/v1beta1: IngressClass
        node.k8s.io/v1 node.k8s.io/v1alpha1 node.k8s.io/v1beta1: RuntimeClass
        policy/v1beta1: PodSecurityPolicy
        rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1alpha1 rbac.authorization.k8s.io/v1beta1: ClusterRole ClusterRoleBinding
        scheduling.k8s.io/v1 scheduling.k8s.io/v1alpha1 scheduling.k8s.io/v1beta1: PriorityClass
        storage.k8s.io/v1 storage.k8s.io/v1alpha1 storage.k8s.io/v1beta1: VolumeAttachment
        storage.k8s.io/v1 storage.k8s.io/v1beta1: CSIDriver CSINode StorageClass
        """

    private static let namespacedKinds = """
        v1: Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount
        apps/v1: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet
        authentication.k8s.io/v1: TokenRequest
        authorization.k8s.io/v1 authorization.k8s.io/v1beta1: LocalSubjectAccessReview
        autoscaling/v1 autoscaling/v2beta1 autoscaling/v2beta2: HorizontalPodAutoscaler
        batch/v1: Job
        batch/v1 batch/v1beta1: CronJob
        coordination.k8s.io/v1 coordination.k8s.io/v1beta1: Lease
        discovery.k8s.io/v1 discovery.k8s.io/v1beta1: EndpointSlice
        events.k8s.io/v1 events.k8s.io/v1beta1: Event
        extensions/v1beta1 networking.k8s.io/v1 networking.k8s.io/v1beta1: Ingress
        networking.k8s.io/v1: NetworkPolicy
        policy/v1 policy/v1beta1: PodDisruptionBudget
        policy/v1beta1: Eviction
        rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1alpha1 rbac.authorization.k8s.io/v1beta1: Role RoleBinding
        storage.k8s.io/v1alpha1 storage.k8s.io/v1beta1: CSIStorageCapacity
        """
}
