/// The fields that hold the name of another object, by the kind of the object they are in.
struct ReferenceTable: Sendable {
    struct Rule: Sendable {
        /// The type referred to.
        var target: GVK
        var field: FieldSpec

        /// Whether the object says itself, beside the name, of which kind the other is.
        var isOfRole: Bool { field.path.suffix(2) == ["roleRef", "name"] }
    }

    /// Those that Kustomize's own configuration lists.
    static let standard = ReferenceTable(standardRules)

    private var byKind: [String: [(rank: Int, rule: Rule)]] = [:]

    init(_ references: [FieldConfiguration.NameReference]) {
        let ordered = references.enumerated().sorted { left, right in
            left.element.target.precedes(right.element.target)
                || (!right.element.target.precedes(left.element.target) && left.offset < right.offset)
        }
        var rank = 0
        for reference in ordered.map(\.element) {
            for field in reference.referrers {
                byKind[field.type.kind, default: []].append((rank, Rule(target: reference.target, field: field)))
                rank += 1
            }
        }
    }

    /// The rules for an object of `kind`, in the order they are applied.
    func rules(forKind kind: String) -> [Rule] {
        guard let general = byKind[""] else { return byKind[kind]?.map(\.rule) ?? [] }
        return (general + (byKind[kind] ?? [])).sorted { $0.rank < $1.rank }.map(\.rule)
    }
}

/// Kustomize's own name references.
extension ReferenceTable {
    static let standardRules: [FieldConfiguration.NameReference] = {
        var result: [FieldConfiguration.NameReference] = []
        for rule in rules {
            if result.last?.target == rule.target {
                result[result.count - 1].referrers.append(rule.field)
            } else {
                result.append(FieldConfiguration.NameReference(target: rule.target, referrers: [rule.field]))
            }
        }
        return result
    }()

    private static let rules: [Rule] =
        storageClass + serviceAccount + roles + dataReferences + service + priorityClass + volumes + scaleTargets + policies

    /// Where each workload keeps the spec of its Pods.
    private static let podSpecs = [
        "Pod": "spec",
        "PodTemplate": "template/spec",
        "Deployment": "spec/template/spec",
        "ReplicaSet": "spec/template/spec",
        "ReplicationController": "spec/template/spec",
        "DaemonSet": "spec/template/spec",
        "StatefulSet": "spec/template/spec",
        "Job": "spec/template/spec",
        "CronJob": "spec/jobTemplate/spec/template/spec",
    ]

    private static func inPods(_ target: GVK, _ fields: [String], of kinds: [String]) -> [Rule] {
        kinds.flatMap { kind in
            fields.map { Rule(target: target, field: FieldSpec("\(podSpecs[kind] ?? "spec")/\($0)", kind: kind)) }
        }
    }

    private static let dataKinds = ["Pod", "PodTemplate", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job", "CronJob"]
    private static let specKinds = ["Pod", "StatefulSet", "Deployment", "ReplicationController", "CronJob", "Job", "DaemonSet"]

    private static let configMap = GVK(version: "v1", kind: "ConfigMap")
    private static let secret = GVK(version: "v1", kind: "Secret")

    private static let dataReferences: [Rule] =
        inPods(
            configMap,
            [
                "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name",
                "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name", "initContainers/envFrom/configMapRef/name",
                "volumes/projected/sources/configMap/name",
            ], of: dataKinds)
        + [
            FieldSpec("spec/configSource/configMap", kind: "Node"),
            FieldSpec("rules/resourceNames", kind: "Role"),
            FieldSpec("rules/resourceNames", kind: "ClusterRole"),
            FieldSpec(#"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap"#, kind: "Ingress"),
        ].map { Rule(target: configMap, field: $0) }
        + inPods(
            secret,
            [
                "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name",
                "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name", "imagePullSecrets/name",
                "volumes/projected/sources/secret/name",
            ], of: dataKinds)
        + [
            FieldSpec("spec/tls/secretName", kind: "Ingress"),
            FieldSpec(#"metadata/annotations/ingress.kubernetes.io\/auth-secret"#, kind: "Ingress"),
            FieldSpec(#"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret"#, kind: "Ingress"),
            FieldSpec(#"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret"#, kind: "Ingress"),
            FieldSpec("imagePullSecrets/name", kind: "ServiceAccount"),
            FieldSpec("parameters/secretName", kind: "StorageClass"),
            FieldSpec("parameters/adminSecretName", kind: "StorageClass"),
            FieldSpec("parameters/userSecretName", kind: "StorageClass"),
            FieldSpec("parameters/secretRef", kind: "StorageClass"),
            FieldSpec("rules/resourceNames", kind: "Role"),
            FieldSpec("rules/resourceNames", kind: "ClusterRole"),
            FieldSpec(
                "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", kind: "Service", group: "serving.knative.dev",
                version: "v1"),
            FieldSpec("spec/azureFile/secretName", kind: "PersistentVolume"),
        ].map { Rule(target: secret, field: $0) }

    private static let service: [Rule] = [
        FieldSpec("spec/serviceName", kind: "StatefulSet", group: "apps"),
        FieldSpec("spec/rules/http/paths/backend/serviceName", kind: "Ingress"),
        FieldSpec("spec/backend/serviceName", kind: "Ingress"),
        FieldSpec("spec/rules/http/paths/backend/service/name", kind: "Ingress"),
        FieldSpec("spec/defaultBackend/service/name", kind: "Ingress"),
        FieldSpec("spec/service/name", kind: "APIService", group: "apiregistration.k8s.io"),
        FieldSpec("webhooks/clientConfig/service", kind: "ValidatingWebhookConfiguration", group: admission),
        FieldSpec("webhooks/clientConfig/service", kind: "MutatingWebhookConfiguration", group: admission),
    ].map { Rule(target: GVK(version: "v1", kind: "Service"), field: $0) }

    private static let rbac = "rbac.authorization.k8s.io"

    private static let roles: [Rule] = [
        Rule(target: GVK(group: rbac, kind: "Role"), field: FieldSpec("roleRef/name", kind: "RoleBinding", group: rbac)),
        Rule(target: GVK(group: rbac, kind: "ClusterRole"), field: FieldSpec("roleRef/name", kind: "RoleBinding", group: rbac)),
        Rule(
            target: GVK(group: rbac, kind: "ClusterRole"), field: FieldSpec("roleRef/name", kind: "ClusterRoleBinding", group: rbac)
        ),
    ]

    private static let serviceAccount: [Rule] = {
        let account = GVK(version: "v1", kind: "ServiceAccount")
        return ["RoleBinding", "ClusterRoleBinding"].map {
            Rule(target: account, field: FieldSpec("subjects", kind: $0, group: rbac))
        }
            + inPods(account, ["serviceAccountName"], of: specKinds)
    }()

    private static let volumes: [Rule] = {
        let volume = GVK(version: "v1", kind: "PersistentVolume")
        return [
            Rule(target: volume, field: FieldSpec("spec/volumeName", kind: "PersistentVolumeClaim")),
            Rule(target: volume, field: FieldSpec("rules/resourceNames", kind: "ClusterRole")),
        ]
            + inPods(GVK(version: "v1", kind: "PersistentVolumeClaim"), ["volumes/persistentVolumeClaim/claimName"], of: specKinds)
    }()

    private static let storageClass: [Rule] = [
        FieldSpec("spec/storageClassName", kind: "PersistentVolume"),
        FieldSpec("spec/storageClassName", kind: "PersistentVolumeClaim"),
        FieldSpec("spec/volumeClaimTemplates/spec/storageClassName", kind: "StatefulSet"),
    ].map { Rule(target: GVK(group: "storage.k8s.io", version: "v1", kind: "StorageClass"), field: $0) }

    private static let priorityClass: [Rule] =
        inPods(GVK(group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass"), ["priorityClassName"], of: specKinds)

    private static let scaleTargets: [Rule] = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].map {
        Rule(target: GVK(kind: $0), field: FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler"))
    }

    private static let admission = "admissionregistration.k8s.io"

    private static let policies = [
        Rule(
            target: GVK(group: admission, kind: "ValidatingAdmissionPolicy"),
            field: FieldSpec("spec/policyName", kind: "ValidatingAdmissionPolicyBinding", group: admission))
    ]
}
