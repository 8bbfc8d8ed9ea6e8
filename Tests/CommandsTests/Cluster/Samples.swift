/// Manifests that several tests use.
enum Samples {
    static func configMap(_ name: String, _ data: String = "color: red", annotations: String = "") -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: \(name), annotations: {\(annotations)}}
        data: {\(data)}
        """
    }

    static func deployment(_ name: String = "web", replicas: String = "replicas: 2", image: String = "nginx:1") -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: \(name), creationTimestamp: null}
        spec:
          \(replicas)
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata: {labels: {app: \(name)}}
            spec:
              containers:
              - name: app
                image: \(image)
                env: [{name: MODE, value: production}]
                ports: [{containerPort: 80}]
                resources: {requests: {cpu: 1000m, memory: 0.5Gi}}
        """
    }

    static func service(_ name: String = "web") -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: \(name)}
        spec: {selector: {app: \(name)}, ports: [{port: 80}]}
        """
    }

    static func job(_ name: String, hook: String, policy: String = "BeforeHookCreation", command: String = "migrate") -> String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: \(name)
          annotations: {plumb.dev/hook: \(hook), plumb.dev/hook-delete-policy: \(policy)}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: busybox, command: [\(command)]}]
        """
    }

    /// One of each kind that servers write differently from how people do, or that has rules of its own.
    static let manyKinds: [String] = [
        deployment(), service(), configMap("settings"),
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: login}
        stringData: {password: hunter2}
        """,
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: web}
        """,
        """
        apiVersion: batch/v1beta1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: busybox, resources: {limits: {cpu: 0.1, memory: 128974848}}}]
        """,
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          rules:
          - host: web.example
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
        """,
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
        """,
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: ServiceAccount, name: web}]
        """,
    ]
}
