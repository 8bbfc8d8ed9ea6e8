extension Cases {
    static let refusedOrders: [Case] = [
        Case(
            "sort no order",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {}
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            """#),
        Case(
            "fifo with legacy options",
            #"""
            === kustomization.yaml
            resources: [a.yaml]
            sortOptions: {order: fifo, legacySortOptions: {orderFirst: [A]}}
            === a.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            """#),
    ]
}
