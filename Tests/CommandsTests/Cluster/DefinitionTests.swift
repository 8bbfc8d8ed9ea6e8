import Manifests
import TestSupport
import Testing

/// Objects whose kind comes and goes, and one object under two groups.
@Suite struct DefinitionTests {
    @Test func `a definition and its objects are applied from one directory`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.widget("one", app), Self.definition(app), Self.widget("two", app))
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes.filter { $0.hasSuffix("new, unverified") }.count == 2)
            try await app.apply()
            let requests = try await app.writes {
                try await app.plan(exits: 0)
                try await app.apply()
            }
            #expect(requests.writes.isEmpty)
            try app.source(Self.widget("one", app, size: 2), Self.definition(app))
            let update = try await app.writes { try await app.apply() }
            #expect(update.words == ["delete widgets/two", "patch widgets/one"])
        }
    }

    @Test func `a definition that somebody dropped comes back with its objects`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.definition(app), Self.widget("one", app), Samples.configMap("a"))
            try await app.apply()
            try await app.server.check("DELETE", Self.path(app))
            try await app.disappears(Self.path(app))
            let plan = try await app.plan(exits: 2)
            #expect(plan.changes("create").count == 2)
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.words == ["patch customresourcedefinitions/widgets.\(app.name).example", "patch widgets/one"])
            #expect(try await app.isThere(Self.widgetPath("one", app)))
            try await app.plan(exits: 0)
        }
    }

    @Test func `where somebody else's definition was dropped, nothing is deleted`() async throws {
        try await ClusterApp.with { app in
            try await app.server.apply(Self.definition(app), at: Self.path(app))
            try await eventually("widgets are served") { try await app.isThere("/apis/\(app.name).example/v1") ? () : nil }
            try app.source(Self.widget("one", app), Samples.configMap("a"))
            try await app.apply()
            try await app.server.check("DELETE", Self.path(app))
            try await app.disappears(Self.path(app))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.errors.contains("does not serve Widget"), "\(outcome)")
            }
            #expect(requests.writes.isEmpty)
            try app.source(Samples.configMap("a"))
            let later = try await app.writes { try await app.apply() }
            #expect(later.objects.isEmpty)
            #expect(try await app.inventory() == ["a": "applied"])
        }
    }

    @Test func `a definition whose objects stay in the files is not deleted`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.definition(app), Self.widget("one", app))
            try await app.apply()
            try app.source(Self.widget("one", app), Samples.configMap("a"))
            let plan = try await app.plan(exits: 1)
            #expect(plan.reason(Self.key(app))?.contains("is still in the source") == true, "\(plan)")
            let requests = try await app.writes {
                try await app.apply(exits: 1)
                try await app.apply(exits: 1, "--approve", plan.digest)
            }
            #expect(requests.deletions.isEmpty)
            #expect(requests.words == ["patch configmaps/a"])
        }
    }

    @Test func `a definition that leaves with its objects waits for approval`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.definition(app), Self.widget("one", app), Samples.configMap("a"))
            try await app.apply()
            try app.source(Samples.configMap("a"))
            let plan = try await app.plan(exits: 3)
            let requests = try await app.writes { try await app.apply(exits: 3) }
            #expect(requests.objects.isEmpty)
            let approved = try await app.writes { try await app.apply("--approve", plan.digest) }
            #expect(approved.objects.map(Requests.words).first == "delete widgets/one")
            #expect(approved.deletions.count == 2)
            try await app.disappears(Self.path(app))
        }
    }

    @Test func `an Ingress that moves to its newer group keeps its uid`() async throws {
        try await ClusterApp.with { app in
            let old = """
                apiVersion: extensions/v1beta1
                kind: Ingress
                metadata: {name: web}
                spec: {rules: [{host: a.example, http: {paths: [{path: /, backend: {serviceName: web, servicePort: 80}}]}}]}
                """
            let new = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec:
                  rules:
                  - host: b.example
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """
            let path = app.path("ingresses", "web", group: "networking.k8s.io/v1")
            try app.source(old)
            try await app.apply()
            let uid = try await app.uid(path)
            try app.source(new)
            let requests = try await app.writes { try await app.apply() }
            #expect(requests.deletions.isEmpty)
            let again = try await app.writes {
                try await app.apply()
                try await app.apply()
            }
            #expect(again.objects.isEmpty, "\(again.objects)")
            #expect(try await app.uid(path) == uid)
            let hosts = try await app.get(path).at("spec", "rules")?.array?.compactMap { $0["host"]?.string }
            #expect(hosts == ["b.example"])
            #expect(try await app.inventory().count == 1)
        }
    }

    private static func key(_ app: ClusterApp) -> String {
        "apiextensions.k8s.io/CustomResourceDefinition widgets.\(app.name).example"
    }

    private static func path(_ app: ClusterApp) -> String {
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.\(app.name).example"
    }

    private static func widgetPath(_ name: String, _ app: ClusterApp) -> String {
        app.path("widgets", name, group: "\(app.name).example/v1")
    }

    private static func definition(_ app: ClusterApp) -> String {
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.\(app.name).example}
        spec:
          group: \(app.name).example
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties: {spec: {type: object, properties: {size: {type: integer}}}}
        """
    }

    private static func widget(_ name: String, _ app: ClusterApp, size: Int = 1) -> String {
        "apiVersion: \(app.name).example/v1\nkind: Widget\nmetadata: {name: \(name)}\nspec: {size: \(size)}"
    }
}
