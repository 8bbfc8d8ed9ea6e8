extension Cases {
    static let orders: [Case] = [
        Case(
            "sort with orders",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service], orderLast: [ConfigMap]}}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: z}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: z}
            """#),
        Case(
            "sort empty lists",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: legacy, legacySortOptions: {}}
            === a.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: z}
            """#),
        Case(
            "sort only in base", root: "over",
            #"""
            === over/kustomization.yaml
            resources: [../base]
            === base/kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: fifo}
            === base/a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: z}
            """#),
        Case(
            "ns sort3",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service, Namespace], orderLast: [Pod]}}
            === a.yaml
            apiVersion: e.com/v1
            kind: Namespace
            metadata: {name: y}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: x}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: aa.dev/v1
            kind: Service
            metadata: {name: a}
            """#),
        Case(
            "ns sort5",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: e.com/v1
            kind: StorageClass
            metadata: {name: y}
            ---
            apiVersion: zz.com/v1
            kind: StorageClass
            metadata: {name: x}
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: x}
            ---
            apiVersion: v1
            kind: StorageClass
            metadata: {name: x}
            ---
            apiVersion: e.com/v1
            kind: ClusterRole
            metadata: {name: x}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: x}
            ---
            apiVersion: apps/v1
            kind: Foo
            metadata: {name: x}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: x}
            ---
            apiVersion: aaa.com/v1
            kind: Node
            metadata: {name: x}
            """#),
        Case(
            "sort ns vs others unranked",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service], orderLast: [Pod]}}
            === a.yaml
            apiVersion: apps/v1
            kind: Foo
            metadata: {name: y}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: x}
            ---
            apiVersion: v1
            kind: Abc
            metadata: {name: a}
            """#),
        Case(
            "order of equal kinds and names",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: z}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: B, namespace: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a-b, namespace: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a.b, namespace: a}
            ---
            apiVersion: apps/v1beta1
            kind: Deployment
            metadata: {name: b}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            ---
            apiVersion: extensions/v1beta1
            kind: Deployment
            metadata: {name: b}
            """#),
    ]
}
