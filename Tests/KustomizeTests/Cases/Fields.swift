extension Cases {
    static let fields: [Case] = [
        Case(
            "namespace kinds",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namespace: nn
            namePrefix: p-
            === a.yaml
            apiVersion: v1
            kind: Namespace
            metadata: {name: x}
            ---
            apiVersion: e.com/v1
            kind: Namespace
            metadata: {name: y}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n}
            ---
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: psp}
            ---
            apiVersion: e.com/v1
            kind: ClusterThing
            metadata: {name: ct}
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: ic}
            ---
            apiVersion: flowcontrol.apiserver.k8s.io/v1beta1
            kind: FlowSchema
            metadata: {name: fs}
            ---
            apiVersion: node.k8s.io/v1
            kind: RuntimeClass
            metadata: {name: rc}
            ---
            apiVersion: certificates.k8s.io/v1
            kind: CertificateSigningRequest
            metadata: {name: csr}
            ---
            apiVersion: snapshot.storage.k8s.io/v1
            kind: VolumeSnapshotClass
            metadata: {name: vsc}
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crd.e.com}
            spec: {conversion: {webhook: {clientConfig: {service: {name: s, namespace: q}}}}}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: v}
            webhooks: [{name: a, clientConfig: {service: {name: svc, namespace: default}}}, {name: b, clientConfig: {service: {name: none, namespace: default}}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: svc}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: crb}
            subjects: [{kind: ServiceAccount, name: sa}, {kind: ServiceAccount, name: default, namespace: z}, {kind: ServiceAccount, name: none, namespace: default}]
            roleRef: {kind: ClusterRole, name: x, apiGroup: rbac.authorization.k8s.io}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: sa}
            """#),
        Case(
            "affix both and hash",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            nameSuffix: -s
            configMapGenerator: [{name: c, literals: [a=b]}]
            === a.yaml
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1.e.com}
            spec: {service: {name: svc, namespace: default}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: svc}
            ---
            apiVersion: e.com/v1
            kind: CustomResourceDefinition
            metadata: {name: crd}
            """#),
        Case(
            "labels only templates and selectors",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            labels:
            - {pairs: {one: "1"}, includeTemplates: true}
            - {pairs: {two: "2"}, includeSelectors: true, includeTemplates: true}
            - {pairs: {three: "3"}, fields: [{path: spec/foo/labels, create: true, kind: Thing, version: v1, group: e.com}]}
            commonAnnotations: {x: "1", yy: "true"}
            === a.yaml
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: d}
            spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}, volumeClaimTemplates: [{metadata: {name: x}}]}
            ---
            apiVersion: e.com/v1
            kind: Thing
            metadata: {name: t}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: c}
            spec: {jobTemplate: {spec: {template: {metadata: {labels: {a: b}}}}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: p}
            spec: {selector: {matchLabels: {a: b}}}
            """#),
        Case(
            "quoted numeric labels",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            commonLabels: {a: "1", b: "true"}
            commonAnnotations: {c: "1.0"}
            labels: [{pairs: {d: "null"}}]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            """#),
        Case(
            "images numbers and forms",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            images:
            - {name: a, newTag: "1"}
            - {name: reg.io:5000/b, newName: c, digest: "sha256:1111111111111111111111111111111111111111111111111111111111111111"}
            - {name: d, newName: e, newTag: v1}
            - {name: e, newTag: v2}
            === a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec:
              containers: [{image: a}, {image: "reg.io:5000/b:1"}, {image: d}, {image: "x/a:2"}, {name: none}, {image: null}, {image: ""}]
              initContainers: [{image: "a@sha256:2222222222222222222222222222222222222222222222222222222222222222"}]
              ephemeralContainers: [{image: a}]
            """#),
        Case(
            "replicas old name and missing",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            replicas: [{name: d, count: 3}, {name: e, count: 0}]
            === a.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: e}
            spec: {replicas: 5}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: d}
            """#),
        Case(
            "local config true",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {config.kubernetes.io/local-config: "yes"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            spec: {volumes: [{configMap: {name: a}}]}
            """#),
        Case(
            "user origin annotation",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, annotations: {config.kubernetes.io/origin: "x", alpha.config.kubernetes.io/transformations: "y", config.kubernetes.io/path: z, config.kubernetes.io/index: "0", internal.config.kubernetes.io/foo: bar}}
            """#),
        Case(
            "roles across namespaces with prefixes", root: "all",
            #"""
            === all/kustomization.yaml
            resources: [../a, ../b]
            nameSuffix: -all
            === a/kustomization.yaml
            resources: [r.yaml]
            namespace: a
            namePrefix: pa-
            === a/r.yaml
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: robot}
            === b/kustomization.yaml
            resources: [r.yaml]
            namespace: b
            namePrefix: pb-
            === b/r.yaml
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: rb}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
            subjects: [{kind: ServiceAccount, name: robot, namespace: a}, {kind: ServiceAccount, name: robot, namespace: c}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: r}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: crb}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}
            subjects: [{kind: ServiceAccount, name: robot, namespace: a}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: r}
            rules: [{resourceNames: [x], resources: [configmaps]}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: x}
            """#),
        Case(
            "namespace in layers over accounts", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [../base]
            namespace: over
            === base/kustomization.yaml
            resources: [r.yaml]
            namespace: base
            === base/r.yaml
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: default}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: sa}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: crb}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}
            subjects: [{kind: ServiceAccount, name: default}, {kind: ServiceAccount, name: sa, namespace: default}, {kind: ServiceAccount, name: sa}, {kind: ServiceAccount, name: sa, namespace: base}]
            """#),
        Case(
            "webhooks and services renamed",
            #"""
            === kustomization.yaml
            resources: [r.yaml]
            namePrefix: p-
            namespace: nn
            === r.yaml
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: v}
            webhooks:
            - {name: a.b.c, clientConfig: {service: {name: svc, namespace: system}}}
            - {name: a.b.d, clientConfig: {service: {name: svc}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: svc, namespace: system}
            """#),
        Case(
            "resources in json and odd extensions",
            #"""
            === kustomization.yaml
            resources: [a.json, b.txt, ./c/../c.yml]
            === a.json
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}
            === b.txt
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            === c.yml
            apiVersion: v1
            kind: Pod
            metadata: {name: c}
            === c/x
            y
            """#),
        Case(
            "image names with odd parts",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            images:
            - {name: nginx, newName: "", newTag: "", digest: ""}
            - {name: "foo", newName: "bar:5000/foo"}
            - {name: "host:5000/x/y", newTag: "1@2"}
            - {name: "q", newTag: "1", digest: "sha256:3333333333333333333333333333333333333333333333333333333333333333"}
            === a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {containers: [{image: "nginx:1@sha256:1111111111111111111111111111111111111111111111111111111111111111"}, {image: "foo:1"}, {image: "host:5000/x/y"}, {image: "q:0"}, {image: "index.docker.io/library/nginx"}]}
            """#),
        Case(
            "image template braces",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            images:
            - {name: nginx, newTag: "2"}
            === a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {containers: [{image: "nginx:{{tag}}"}, {image: "nginx:$(TAG)"}, {image: "nginx:1-a_b.c"}, {image: "nginx@sha256:{digest}"}]}
            """#),
        Case(
            "labels over existing and templates of all kinds",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            labels: [{pairs: {a: new, b: "2"}, includeTemplates: true, includeSelectors: false}]
            === a.yaml
            apiVersion: batch/v1
            kind: Job
            metadata: {name: j, labels: {a: old}}
            spec: {template: {metadata: {labels: {a: old}}}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: d}
            ---
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: r}
            spec: {selector: {a: old}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: ro}
            spec: {template: {metadata: {labels: {a: old}}}}
            """#),
    ]
}
