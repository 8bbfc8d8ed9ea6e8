/// The fields that Kustomize's own configuration names, by transformation.
enum FieldSpecs {
    private static let podTemplates: [FieldSpec] = [
        FieldSpec("spec/template/metadata", kind: "ReplicationController", version: "v1"),
        FieldSpec("spec/template/metadata", kind: "Deployment"),
        FieldSpec("spec/template/metadata", kind: "ReplicaSet"),
        FieldSpec("spec/template/metadata", kind: "DaemonSet"),
        FieldSpec("spec/template/metadata", kind: "StatefulSet", group: "apps"),
        FieldSpec("spec/template/metadata", kind: "Job", group: "batch"),
        FieldSpec("spec/jobTemplate/metadata", kind: "CronJob", group: "batch"),
        FieldSpec("spec/jobTemplate/spec/template/metadata", kind: "CronJob", group: "batch"),
    ]

    private static func inTemplates(_ field: String) -> [FieldSpec] {
        podTemplates.map { template in
            var spec = template
            spec.path.append(field)
            spec.create = true
            return spec
        }
    }

    static let metadataLabels = FieldSpec("metadata/labels", create: true)
    static let templateLabels =
        inTemplates("labels") + [
            FieldSpec("spec/volumeClaimTemplates[]/metadata/labels", kind: "StatefulSet", group: "apps", create: true)
        ]
    static let commonAnnotations =
        [FieldSpec("metadata/annotations", create: true)]
        + inTemplates("annotations").map { spec in
            var spec = spec
            // Annotations reach a StatefulSet of any group.
            if spec.type.kind == "StatefulSet" { spec.type.group = "" }
            return spec
        }

    static let commonLabels: [FieldSpec] = [metadataLabels] + templateLabels + selectors

    private static let selectors: [FieldSpec] =
        [
            FieldSpec("spec/selector", kind: "Service", version: "v1", create: true),
            FieldSpec("spec/selector", kind: "ReplicationController", version: "v1", create: true),
            FieldSpec("spec/selector/matchLabels", kind: "Deployment", create: true),
            FieldSpec("spec/selector/matchLabels", kind: "ReplicaSet", create: true),
            FieldSpec("spec/selector/matchLabels", kind: "DaemonSet", create: true),
            FieldSpec("spec/selector/matchLabels", kind: "StatefulSet", group: "apps", create: true),
            FieldSpec("spec/selector/matchLabels", kind: "Job", group: "batch"),
            FieldSpec("spec/jobTemplate/spec/selector/matchLabels", kind: "CronJob", group: "batch"),
            FieldSpec("spec/selector/matchLabels", kind: "PodDisruptionBudget", group: "policy"),
            FieldSpec("spec/podSelector/matchLabels", kind: "NetworkPolicy", group: "networking.k8s.io"),
            FieldSpec("spec/ingress/from/podSelector/matchLabels", kind: "NetworkPolicy", group: "networking.k8s.io"),
            FieldSpec("spec/egress/to/podSelector/matchLabels", kind: "NetworkPolicy", group: "networking.k8s.io"),
        ]
        + ["Deployment", "StatefulSet"].flatMap { kind in
            [
                "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
                "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution",
                "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
                "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution",
                "topologySpreadConstraints",
            ].map { FieldSpec("spec/template/spec/\($0)/labelSelector/matchLabels", kind: kind, group: "apps") }
        }

    /// `metadata.namespace` and the subjects of role bindings have rules of their own.
    static let namespace: [FieldSpec] = [
        FieldSpec("metadata/name", kind: "Namespace", create: true),
        FieldSpec("spec/service/namespace", kind: "APIService", group: "apiregistration.k8s.io", create: true),
        FieldSpec(
            "spec/conversion/webhook/clientConfig/service/namespace", kind: "CustomResourceDefinition",
            group: "apiextensions.k8s.io"
        ),
    ]

    static let replicas: [FieldSpec] = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map {
        FieldSpec("spec/replicas", kind: $0, create: true)
    }

    static let images: [FieldSpec] = [
        "spec/containers[]/image", "spec/initContainers[]/image", "spec/template/spec/containers[]/image",
        "spec/template/spec/initContainers[]/image",
    ].map { FieldSpec($0, create: true) }

    /// Where `$(NAME)` stands for the value of a variable.
    static let variables: [FieldSpec] =
        [
            "Deployment": "spec/template/spec", "ReplicaSet": "spec/template/spec", "DaemonSet": "spec/template/spec",
            "StatefulSet": "spec/template/spec", "Job": "spec/template/spec", "Pod": "spec",
            "CronJob": "spec/jobTemplate/spec/template/spec",
        ].sorted { $0.key < $1.key }.flatMap { kind, path in
            ["containers", "initContainers"].flatMap { containers in
                ["args", "command", "env/value", "volumeMounts/mountPath"].map {
                    FieldSpec("\(path)/\(containers)/\($0)", kind: kind)
                }
            }
        }
        + [
            FieldSpec("spec/jobTemplate/spec/template/volumes/nfs/server", kind: "CronJob"),
            FieldSpec("spec/template/spec/volumes/nfs/server", kind: "DaemonSet"),
            FieldSpec("spec/template/spec/volumes/nfs/server", kind: "Deployment"),
            FieldSpec("spec/template/metadata/annotations", kind: "Deployment"),
            FieldSpec("spec/template/spec/volumes/nfs/server", kind: "Job"),
            FieldSpec("spec/volumes/nfs/server", kind: "Pod"),
            FieldSpec("spec/template/spec/volumes/nfs/server", kind: "ReplicaSet"),
            FieldSpec("spec/volumeClaimTemplates/spec/nfs/server", kind: "StatefulSet"),
            FieldSpec("spec/nfs/server", kind: "PersistentVolume"),
            FieldSpec("spec/rules/host", kind: "Ingress"), FieldSpec("spec/tls/hosts", kind: "Ingress"),
            FieldSpec("spec/tls/secretName", kind: "Ingress"),
            FieldSpec("spec/ports/port", kind: "Service"), FieldSpec("spec/ports/targetPort", kind: "Service"),
            FieldSpec("metadata/labels"), FieldSpec("metadata/annotations"),
        ]
}
