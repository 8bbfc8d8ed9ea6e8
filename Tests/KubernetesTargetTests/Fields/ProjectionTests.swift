import Manifests
import Testing

@testable import KubernetesTarget

struct ProjectionTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        var group = ""
        let live: String
        let declared: String
        let result: String
        var testDescription: String { name }
    }

    static let samples = [
        Sample(
            name: "defaulted members are left out", live: "{spec: {a: 1, b: 2}, status: {x: 1}}", declared: "{spec: {a: 7}}",
            result: "{spec: {a: 1}}"),
        Sample(name: "a missing member stays missing", live: "{spec: {}}", declared: "{spec: {a: 1}}", result: "{spec: {}}"),
        Sample(
            name: "another type is taken whole", live: "{spec: {a: [1]}}", declared: "{spec: {a: {b: 1}}}",
            result: "{spec: {a: [1]}}"),
        Sample(
            name: "elements are found by their built-in key, in the order declared",
            live: "{containers: [{name: side, image: s}, {name: b, image: i, pull: Always}, {name: a, image: j}]}",
            declared: "{containers: [{name: a, image: x}, {name: b, image: y}]}",
            result: "{containers: [{name: a, image: j}, {name: b, image: i}]}"),
        Sample(
            name: "container ports go by port and protocol",
            live: "{ports: [{containerPort: 53, protocol: TCP, name: t}, {containerPort: 53, protocol: UDP, name: u}]}",
            declared: "{ports: [{containerPort: 53, protocol: UDP, name: u}]}",
            result: "{ports: [{containerPort: 53, protocol: UDP, name: u}]}"),
        Sample(name: "a list without keys is one value", live: "{args: [a, b]}", declared: "{args: [a]}", result: "{args: [a, b]}"),
        Sample(
            name: "a custom type's list without a field set is one value", group: "example.org",
            live: "{containers: [{name: a, x: 1}, {name: b}]}", declared: "{containers: [{name: a}]}",
            result: "{containers: [{name: a, x: 1}, {name: b}]}"),
        Sample(
            name: "a field set tells the keys of a custom type's list", group: "example.org",
            live:
                #"{metadata: {managedFields: [{manager: m, fieldsV1: {"f:parts": {'k:{"id":"a"}': {"f:size": {}}}}}]}, parts: [{id: b}, {id: a, size: 1, x: 2}]}"#,
            declared: "{parts: [{id: a, size: 5}]}", result: "{parts: [{id: a, size: 1}]}"),
        Sample(
            name: "a field set tells a set", group: "example.org",
            live: #"{metadata: {managedFields: [{manager: m, fieldsV1: {"f:tags": {'v:"a"': {}}}}]}, tags: [b, a, c]}"#,
            declared: "{tags: [a, d]}", result: "{tags: [a]}"),
        Sample(
            name: "a field set that owns the list as one value beats the table",
            live: #"{metadata: {managedFields: [{manager: m, fieldsV1: {"f:env": {}}}]}, env: [{name: a}, {name: b}]}"#,
            declared: "{env: [{name: a}]}", result: "{env: [{name: a}, {name: b}]}"),
    ]

    @Test(arguments: samples)
    func projectsOntoDeclaredPaths(_ sample: Sample) throws {
        let projected = Projection(group: sample.group).project(try yaml(sample.live), on: try yaml(sample.declared))
        #expect(projected.json == (try yaml(sample.result)).json)
    }
}

struct ComparisonTests {
    typealias Row = (name: String, old: String, new: String, paths: [String])

    @Test(arguments: [
        (name: "equal", old: "{spec: {a: 1}}", new: "{spec: {a: 1}}", paths: []),
        (name: "a member", old: "{spec: {a: 1}}", new: "{spec: {a: 2}}", paths: ["/spec/a"]),
        (
            name: "mappings that come or go are told by their members", old: "{spec: {}}", new: "{spec: {m: {a: 1, b: {c: 1}}}}",
            paths: ["/spec/m/a", "/spec/m/b/c"]
        ),
        (name: "an empty mapping", old: "{spec: {}}", new: "{spec: {m: {}}}", paths: ["/spec/m"]),
        (
            name: "elements by key", old: "{spec: {env: [{name: A, value: x}, {name: C}]}}",
            new: "{spec: {env: [{name: B}, {name: A, value: y}]}}",
            paths: ["/spec/env/[name=A]/value", "/spec/env/[name=C]", "/spec/env/[name=B]"]
        ),
        (
            name: "an order is no change", old: "{spec: {env: [{name: A}, {name: B}]}}",
            new: "{spec: {env: [{name: B}, {name: A}]}}", paths: []
        ),
        (name: "a list that is one value", old: "{spec: {args: [a]}}", new: "{spec: {args: [b]}}", paths: ["/spec/args"]),
        (
            name: "status and bookkeeping", old: "{metadata: {name: a, resourceVersion: '1'}, status: {x: 1}}",
            new: "{metadata: {name: a, resourceVersion: '2', generation: 3}}", paths: []
        ),
        (
            name: "slashes in keys", old: "{metadata: {labels: {a: b}}}", new: "{metadata: {labels: {a: b, x.y/z: c}}}",
            paths: ["/metadata/labels/x.y~1z"]
        ),
    ])
    func namesTheFieldsThatDiffer(_ row: Row) throws {
        let changes = Comparison(group: "").changes(from: try yaml(row.old), to: try yaml(row.new))
        #expect(changes.map(\.path.description) == row.paths)
    }

    @Test(
        arguments: [
            (live: "{spec: {cpu: '1'}}", declared: "{spec: {cpu: 1000m}}", paths: []),
            (live: "{spec: {memory: 512Mi}}", declared: "{spec: {memory: 0.5Gi}}", paths: []),
            (live: "{spec: {cpu: '2'}}", declared: "{spec: {cpu: 1000m}}", paths: ["/spec/cpu"]),
            (live: "{spec: {}}", declared: "{spec: {args: [], m: null}}", paths: []),
            (live: "{spec: {a: 1, b: 2}}", declared: "{spec: {a: 1}}", paths: []),
            (live: "{spec: {}}", declared: "{spec: {a: 1}}", paths: ["/spec/a"]),
        ] as [(live: String, declared: String, paths: [String])])
    func departuresWithoutTheServer(_ row: (live: String, declared: String, paths: [String])) throws {
        let found = Comparison(group: "").departures(of: try yaml(row.live), from: try yaml(row.declared))
        #expect(found.map(\.path.description) == row.paths)
    }
}

struct UnmanagedTests {
    @Test(
        arguments: [
            (
                kind: "Service", live: "{spec: {selector: {a: b, c: d}}}", declared: "{spec: {selector: {a: b}}}",
                paths: ["/spec/selector/c"]
            ),
            (kind: "Service", live: "{spec: {selector: {a: b}}}", declared: "{spec: {ports: []}}", paths: ["/spec/selector/a"]),
            (
                kind: "Deployment", live: "{spec: {selector: {matchLabels: {a: b, c: d}}}}",
                declared: "{spec: {selector: {matchLabels: {a: b}}}}", paths: ["/spec/selector/matchLabels/c"]
            ),
            (kind: "Job", live: "{spec: {selector: {matchLabels: {uid: x}}}}", declared: "{spec: {template: {}}}", paths: []),
            (
                kind: "Deployment", live: "{spec: {volumes: [{name: v}]}}", declared: "{spec: {x: 1}}",
                paths: ["/spec/volumes/[name=v]"]
            ),
            (
                kind: "Pod", live: "{spec: {volumes: [{name: kube-api-access-x1}, {name: w}]}}", declared: "{spec: {x: 1}}",
                paths: ["/spec/volumes/[name=w]"]
            ),
            (
                kind: "Deployment", live: "{spec: {containers: [{name: a, env: [{name: X}]}]}}",
                declared: "{spec: {containers: [{name: a}]}}",
                paths: ["/spec/containers/[name=a]/env/[name=X]"]
            ),
            (kind: "Role", live: "{subjects: [{name: a}, {name: b}]}", declared: "{subjects: [{name: a}]}", paths: []),
            (kind: "Pod", live: "{status: {containers: [{name: a}]}}", declared: "{spec: {}}", paths: []),
        ] as [(kind: String, live: String, declared: String, paths: [String])])
    func findsEntriesThatNobodyDeclared(_ row: (kind: String, live: String, declared: String, paths: [String])) throws {
        #expect(Unmanaged(group: "", kind: row.kind).paths(in: try yaml(row.live), beside: try yaml(row.declared)) == row.paths)
    }
}
