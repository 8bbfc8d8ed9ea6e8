/// Manifests that several tests use.
enum Samples {
    static let configMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {color: red, size: "1"}
        """

    static func deployment(
        name: String = "web", replicas: String = "2", image: String = "nginx:1", extra: String = ""
    ) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: \(name)}
        spec:
          \(replicas.isEmpty ? "" : "replicas: \(replicas)")
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata: {labels: {app: \(name)}, creationTimestamp: null}
            spec:
              containers:
              - name: app
                image: \(image)
                env: [{name: MODE, value: production}]
                ports: [{containerPort: 80}]
                resources: {requests: {cpu: 1000m, memory: 0.5Gi}}
        \(extra)
        """
    }

    static let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{port: 80}]
        """

    static let secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: login}
        stringData: {password: hunter2}
        """
}
