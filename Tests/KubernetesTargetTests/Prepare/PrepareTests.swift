import KubernetesClient
import Manifests
import Model
import Testing

@testable import KubernetesTarget

struct PrepareTests {
    static let discovery = Discovery(
        resources: [
            APIResource(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true),
            APIResource(group: "", version: "v1", kind: "Secret", plural: "secrets", namespaced: true),
            APIResource(group: "", version: "v1", kind: "Service", plural: "services", namespaced: true),
            APIResource(group: "", version: "v1", kind: "Namespace", plural: "namespaces", namespaced: false),
            APIResource(group: "apps", version: "v1", kind: "Deployment", plural: "deployments", namespaced: true),
            APIResource(
                group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition", plural: "customresourcedefinitions",
                namespaced: false),
        ], failures: ["metrics.k8s.io": "503"])

    static func prepare(_ text: String) throws -> [DesiredObject] {
        let manifests = try manifests(text)
        let definitions = try manifests.compactMap(CustomDefinition.init)
        var preparation = Preparation(discovery: discovery, definitions: definitions, namespace: "home")
        for manifest in manifests { preparation.add(manifest) }
        return Preparation.linked(try preparation.finish(), definitions: definitions)
    }

    @Test(arguments: [
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", "ConfigMap home/a"),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}", "ConfigMap b/a"),
        ("{apiVersion: v1, kind: Namespace, metadata: {name: a, namespace: b}}", "Namespace a"),
    ])
    func placesByScope(_ row: (String, String)) throws {
        let object = try #require(try Self.prepare(row.0).first)
        #expect(object.key.description == row.1)
        #expect(object.manifest.namespace == object.key.namespace)
    }

    @Test(arguments: [
        (
            "{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {b: Yg==, a: eA==}, stringData: {a: '1'}}",
            "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: home}, data: {b: Yg==, a: MQ==}}"
        ),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 1}, {port: 2, protocol: UDP}]}}",
            "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: home}, spec: {ports: [{port: 1, protocol: TCP}, {port: 2, protocol: UDP}]}}"
        ),
        (
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, creationTimestamp: null, uid: u, resourceVersion: '1', managedFields: []}, spec: {template: {metadata: {creationTimestamp: null}, spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}}}, status: {}}",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: home}, spec: {template: {metadata: {}, spec: {containers: [{name: c, ports: [{containerPort: 1, protocol: TCP}]}]}}}}"
        ),
    ])
    func completes(_ row: (String, String)) throws {
        let object = try #require(try Self.prepare(row.0).first)
        #expect(object.manifest.value.json == (try yaml(row.1)).json)
    }

    static let definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.org}
        spec: {group: example.org, scope: Cluster, names: {kind: Widget, plural: widgets}, versions: [{name: v1, served: true}]}
        """

    @Test func linksNamespacesAndDefinitions() throws {
        let objects = try Self.prepare(
            """
            \(Self.definition)
            ---
            {apiVersion: example.org/v1, kind: Widget, metadata: {name: w, namespace: dropped}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: home}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
            """)
        #expect(
            objects.map(\.key.description) == [
                "apiextensions.k8s.io/CustomResourceDefinition widgets.example.org", "example.org/Widget w", "Namespace home",
                "ConfigMap home/c",
            ])
        #expect(objects[0].provides == ["example.org/Widget"])
        #expect(objects[1].requires == [objects[0].key])
        #expect(objects[3].requires == [objects[2].key])
    }

    @Test(
        arguments: [
            (
                "{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: a}}",
                ["app.yaml:1", "apps/v1beta1", "It serves Deployment in apps/v1."]
            ),
            ("{apiVersion: v1, kind: Configmap, metadata: {name: a}}", ["It serves ConfigMap in v1."]),
            ("{apiVersion: example.org/v1, kind: Widget, metadata: {name: a}}", ["CustomResourceDefinition"]),
            ("{apiVersion: metrics.k8s.io/v1, kind: PodMetrics, metadata: {name: a}}", ["did not answer", "503"]),
            ("{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: 1}}", ["\"a\"", "quotes"]),
            (
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: home}}",
                ["declared twice", "app.yaml:1", "app.yaml:3"]
            ),
            (
                "{apiVersion: x/v1, kind: A, metadata: {name: a}}\n---\n{apiVersion: y/v1, kind: B, metadata: {name: a}}",
                ["2 manifests", "x/v1", "y/v1"]
            ),
        ] as [(String, [String])])
    func refusesByName(_ row: (String, [String])) throws {
        let error = try #require(throws: PlumbError.self) { try Self.prepare(row.0) }
        for word in row.1 { #expect("\(error)".contains(word), "\(error)") }
    }
}

struct ReadPlanTests {
    static func keys(_ names: [(String, String)]) -> Set<ResourceKey> {
        Set(names.map { ResourceKey(group: "", kind: "ConfigMap", namespace: $0.0, name: $0.1) })
    }

    @Test func readsWithAsFewRequestsAsPossible() {
        let resource = APIResource(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true)
        #expect(
            ReadPlan.steps(resource, Self.keys([("a", "x")])).map(\.read) == [
                .object(ResourceKey(group: "", kind: "ConfigMap", namespace: "a", name: "x"))
            ])
        #expect(ReadPlan.steps(resource, Self.keys([("a", "x"), ("a", "y")])).map(\.read) == [.list(namespace: "a")])
        let four = ReadPlan.steps(resource, Self.keys([("a", "x"), ("a", "y"), ("b", "x"), ("c", "x"), ("d", "x")]))
        #expect(four.count == 4)
        let five = ReadPlan.steps(resource, Self.keys([("a", "x"), ("b", "x"), ("c", "x"), ("d", "x"), ("e", "x")]))
        #expect(five.map(\.read) == [.list(namespace: nil)])
    }
}
