import Manifests
import Model

/// The objects that everything is measured on: `count` × (ServiceAccount, Service, Deployment, Ingress).
enum Workload {
    static func manifests(_ count: Int, prefix: String = "app") -> [Value] {
        (0..<count).flatMap { index in four("\(prefix)-\(index)") }
    }

    static func yaml(_ count: Int, prefix: String = "app") -> String {
        manifests(count, prefix: prefix).map { YAML.serialize($0) }.joined(separator: "---\n")
    }

    static func json(deployments count: Int) -> [UInt8] {
        JSON.serialize(["items": .array((0..<count).map { deployment("app-\($0)") })])
    }

    private static func four(_ name: String) -> [Value] {
        [
            ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": .string(name)]],
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "labels": ["app": .string(name)]],
                "spec": [
                    "selector": ["app": .string(name)],
                    "ports": [["name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"]],
                ],
            ],
            deployment(name),
            [
                "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": ["name": .string(name)],
                "spec": [
                    "rules": [
                        [
                            "host": .string("\(name).example.com"),
                            "http": [
                                "paths": [
                                    [
                                        "path": "/", "pathType": "Prefix",
                                        "backend": ["service": ["name": .string(name), "port": ["name": "http"]]],
                                    ]
                                ]
                            ],
                        ]
                    ]
                ],
            ],
        ]
    }

    private static func deployment(_ name: String) -> Value {
        let labels: Value = ["app": .string(name), "app.kubernetes.io/name": .string(name), "app.kubernetes.io/part-of": "shop"]
        let container: Value = [
            "name": "app", "image": .string("registry.example.com/shop/\(name):1.24.3"),
            "args": ["--listen=:8080", "--log-format=json", "--metrics"],
            "env": [["name": "LOG_LEVEL", "value": "info"], ["name": "REGION", "value": "eu-west-1"]],
            "ports": [["name": "http", "containerPort": 8080, "protocol": "TCP"]],
            "readinessProbe": ["httpGet": ["path": "/ready", "port": "http"], "periodSeconds": 5],
            "livenessProbe": ["httpGet": ["path": "/live", "port": "http"], "periodSeconds": 10],
            "resources": ["requests": ["cpu": "100m", "memory": "128Mi"], "limits": ["cpu": "1000m", "memory": "0.5Gi"]],
            "securityContext": ["allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true],
        ]
        return [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name), "labels": labels],
            "spec": [
                "replicas": 2, "selector": ["matchLabels": ["app": .string(name)]],
                "template": [
                    "metadata": ["labels": labels],
                    "spec": ["serviceAccountName": .string(name), "containers": [container], "terminationGracePeriodSeconds": 30],
                ],
            ],
        ]
    }
}
