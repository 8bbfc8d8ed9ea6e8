import Testing

/// A tree of files with a kustomization in it.
struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The directory to build.
    var root: String
    var files: [String: String]

    init(_ name: String, root: String = ".", _ files: [String: String]) {
        self.name = name
        self.root = root
        self.files = files
    }

    /// The files in one text, each after a line `=== path`.
    init(_ name: String, root: String = ".", _ text: String) {
        var files: [String: String] = [:]
        var path = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") { path = String(line.dropFirst(4)) } else { files[path, default: ""] += line + "\n" }
        }
        self.init(name, root: root, files)
    }

    var testDescription: String { name }
}

/// Objects that many cases use.
enum Fixture {
    static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels: {tier: front}
        spec:
          replicas: 1
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              serviceAccountName: runner
              containers:
              - name: web
                image: nginx:1.25
                args: [a, b]
                ports:
                - containerPort: 80
                env:
                - name: LEVEL
                  value: info
                - name: TOKEN
                  valueFrom: {secretKeyRef: {name: token, key: t}}
                envFrom:
                - configMapRef: {name: settings}
                volumeMounts:
                - {name: data, mountPath: /data}
              - name: sidecar
                image: registry.local:5000/tools/sidecar
              initContainers:
              - name: init
                image: busybox@sha256:0000000000000000000000000000000000000000000000000000000000000001
              volumes:
              - name: data
                persistentVolumeClaim: {claimName: data}
              - name: conf
                configMap: {name: settings}
              imagePullSecrets: [{name: pull}]

        """

    static let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports:
          - {name: http, port: 80, targetPort: 8080}
          - {name: admin, port: 81}

        """

    static let configMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {a: "1"}

        """

    static let account = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: runner}
        imagePullSecrets: [{name: pull}]

        """

    static let secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: token}
        stringData: {t: x}

        """

    static let claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: fast, volumeName: disk}

        """

    /// One object of many kinds, in no order.
    static let zoo = [
        "networking.k8s.io/v1 Ingress front", "apps/v1 StatefulSet db", "v1 Service web", "v1 Namespace team", "v1 Pod one",
        "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration check",
        "apiextensions.k8s.io/v1 CustomResourceDefinition things.example.com",
        "example.com/v1 Thing beta", "example.com/v1 Thing alpha", "v1 Secret s", "rbac.authorization.k8s.io/v1 ClusterRole reader",
        "batch/v1 CronJob nightly", "batch/v1 Job once", "apps/v1 DaemonSet agent", "storage.k8s.io/v1 StorageClass fast",
        "policy/v1 PodDisruptionBudget pdb", "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration change",
        "scheduling.k8s.io/v1 PriorityClass high", "v1 PersistentVolume disk", "autoscaling/v2 HorizontalPodAutoscaler web",
        "v1 LimitRange limits", "v1 ResourceQuota quota", "apps/v1 Deployment web", "apps/v1 ReplicaSet rs", "v1 ConfigMap b",
        "v1 ConfigMap a",
    ].map { line in
        let parts = line.split(separator: " ")
        return "apiVersion: \(parts[0])\nkind: \(parts[1])\nmetadata: {name: \(parts[2])}\n"
    }.joined(separator: "---\n")

    static func kustomization(_ resources: String..., rest: String = "") -> String {
        "resources: [\(resources.joined(separator: ", "))]\n\(rest)\n"
    }
}
