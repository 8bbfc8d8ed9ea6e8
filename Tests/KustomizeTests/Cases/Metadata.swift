extension Cases {
    private static let workloads = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d}
        spec:
          template:
            spec:
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector: {matchLabels: {app: d}}
                  preferredDuringSchedulingIgnoredDuringExecution:
                  - podAffinityTerm: {labelSelector: {matchLabels: {app: d}}}
                podAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector: {matchExpressions: []}
              topologySpreadConstraints:
              - labelSelector: {matchLabels: {app: d}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: s}
        spec:
          volumeClaimTemplates: [{metadata: {name: data}}, {spec: {}}]
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: s, labels: {old: x}, annotations: {old: x}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: s}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {}}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j2}
        spec: {selector: {matchLabels: {a: b}}, template: {metadata: null}}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: c}
        spec: {jobTemplate: {spec: {template: {spec: {}}}}}
        ---
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: r}
        spec: {}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: s}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: n}
        spec:
          podSelector: {matchLabels: {a: b}}
          ingress: [{from: [{podSelector: {matchLabels: {c: d}}}, {namespaceSelector: {matchLabels: {c: d}}}]}]
          egress: [{to: [{podSelector: {}}]}]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: b}
        spec: {selector: {matchLabels: {a: b}}}
        ---
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: kn}
        spec: {template: {spec: {containers: [{image: nginx}]}}}
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: t}
        spec: {selector: {matchLabels: {x: "y"}}, template: {metadata: {labels: {x: "y"}}}}

        """

    private static func workloads(_ name: String, _ rest: String) -> Case {
        Case(name, ["kustomization.yaml": Fixture.kustomization("w.yaml", rest: rest), "w.yaml": workloads])
    }

    static let metadata: [Case] = [
        workloads("common labels", "commonLabels: {team: a, old: new}"),
        workloads("common annotations", "commonAnnotations: {team: a, old: new, flag: 'true'}"),
        workloads("labels", "labels: [{pairs: {team: a}}]"),
        workloads("labels in templates", "labels: [{pairs: {team: a}, includeTemplates: true}]"),
        workloads("labels in selectors", "labels: [{pairs: {team: a}, includeSelectors: true}]"),
        workloads(
            "labels in fields",
            "labels: [{pairs: {team: a}, fields: [{path: spec/template/metadata/labels, kind: Thing, group: example.com, create: true}, {path: spec/new/labels, create: true, kind: Pod}]}]"
        ),
        workloads(
            "labels in fields that are not made",
            "labels: [{pairs: {team: a}, includeTemplates: true, fields: [{path: spec/selector/matchLabels, version: v1, create: false}]}]"
        ),
        workloads(
            "several labels",
            "labels: [{pairs: {team: a}}, {pairs: {team: b, x: c}, includeSelectors: true}]\ncommonLabels: {team: c}"),
        Case(
            "namespace",
            [
                "kustomization.yaml": Fixture.kustomization("z.yaml", "r.yaml", rest: "namespace: here"), "z.yaml": Fixture.zoo,
                "r.yaml": """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: b, namespace: other}
                roleRef: {kind: ClusterRole, name: view, apiGroup: rbac.authorization.k8s.io}
                subjects:
                - {kind: ServiceAccount, name: default, namespace: x}
                - {kind: ServiceAccount, name: default}
                - {kind: ServiceAccount, name: robot, namespace: x}
                - {kind: User, name: anna}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: cb}
                subjects: [{kind: ServiceAccount, name: default}]
                ---
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v1.example.com}
                spec: {service: {name: web, namespace: old}}
                ---
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v2.example.com}
                spec: {}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: foos.example.com}
                spec: {conversion: {webhook: {clientConfig: {service: {name: web, namespace: old}}}}}
                ---
                apiVersion: example.com/v1
                kind: ClusterThing
                metadata: {name: c}
                """,
            ]),
        Case(
            "namespace over accounts and webhooks", root: "over",
            [
                "base/kustomization.yaml": Fixture.kustomization("r.yaml"),
                "base/r.yaml": """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot, namespace: sys}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: hook, namespace: sys}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: cb}
                roleRef: {kind: ClusterRole, name: cr, apiGroup: rbac.authorization.k8s.io}
                subjects: [{kind: ServiceAccount, name: robot, namespace: sys}, {kind: Group, name: g}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: rb, namespace: sys}
                roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
                subjects: [{kind: ServiceAccount, name: robot, namespace: sys}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: cr}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: r, namespace: sys}
                rules: [{resourceNames: [hook, cm, se], resources: [services]}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cm, namespace: sys}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: se, namespace: sys}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: v}
                webhooks: [{name: a.b.c, clientConfig: {service: {name: hook, namespace: sys, path: /x}}}, {name: u, clientConfig: {url: "https://x"}}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: v}
                webhooks: [{name: a.b.c, clientConfig: {service: {name: hook, namespace: elsewhere}}}]
                """,
                "over/kustomization.yaml": Fixture.kustomization("../base", rest: "namespace: team\nnamePrefix: t-"),
            ]),
        Case(
            "namespaces of layers", root: "c",
            [
                "a/kustomization.yaml": Fixture.kustomization("s.yaml", rest: "namespace: a"),
                "a/s.yaml": Fixture.account + "---\n" + Fixture.deployment,
                "b/kustomization.yaml": Fixture.kustomization("s.yaml", rest: "namespace: b"),
                "b/s.yaml": Fixture.account + "---\n" + Fixture.deployment,
                "c/kustomization.yaml": Fixture.kustomization("../a", "../b", rest: "namePrefix: c-"),
            ]),
        Case(
            "replicas",
            [
                "kustomization.yaml": Fixture.kustomization(
                    "w.yaml", rest: "replicas: [{name: d, count: 5}, {name: s, count: 0}, {name: r, count: 3}]"),
                "w.yaml": workloads,
            ]),
        Case(
            "replicas under the former name", root: "over",
            [
                "base/kustomization.yaml": Fixture.kustomization("d.yaml", rest: "namePrefix: p-"),
                "base/d.yaml": Fixture.deployment,
                "over/kustomization.yaml": Fixture.kustomization(
                    "../base", rest: "namePrefix: q-\nreplicas: [{name: web, count: 7}]"),
            ]),
    ]
}
