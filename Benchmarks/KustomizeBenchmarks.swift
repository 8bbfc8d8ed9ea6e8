import Foundation
import Kustomize
import Manifests
import Model

/// Building kustomizations in process, beside the process `kubectl kustomize` on the same files.
enum KustomizeBenchmarks {
    static func run() async throws {
        guard let kubectl = ["/usr/local/bin/kubectl", "/usr/bin/kubectl"].first(where: FileManager.default.isExecutableFile) else {
            return Report.row("Kustomize", "–", "kubectl is not on this machine")
        }
        try await row("Kustomize, an overlay of three layers", layers, root: "over", kubectl)
        try await row("Kustomize, 500 objects", many, root: ".", kubectl)
    }

    private static func row(_ name: String, _ files: [String: String], root: String, _ kubectl: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        for (path, text) in files {
            let file = directory.appendingPathComponent(path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let tree = try MemoryTree(files)
        let path = try TreePath(root)
        let root = directory.appendingPathComponent(root).path
        let (ours, theirs) = try await Stopwatch.medians {
            _ = try await Kustomize.build(path, in: tree)
        } beside: {
            try build(root, kubectl)
        }
        Report.row(
            name, "\((ours.seconds * 1000).text(1)) ms",
            "kubectl kustomize \((theirs.seconds * 1000).text(0)) ms, ratio \((theirs.seconds / ours.seconds).text(0))")
    }

    private static func build(_ directory: String, _ kubectl: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: kubectl)
        process.arguments = ["kustomize", directory]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PlumbError(.failed, "kubectl kustomize failed with \(process.terminationStatus).")
        }
    }

    private static let layers = [
        "base/web.yaml": application(""), "base/kustomization.yaml": "resources: [web.yaml]\n\(generators)",
        "middle/kustomization.yaml": """
        resources: [../base]
        namePrefix: middle-
        labels: [{pairs: {team: a}, includeSelectors: true}]
        images: [{name: nginx, newTag: "1.27"}]
        """,
        "over/kustomization.yaml": """
        resources: [../middle]
        namespace: prod
        nameSuffix: -prod
        replicas: [{name: web, count: 3}]
        configMapGenerator: [{name: settings, behavior: merge, literals: [c=d]}]
        patches:
        - patch: |-
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: web, resources: {limits: {memory: 1Gi}}}]}}}
        - target: {kind: Service}
          patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
        """,
    ]

    private static let many = [
        "web.yaml": (0..<250).map { application("\($0)") }.joined(separator: "---\n"),
        "kustomization.yaml": """
        resources: [web.yaml]
        namespace: prod
        namePrefix: p-
        labels: [{pairs: {team: a}, includeSelectors: true}]
        images: [{name: nginx, newTag: "1.27"}]
        patches: [{target: {kind: Deployment}, patch: '[{"op": "replace", "path": "/spec/replicas", "value": 2}]'}]
        \(generators)
        """,
    ]

    private static let generators = """
        configMapGenerator: [{name: settings, literals: [a=b]}]
        secretGenerator: [{name: token, literals: [t=x]}]
        """

    static func application(_ suffix: String) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web\(suffix), labels: {app: web\(suffix)}}
        spec:
          replicas: 1
          selector: {matchLabels: {app: web\(suffix)}}
          template:
            metadata: {labels: {app: web\(suffix)}}
            spec:
              containers:
              - name: web
                image: nginx:1.25
                ports: [{containerPort: 80}]
                env:
                - {name: LEVEL, value: info}
                - {name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: t}}}
                envFrom: [{configMapRef: {name: settings}}]
                volumeMounts: [{name: data, mountPath: /data}]
              volumes: [{name: data, configMap: {name: settings}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web\(suffix)}
        spec:
          selector: {app: web\(suffix)}
          ports: [{name: http, port: 80, targetPort: 8080}]

        """
    }
}
