import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

/// The diff oracle on a real server: declared fields against what the server returned for the last write.
struct OracleTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let yaml: String
        var testDescription: String { name }
    }

    static let samples = [
        Sample(name: "ConfigMap", yaml: Samples.configMap),
        Sample(name: "Deployment with 1000m, 0.5Gi, a null timestamp and a port without protocol", yaml: Samples.deployment()),
        Sample(name: "Service with a port without protocol", yaml: Samples.service),
        Sample(name: "Secret with stringData", yaml: Samples.secret),
    ]

    @Test(arguments: samples)
    func whatWasJustWrittenIsTheSameAndCostsNoWrite(_ sample: Sample) async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(sample.yaml)
            let mark = try await cluster.server.auditLog.mark()
            #expect(try await app.difference(sample.yaml) == .same)
            #expect(try await cluster.requests(since: mark).filter(\.isWrite).map(\.description) == [])
            // Also after a write that changes nothing, which release 1.20 gives a new resourceVersion.
            try await app.sync(sample.yaml)
            #expect(try await app.difference(sample.yaml) == .same)
        }
    }

    @Test func anotherManifestIsAChangeAndNoDrift() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            #expect(try await app.difference(Samples.configMap.replacing("red", with: "blue")) == .changed([]))
        }
    }

    @Test func driftNamesTheFieldBothValuesAndTheManager() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.deployment())
            let path = "/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web"
            try await cluster.patch(
                path, #"{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"nginx:2"}]}}}}"#, manager: "mallory",
                type: "application/strategic-merge-patch+json")
            let mark = try await cluster.server.auditLog.mark()
            let difference = try await app.difference(Samples.deployment())
            #expect(
                difference
                    == .drift([
                        FieldChange(
                            path: "/spec/template/spec/containers/[name=app]/image", old: "nginx:2", new: "nginx:1",
                            manager: "mallory")
                    ]))
            let writes = try await cluster.requests(since: mark).filter(\.isWrite)
            #expect(writes.allSatisfy { $0.uri.contains("dryRun=All") })
            try await app.sync(Samples.deployment())
            #expect(try await app.difference(Samples.deployment()) == .same)
        }
    }

    @Test func aRemovedFieldIsDrift() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            try await cluster.patch("/api/v1/namespaces/\(cluster.namespace)/configmaps/settings", #"{"data":{"color":null}}"#)
            #expect(
                try await app.difference(Samples.configMap)
                    == .drift([FieldChange(path: "/data/color", old: nil, new: "red", manager: "unknown")]))
        }
    }

    @Test func aMarkThatWasTakenOffIsDrift() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            try await cluster.patch(
                "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings",
                #"{"metadata":{"labels":{"plumb.dev/application":null}}}"#)
            guard case .drift(let fields) = try await app.difference(Samples.configMap) else {
                Issue.record("no drift")
                return
            }
            #expect(fields.map(\.path) == ["/metadata/labels/plumb.dev~1application"])
        }
    }

    @Test func undeclaredFieldsAreNoDrift() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.configMap)
            try await cluster.patch(
                "/api/v1/namespaces/\(cluster.namespace)/configmaps/settings",
                #"{"data":{"other":"1"},"metadata":{"annotations":{"note":"x"}}}"#)
            #expect(try await app.difference(Samples.configMap) == .same)
        }
    }

    @Test func undeclaredListEntriesAreUnmanagedAndNoDrift() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.deployment())
            try await cluster.patch(
                "/apis/apps/v1/namespaces/\(cluster.namespace)/deployments/web",
                """
                {"spec":{"template":{"spec":{"volumes":[{"name":"extra","emptyDir":{}}],
                "initContainers":[{"name":"first","image":"i"}],
                "containers":[{"name":"side","image":"i"},{"name":"app","env":[{"name":"DEBUG","value":"1"}],
                "ports":[{"containerPort":81,"protocol":"TCP"}]}]}}}}
                """, type: "application/strategic-merge-patch+json")
            let observed = try #require(try await app.observe(Samples.deployment()).values.first)
            #expect(observed.difference == .same)
            #expect(
                observed.unmanaged.sorted() == [
                    "/spec/template/spec/containers/[name=app]/env/[name=DEBUG]",
                    "/spec/template/spec/containers/[name=app]/ports/[containerPort=81,protocol=TCP]",
                    "/spec/template/spec/containers/[name=side]", "/spec/template/spec/initContainers/[name=first]",
                    "/spec/template/spec/volumes/[name=extra]",
                ])
        }
    }

    @Test func freshObjectsHaveNothingUnmanaged() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            let pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: one}
                spec: {containers: [{name: app, image: nginx}]}
                """
            let all = [Samples.deployment(), Samples.service, pod].joined(separator: "\n---\n")
            try await app.sync(all)
            for observed in try await app.observe(all).values { #expect(observed.unmanaged == [], "\(observed.key)") }
        }
    }

    @Test func aSelectorsAddedLabelIsUnmanaged() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.service)
            try await cluster.patch("/api/v1/namespaces/\(cluster.namespace)/services/web", #"{"spec":{"selector":{"extra":"1"}}}"#)
            let observed = try #require(try await app.observe(Samples.service).values.first)
            #expect(observed.unmanaged == ["/spec/selector/extra"])
        }
    }

    @Test func driftOfASecretShowsOnlyKeyedDigests() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await app.sync(Samples.secret)
            try await cluster.patch(
                "/api/v1/namespaces/\(cluster.namespace)/secrets/login", #"{"stringData":{"password":"correct horse"}}"#)
            guard case .drift(let fields) = try await app.difference(Samples.secret), let field = fields.first else {
                Issue.record("no drift")
                return
            }
            #expect(fields.map(\.path) == ["/data/password"])
            #expect(field.old?.hasPrefix("keyed:") == true && field.new?.hasPrefix("keyed:") == true && field.old != field.new)
        }
    }

    /// A custom resource's lists are known only from the field sets of the object itself.
    @Test func listsOfCustomResourcesAreComparedAsTheirSchemaMergesThem() async throws {
        try await Cluster.with { cluster in
            let group = "\(cluster.namespace).example.org"
            var app = Syncing(cluster)
            let definition = try #require(try await cluster.prepare(Self.definition(group)).first)
            try await app.write(definition, .create)
            _ = try await eventually("the definition is served") { try await app.target.isUsable(definition) ? true : nil }
            let widget = """
                apiVersion: \(group)/v1
                kind: Widget
                metadata: {name: one}
                spec:
                  parts: [{id: a, size: 1}]
                  notes: [x]
                """
            try await app.sync(widget)
            #expect(try await app.difference(widget) == .same)
            let path = "/apis/\(group)/v1/namespaces/\(cluster.namespace)/widgets/one"
            try await cluster.patch(path, #"{"spec":{"parts":[{"id":"b","size":2},{"id":"a","size":1}]}}"#)
            #expect(try await app.difference(widget) == .same)
            try await cluster.patch(path, #"{"spec":{"notes":["x","y"]}}"#)
            // An added element of a list that is one value is drift.
            let difference = try await app.difference(widget)
            #expect(
                difference == .drift([FieldChange(path: "/spec/notes", old: #"["x","y"]"#, new: #"["x"]"#, manager: "somebody")]))
        }
    }

    static func definition(_ group: String) -> String {
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.\(group)}
        spec:
          group: \(group)
          scope: Namespaced
          names: {kind: Widget, plural: widgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      parts:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [id]
                        items: {type: object, required: [id], properties: {id: {type: string}, size: {type: integer}}}
                      notes: {type: array, items: {type: string}}
        """
    }
}
