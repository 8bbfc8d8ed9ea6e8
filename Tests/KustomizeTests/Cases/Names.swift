extension Cases {
    private static let application =
        [Fixture.deployment, Fixture.service, Fixture.configMap, Fixture.secret, Fixture.account, Fixture.claim, references].joined(
            separator: "---\n")

    private static let references = """
        apiVersion: v1
        kind: Secret
        metadata: {name: pull}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast}
        parameters: {secretName: token, other: token}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk}
        spec: {storageClassName: fast, azureFile: {secretName: token}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/auth-secret: token, nginx.ingress.kubernetes.io/fastcgi-params-configmap: settings, other: token}}
        spec:
          ingressClassName: edge
          defaultBackend: {service: {name: web, port: {number: 80}}}
          tls: [{secretName: token, hosts: [a]}]
          rules:
          - http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}, {path: /x, backend: {service: {name: elsewhere}}}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: edge}
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: high}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: web
          template:
            spec:
              priorityClassName: high
              serviceAccountName: runner
              containers:
              - {name: x, image: x, env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}], envFrom: [{secretRef: {name: token}}, {configMapRef: {name: none}}]}
              volumes: [{name: p, projected: {sources: [{secret: {name: token}}, {configMap: {name: settings}}]}}, {name: s, secret: {secretName: token}}]
          volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast}}]
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly}
        spec: {jobTemplate: {spec: {template: {spec: {serviceAccountName: runner, priorityClassName: high, containers: [{name: x, envFrom: [{configMapRef: {name: settings}}]}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: one}
        spec: {serviceAccountName: runner, priorityClassName: high, containers: [{name: x, image: x, envFrom: [{configMapRef: {name: settings}}]}], initContainers: [{name: y, env: [{name: T, valueFrom: {secretKeyRef: {name: token, key: t}}}]}]}
        ---
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: rc}
        spec: {template: {spec: {serviceAccountName: runner, volumes: [{configMap: {name: settings}}, {persistentVolumeClaim: {claimName: data}}]}}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: rs}
        spec: {template: {spec: {serviceAccountName: runner, volumes: [{configMap: {name: settings}}, {persistentVolumeClaim: {claimName: data}}]}}}
        ---
        apiVersion: v1
        kind: PodTemplate
        metadata: {name: pt}
        template: {spec: {serviceAccountName: runner, volumes: [{configMap: {name: settings}}]}}
        ---
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1.example.com}
        spec: {service: {name: web, namespace: default}}
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: foos.example.com}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: team}
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: t}
        spec: {configMapRef: {name: settings}}
        ---
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: kn}
        spec: {template: {spec: {containers: [{env: [{valueFrom: {secretKeyRef: {name: token}}}]}]}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r}
        spec: {rules: [{backendRefs: [{name: web}]}]}

        """

    private static func application(_ name: String, _ rest: String) -> Case {
        Case(name, ["kustomization.yaml": Fixture.kustomization("a.yaml", rest: rest), "a.yaml": application])
    }

    static let names: [Case] = [
        application("a prefix", "namePrefix: p-"),
        application("a suffix", "nameSuffix: -s"),
        application("prefix, suffix and namespace", "namePrefix: p-\nnameSuffix: -s\nnamespace: ns1"),
        application(
            "everything",
            "namePrefix: p-\nnameSuffix: -s\nnamespace: ns1\ncommonLabels: {a: b}\ncommonAnnotations: {c: d}\nimages: [{name: nginx, newTag: '2'}]"
        ),
        Case(
            "prefixes of three layers", root: "three",
            [
                "one/kustomization.yaml": Fixture.kustomization("a.yaml", rest: "namePrefix: a-"), "one/a.yaml": application,
                "two/kustomization.yaml": Fixture.kustomization("../one", rest: "namePrefix: b-\nnameSuffix: -b"),
                "three/kustomization.yaml": Fixture.kustomization("../two", rest: "namePrefix: c-\nnamespace: ns1"),
            ]),
        Case(
            "references between siblings", root: "all",
            [
                "a/kustomization.yaml": Fixture.kustomization("c.yaml", rest: "namePrefix: a-"), "a/c.yaml": Fixture.configMap,
                "all/kustomization.yaml": Fixture.kustomization("../a", "d.yaml", rest: "nameSuffix: -z"),
                "all/d.yaml": Fixture.deployment,
            ]),
        Case(
            "the same application twice", root: "all",
            [
                "base/kustomization.yaml": Fixture.kustomization(
                    "d.yaml", rest: "configMapGenerator: [{name: settings, literals: [a=b]}]"),
                "base/d.yaml": Fixture.deployment + "---\n" + Fixture.account,
                "a/kustomization.yaml": Fixture.kustomization("../base", rest: "namePrefix: a-"),
                "b/kustomization.yaml": Fixture.kustomization(
                    "../base", rest: "namePrefix: b-\nconfigMapGenerator: [{name: settings, behavior: merge, literals: [a=c]}]"),
                "all/kustomization.yaml": Fixture.kustomization("../a", "../b"),
            ]),
        Case(
            "roles",
            [
                "kustomization.yaml": Fixture.kustomization("r.yaml", rest: "namePrefix: p-"),
                "r.yaml": """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: same}
                rules: [{resourceNames: [settings, token, other], resources: [configmaps]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: same}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: rb}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: same}
                subjects: [{kind: ServiceAccount, name: runner}, {kind: User, name: runner}, {kind: ServiceAccount, name: none}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: rc}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: same}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: cb}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: same}
                subjects: [{kind: ServiceAccount, name: runner, namespace: default}]
                ---

                """ + Fixture.account + "---\n" + Fixture.configMap + "---\n" + Fixture.secret,
            ]),
        Case(
            "roles across namespaces",
            [
                "kustomization.yaml": Fixture.kustomization("r.yaml", rest: "namePrefix: p-"),
                "r.yaml": """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot, namespace: a}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot, namespace: b}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: rb, namespace: c}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}
                subjects: [{kind: ServiceAccount, name: robot, namespace: b}]
                """,
            ]),
        Case(
            "a generated name through the layers", root: "over",
            [
                "base/kustomization.yaml": Fixture.kustomization(
                    "a.yaml", rest: "namePrefix: b-\nconfigMapGenerator: [{name: generated, literals: [k=v]}]"),
                "base/a.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{configMap: {name: generated}}]}\n",
                "over/kustomization.yaml": Fixture.kustomization("../base", "q.yaml", rest: "nameSuffix: -o"),
                "over/q.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: q}\nspec: {volumes: [{configMap: {name: b-generated}}, {configMap: {name: generated}}]}\n",
            ]),
    ]
}
