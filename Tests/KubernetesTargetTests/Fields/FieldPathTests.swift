import Manifests
import Model
import Testing

@testable import KubernetesTarget

struct FieldPathTests {
    @Test(arguments: [
        "/spec/replicas", "/spec/template/spec/containers/[name=app]/image", "/metadata/annotations/a.b~1c",
        "/x/[mountPath=~1data]/y",
        "/ports/[containerPort=80,protocol=TCP]",
    ])
    func readsWhatItWrites(_ text: String) throws {
        #expect(try FieldPath(parsing: text).description == text)
    }

    @Test(arguments: ["", "/", "spec/replicas", "/a/[x]"])
    func refusesWhatIsNoPath(_ text: String) {
        #expect(throws: PlumbError.self) { try FieldPath(parsing: text) }
    }

    @Test(arguments: [
        (path: "/spec/replicas", value: "{spec: {}}"),
        (path: "/containers/[name=b]/image", value: "{containers: [{name: a, image: x}, {name: b}], spec: {replicas: 3}}"),
        (path: "/containers/0", value: "{containers: [{name: b, image: y}], spec: {replicas: 3}}"),
        (
            path: "/containers/[name=c]/image",
            value: "{containers: [{name: a, image: x}, {name: b, image: y}], spec: {replicas: 3}}"
        ),
        (path: "/nowhere/at/all", value: "{containers: [{name: a, image: x}, {name: b, image: y}], spec: {replicas: 3}}"),
    ])
    func removes(_ row: (path: String, value: String)) throws {
        let value = try yaml("{containers: [{name: a, image: x}, {name: b, image: y}], spec: {replicas: 3}}")
        let result = IgnoredPaths.remove([try FieldPath(parsing: row.path)], from: value)
        if row.path == "/spec/replicas" {
            #expect(result["spec"] == .object(Object()) && result["containers"] == value["containers"])
        } else {
            #expect(result == (try yaml(row.value)))
        }
    }

    @Test(arguments: [
        (pattern: "*", name: "web", matches: true), (pattern: "web", name: "web", matches: true),
        (pattern: "web", name: "webs", matches: false),
        (pattern: "w*b", name: "web", matches: true), (pattern: "*-db", name: "a-b-db", matches: true),
        (pattern: "*-db", name: "a-db-x", matches: false),
        (pattern: "a*b*c", name: "aXbXbc", matches: true), (pattern: "", name: "web", matches: false),
    ])
    func ignoreRulesMatchNames(_ row: (pattern: String, name: String, matches: Bool)) throws {
        let rule = IgnoreRule(group: "apps", kind: "Deployment", name: row.pattern, paths: ["/spec/replicas"])
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: "n", name: row.name)
        #expect(try IgnoredPaths.of(key, [rule]).isEmpty == !row.matches)
    }

    @Test func ignoreRulesMatchGroupKindAndNamespace() throws {
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: "n", name: "web")
        for rule in [
            IgnoreRule(group: "", kind: "Deployment", paths: ["/a"]), IgnoreRule(group: "apps", kind: "StatefulSet", paths: ["/a"]),
            IgnoreRule(group: "apps", kind: "Deployment", namespace: "m", paths: ["/a"]),
        ] { #expect(try IgnoredPaths.of(key, [rule]) == []) }
        #expect(try IgnoredPaths.of(key, [IgnoreRule(group: "apps", kind: "Deployment", namespace: "n", paths: ["/a"])]).count == 1)
    }
}

struct FieldTreeTests {
    @Test func unionKeepsWhatEitherOwns() throws {
        let left = try yaml(#"{"f:a": {"f:b": {}}, "f:l": {"k:{\"name\":\"x\"}": {".": {}}}}"#)
        let right = try yaml(#"{"f:a": {"f:c": {}}, "f:l": {"k:{\"name\":\"x\"}": {"f:y": {}}}}"#)
        let both = try yaml(#"{"f:a": {"f:b": {}, "f:c": {}}, "f:l": {"k:{\"name\":\"x\"}": {".": {}, "f:y": {}}}}"#)
        #expect(FieldTree.union(left, right) == both)
    }

    @Test func restrictsToAPathAndExtractsItsValues() throws {
        let tree = try yaml(
            #"{"f:spec": {"f:replicas": {}, "f:containers": {"k:{\"name\":\"x\"}": {".": {}, "f:image": {}, "f:name": {}}}}}"#)
        let live = try yaml("{spec: {replicas: 4, containers: [{name: w, image: v}, {name: x, image: i, other: 1}]}}")
        let path = try FieldPath(parsing: "/spec/containers/[name=x]/image")
        let part = try #require(FieldTree.restricted(tree, to: path))
        #expect(part == (try yaml(#"{"f:spec": {"f:containers": {"k:{\"name\":\"x\"}": {"f:image": {}}}}}"#)))
        #expect(FieldTree.extract(part, from: live) == (try yaml("{spec: {containers: [{name: x, image: i}]}}")))
        #expect(FieldTree.restricted(tree, to: try FieldPath(parsing: "/spec/paused")) == nil)
    }

    @Test func theLastWriterOfAFieldIsItsOwner() throws {
        let object = try yaml(
            """
            metadata:
              managedFields:
              - {manager: first, operation: Apply, time: "2020-01-01T00:00:00Z", fieldsV1: {"f:spec": {"f:a": {}, "f:list": {}}}}
              - {manager: second, operation: Update, time: "2021-01-01T00:00:00Z", fieldsV1: {"f:spec": {"f:a": {}, "f:b": {}}}}
            """)
        let fields = ManagedFields(of: object)
        for (path, owner) in [("/spec/a", "second"), ("/spec/b", "second"), ("/spec/list/[name=x]/y", "first"), ("/spec/c", nil)]
            as [(String, String?)]
        {
            #expect(fields.owner(of: try FieldPath(parsing: path)) == owner, "\(path)")
        }
        #expect(try fields.applies("first", FieldPath(parsing: "/spec/a")))
        #expect(try !fields.applies("second", FieldPath(parsing: "/spec/a")))
    }
}

struct QuantityTests {
    @Test(arguments: [
        ("1000m", "1", true), ("0.5Gi", "512Mi", true), ("1e3", "1k", true), ("100n", "0.1u", true), ("1Ki", "1k", false),
        ("nginx", "nginx", false),
        ("1.5", "1500m", true), ("-1", "-1000m", true),
    ])
    func sameAmount(_ row: (String, String, Bool)) {
        let (left, right) = (Quantity.amount(row.0), Quantity.amount(row.1))
        #expect((left != nil && left == right) == row.2)
    }
}
