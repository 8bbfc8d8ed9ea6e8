extension Cases {
    static let refusedSchemas: [Case] = [
        Case(
            "openapi unknown version",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            openapi: {version: v1.99.0}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            """#),
        Case(
            "openapi missing file",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            openapi: {path: no.json}
            === b.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            """#),
        Case(
            "openapi both",
            #"""
            === kustomization.yaml
            resources: [b.yaml]
            openapi: {path: s.json, version: v1.21.2}
            === s.json
            {"definitions": {}}
            === b.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            """#),
    ]
}
