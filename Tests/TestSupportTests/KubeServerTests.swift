import TestSupport
import Testing

@Suite struct KubeServerTests {
    @Test func `asking twice gives the same server`() async throws {
        async let first = KubeServer.shared()
        async let second = KubeServer.shared()
        #expect(try await first === second)
    }

    @Test(arguments: KubeUser.allCases)
    func `the server knows its users and what each may do`(user: KubeUser) async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        let mark = try await server.auditLog.mark()
        let path = "/api/v1/namespaces/\(namespace)/configmaps"
        let response = try await server.request("GET", path, as: user)
        #expect(response.status == (user == .alice ? 403 : 200))
        let entries = try await server.auditLog.entries(since: mark) { $0.uri == path }
        #expect(entries.map(\.user) == [user.name])
    }

    @Test(.enabled(if: ProcessRunner.isThere("kubectl"), "kubectl is not in PATH"), arguments: KubeUser.allCases)
    func `kubectl gets through with every kubeconfig`(user: KubeUser) async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        let kubeconfig = try server.kubeconfig(user: user, namespace: namespace)
        let result = try await ProcessRunner.run(
            "kubectl", ["--kubeconfig", kubeconfig, "auth", "can-i", "create", "configmaps"])
        #expect(result.stdout.hasPrefix(user == .alice ? "no" : "yes"), "\(result.stderr)")
    }

    @Test func `the audit log tells every answered request, who made it and how it ended`() async throws {
        let server = try await KubeServer.shared()
        let namespace = try await server.uniqueNamespace()
        let mark = try await server.auditLog.mark()
        for number in 0..<20 {
            try await server.check(
                "POST", "/api/v1/namespaces/\(namespace)/configmaps",
                body: #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c\#(number)"}}"#)
            let entries = try await server.auditLog.entries(since: mark) {
                $0.namespace == namespace && !$0.user.hasPrefix("system:")
            }
            #expect(entries.count == number + 1)
        }
        let refused = try await server.request("GET", "/api/v1/namespaces/\(namespace)/secrets/x", as: .alice)
        #expect(refused.status == 403)
        let entries = try await server.auditLog.entries(since: mark) { $0.namespace == namespace && !$0.user.hasPrefix("system:") }
        let last = try #require(entries.last)
        #expect(entries.prefix(20).allSatisfy { $0.verb == "create" && $0.code == 201 && $0.user == "admin" && $0.isWrite })
        #expect((last.verb, last.resource, last.name, last.user, last.code) == ("get", "secrets", "x", "alice", 403))
        #expect(last.userAgent == "test-support" && last.timestamp >= entries[0].timestamp)
        let later = try await server.auditLog.mark()
        #expect(try await server.auditLog.entries(since: later) { $0.namespace == namespace }.isEmpty)
    }

    @Test func `a private server keeps its objects, port and log through a restart`() async throws {
        try await KubeServer.with { server in
            let namespace = try await server.uniqueNamespace()
            let mark = try await server.auditLog.mark()
            await server.interrupt()
            await #expect(throws: (any Error).self) { try await server.request("GET", "/version") }
            try await server.resume()
            try await server.check("GET", "/api/v1/namespaces/\(namespace)")
            #expect(try await server.auditLog.entries(since: mark) { $0.name == namespace }.map(\.verb) == ["get"])
            let shared = try await KubeServer.shared()
            #expect(try await shared.request("GET", "/api/v1/namespaces/\(namespace)").status == 404)
        }
    }

    @Test(.enabled(if: KubeServer.hasControllerManager, "scripts/kube-assets.sh --with-controller-manager builds it"))
    func `with a controller manager a deleted namespace goes away`() async throws {
        try await KubeServer.with(.init(controllerManager: true)) { server in
            let path = "/api/v1/namespaces/\(try await server.uniqueNamespace())"
            try await server.check("DELETE", path)
            try await eventually("\(path) is gone", within: .seconds(60), every: .milliseconds(200)) {
                try await server.request("GET", path).status == 404 ? () : nil
            }
        }
    }

    @Test func `a server that cannot start says why`() async throws {
        let error = await #expect(throws: TestSupportError.self) {
            try await KubeServer.start(.init(apiServerArguments: ["--no-such-flag"]))
        }
        #expect(try #require(error).description.contains("no-such-flag"))
    }
}
