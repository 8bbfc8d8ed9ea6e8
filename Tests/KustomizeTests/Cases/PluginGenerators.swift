extension Cases {
    static let pluginGenerators: [Case] = [
        Case(
            "generators external",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            namePrefix: p-
            generatorOptions: {labels: {all: x}}
            generators: [g.yaml]
            === g.yaml
            apiVersion: builtin
            kind: ConfigMapGenerator
            metadata: {name: cm, namespace: nn}
            literals: [a=b]
            envs: [e.env]
            files: [f.txt, g=f.txt]
            options: {labels: {q: r}, disableNameSuffixHash: true}
            ---
            apiVersion: builtin
            kind: SecretGenerator
            metadata: {name: sec}
            literals: [a=b]
            type: foo
            ---
            apiVersion: builtin
            kind: IAMPolicyGenerator
            metadata: {name: iam}
            cloud: gke
            kubernetesService: {namespace: kns, name: ksa}
            serviceAccount: {name: gsa, projectId: proj}
            ---
            apiVersion: builtin
            kind: ConfigMapGenerator
            metadata: {name: base}
            behavior: merge
            literals: [c=d]
            === e.env
            A=1
            === f.txt
            hello
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: base}
            data: {x: "y"}
            """#),
        Case(
            "hash transformer",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            configMapGenerator: [{name: g, literals: [a=b]}]
            transformers: [t.yaml]
            === t.yaml
            apiVersion: builtin
            kind: HashTransformer
            metadata: {name: f}
            === a.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: s}
            spec: {volumes: [{configMap: {name: g}}]}
            """#),
        Case(
            "vars everywhere",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            vars: [{name: S, objref: {kind: Service, name: web, apiVersion: v1}}]
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec:
              template:
                metadata: {annotations: {a: $(S)}, labels: {a: $(S)}}
                spec:
                  initContainers: [{args: [$(S)], command: [$(S)], env: [{value: $(S)}], volumeMounts: [{mountPath: $(S), name: $(S)}]}]
                  volumes: [{nfs: {server: $(S), path: $(S)}}]
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: d}
            spec:
              jobTemplate:
               spec:
                template:
                 volumes: [{nfs: {server: $(S), path: $(S)}}]
                 spec:
                  initContainers: [{args: [$(S)], command: [$(S)], env: [{value: $(S)}], volumeMounts: [{mountPath: $(S), name: $(S)}]}]
                  containers: [{args: [$(S)], command: [$(S)], env: [{value: $(S)}], volumeMounts: [{mountPath: $(S), name: $(S)}]}]
                  volumes: [{nfs: {server: $(S), path: $(S)}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: d}
            spec: {rules: [{host: $(S).com}], tls: [{hosts: [$(S).com], secretName: $(S)}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: d}
            spec: {volumeClaimTemplates: [{spec: {nfs: {server: $(S)}}}], template: {spec: {volumes: [{nfs: {server: $(S)}}], containers: [{args: [$(S)]}]}}}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: d}
            spec: {nfs: {server: $(S)}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: d}
            spec: {volumes: [{nfs: {server: $(S)}}], containers: [{args: [$(S)]}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: d}
            spec: {template: {metadata: {annotations: {a: $(S)}}, spec: {volumes: [{nfs: {server: $(S)}}], containers: [{args: [$(S)]}]}}}
            ---
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: d}
            spec: {template: {spec: {volumes: [{nfs: {server: $(S)}}], containers: [{args: [$(S)]}]}}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: d}
            spec: {template: {spec: {volumes: [{nfs: {server: $(S)}}], containers: [{args: [$(S)]}]}}}
            """#),
        Case(
            "policies",
            #"""
            === kustomization.yaml
            resources: [s.yaml]
            namePrefix: p-
            === s.yaml
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: pol}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: bind}
            spec: {policyName: pol}
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: ic}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: i}
            spec: {ingressClassName: ic}
            """#),
        Case(
            "case of keys",
            #"""
            === kustomization.yaml
            Resources: [s.yaml]
            nameprefix: p-
            patches: [{Target: {Kind: Service}, Patch: '[{"op": "add", "path": "/spec", "value": {}}]'}]
            === s.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            """#),
    ]
}
