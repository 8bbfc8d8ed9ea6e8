import Manifests
import TestSupport
import Testing

/// With whose rights an application is written.
@Suite struct ImpersonationTests {
    /// An application with a service account that may write ConfigMaps, and nothing else.
    private func withDeployer(_ body: (ClusterApp, _ user: String) async throws -> Void) async throws {
        try await ClusterApp.with { app in
            let app = try app.with(settings: "  serviceAccount: deployer")
            let role = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: deployer}
                rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list, create, patch, update, delete]}]
                """
            let binding = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: deployer}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
                subjects: [{kind: ServiceAccount, name: deployer}]
                """
            let group = "rbac.authorization.k8s.io/v1"
            try await app.server.apply(role, at: app.path("roles", "deployer", group: group))
            try await app.server.apply(binding, at: app.path("rolebindings", "deployer", group: group))
            try await body(app, "system:serviceaccount:\(app.namespace):deployer")
        }
    }

    @Test func `every write of an object is made as the service account`() async throws {
        try await withDeployer { app, user in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            let created = try await app.writes { try await app.apply() }
            try app.source(Samples.configMap("a", "color: blue"))
            let changed = try await app.writes { try await app.apply() }
            #expect(changed.words == ["delete configmaps/b", "patch configmaps/a"])
            for entry in created.objects + changed.objects { #expect(entry.impersonatedUser == user, "\(entry)") }
            // The inventory is the operator's own.
            for entry in created.inventory + changed.inventory { #expect(entry.impersonatedUser.isEmpty, "\(entry)") }
        }
    }

    @Test func `dry runs are made as the service account too`() async throws {
        try await withDeployer { app, user in
            try app.source(Samples.configMap("a"))
            try await app.apply()
            try app.source(Samples.configMap("a", "color: blue"))
            let start = try await app.mark()
            try await app.plan(exits: 2)
            let entries = try await app.server.auditLog.entries(since: start) { $0.namespace == app.namespace && $0.isDryRun }
            #expect(entries.count == 1 && entries.allSatisfy { $0.impersonatedUser == user })
        }
    }

    @Test func `a right that is missing is told before anything is changed`() async throws {
        try await withDeployer { app, user in
            try app.source(Samples.configMap("a"))
            try await app.apply()
            try app.source(Samples.configMap("a", "color: blue"), Samples.configMap("b"), Samples.service())
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.errors.contains(user) && outcome.errors.contains("services"), "\(outcome)")
            }
            #expect(requests.writes.isEmpty, "\(requests.writes)")
        }
    }

    @Test func `a service account without rights writes nothing, and its name is in the error`() async throws {
        try await ClusterApp.with { app in
            let app = try app.with(settings: "  serviceAccount: nobody")
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.text.contains("system:serviceaccount:\(app.namespace):nobody"), "\(outcome)")
            }
            #expect(requests.objects.allSatisfy { $0.code == 403 })
            #expect(try await !app.isThere(app.path("configmaps", "a")))
        }
    }

    @Test func `a person without rights is told so`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"))
            let kubeconfig = try app.server.kubeconfig(user: .alice, namespace: app.namespace)
            let arguments = app.arguments("apply", []).map { $0 == app.kubeconfig ? kubeconfig : $0 }
            let output = try await app.run(arguments)
            #expect(output.status == 1 && output.stderr.contains("alice"), "\(output)")
            #expect(try await !app.isThere(app.path("configmaps", "a")))
        }
    }
}
