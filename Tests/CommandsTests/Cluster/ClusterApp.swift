import Manifests
import Model
import TestSupport
import Testing

/// One application on an API server, and the program that applies it: a directory of manifests, a namespace and a name that
/// no other test has.
struct ClusterApp: Sendable {
    let server: KubeServer
    let directory: String
    let name: String
    var namespace: String
    var kubeconfig: String
    /// Given with every command, as `-f` in place of the directory.
    var applicationFile: String?

    /// All tests begin at once; with as many programs at once each would be so slow that its deadlines pass.
    private static let places = Gate(width: 8)

    static func with<Success: Sendable>(
        on server: KubeServer? = nil, _ body: (ClusterApp) async throws -> Success
    ) async throws -> Success {
        let server = if let server { server } else { try await KubeServer.shared() }
        return try await places.pass { try await place(on: server, body) }
    }

    private static func place<Success>(
        on server: KubeServer, _ body: (ClusterApp) async throws -> Success
    ) async throws -> Success {
        try await TemporaryDirectory.with("app") { directory in
            let namespace = try await server.uniqueNamespace("app")
            let app = ClusterApp(
                server: server, directory: directory, name: namespace, namespace: namespace,
                kubeconfig: directory + "/kubeconfig")
            // A copy of its own: tests that run beside this one write the server's file anew.
            try Files.write(try Files.read(try server.kubeconfig(namespace: namespace)), to: app.kubeconfig, mode: 0o600)
            try app.source()
            return try await body(app)
        }
    }

    /// Another application, with files of its own, in the same namespace.
    func sibling(_ suffix: String = "-other") throws -> ClusterApp {
        let other = ClusterApp(
            server: server, directory: directory + "/sibling" + suffix, name: name + suffix, namespace: namespace,
            kubeconfig: kubeconfig)
        try other.source()
        return other
    }

    /// The same application, reached through `proxy`.
    func through(_ proxy: KubeProxy) throws -> ClusterApp {
        var app = self
        app.kubeconfig = "\(directory)/kubeconfig-\(proxy.url.filter(\.isNumber))"
        try proxy.kubeconfig(of: kubeconfig, for: server, at: app.kubeconfig)
        return app
    }

    /// With an Application object, whose `spec` holds `settings` beside the source and the target.
    func with(settings: String) throws -> ClusterApp {
        var app = self
        let file = directory + "/application.yaml"
        try Files.write(
            """
            apiVersion: plumb.dev/v1alpha1
            kind: Application
            metadata: {name: \(name)}
            spec:
              sources: [{path: source}]
              target: {name: kubernetes, namespace: \(namespace)}
            \(settings)
            """, to: file)
        app.applicationFile = file
        return app
    }

    // MARK: Files

    var source: String { directory + "/source" }

    /// Makes `documents` the whole of the source.
    func source(_ documents: [String]) throws {
        try Files.write(documents.isEmpty ? "# Empty.\n" : documents.joined(separator: "\n---\n"), to: source + "/objects.yaml")
    }

    func source(_ documents: String...) throws { try source(documents) }

    // MARK: The program

    var destination: [String] { ["--target", "kubernetes", "--kubeconfig", kubeconfig] }

    func arguments(_ verb: String, _ more: [String]) -> [String] {
        let what = applicationFile.map { ["-f", $0] } ?? [source, "--name", name, "--namespace", namespace]
        return [verb] + what + destination + more
    }

    func run(_ arguments: [String]) async throws -> ProcessOutput {
        try await ProcessRunner.run(try PlumbBinary.path(), arguments, timeout: .seconds(120))
    }

    /// `plumb plan … -o json`, which has to end with `code`.
    @discardableResult
    func plan(exits code: Int32, _ more: String..., at location: SourceLocation = #_sourceLocation) async throws -> Outcome {
        try await outcome(arguments("plan", more + ["-o", "json"]), code, location)
    }

    /// `plumb apply … -o json`, which has to end with `code`.
    @discardableResult
    func apply(exits code: Int32 = 0, _ more: String..., at location: SourceLocation = #_sourceLocation) async throws -> Outcome {
        try await outcome(arguments("apply", more + ["-o", "json"]), code, location)
    }

    /// `delete` and `release`, which need no source.
    @discardableResult
    func leave(
        _ verb: String, exits code: Int32 = 0, _ more: String..., at location: SourceLocation = #_sourceLocation
    ) async throws -> Outcome {
        try await outcome([verb, name] + destination + more + ["-o", "json"], code, location)
    }

    private func outcome(_ arguments: [String], _ code: Int32, _ location: SourceLocation) async throws -> Outcome {
        let outcome = try Outcome(try await run(arguments), namespace: namespace)
        if outcome.status != code {
            Issue.record("\(arguments[0]) ended with \(outcome.status), not \(code):\n\(outcome.text)", sourceLocation: location)
        }
        return outcome
    }

    @discardableResult
    func kubectl(_ arguments: String..., input: String = "") async throws -> String {
        try await ProcessRunner.check("kubectl", ["--kubeconfig", kubeconfig, "--namespace", namespace] + arguments, input: input)
    }

    // MARK: The cluster

    /// Below this application's namespace, in the core group or in `group` (as in `apps/v1`).
    func path(_ resource: String, _ name: String, group: String = "") -> String {
        (group.isEmpty ? "/api/v1" : "/apis/\(group)") + "/namespaces/\(namespace)/\(resource)/\(name)"
    }

    func get(_ path: String) async throws -> Value { try JSON.parse(Array(try await server.check("GET", path).utf8)) }

    func isThere(_ path: String) async throws -> Bool {
        let response = try await server.request("GET", path)
        guard response.succeeded || response.status == 404 else { throw TestSupportError("GET \(path): \(response.status)") }
        return response.succeeded
    }

    /// Returns when `path` is there.
    func appears(_ path: String) async throws {
        try await eventually("\(path) is there", within: .seconds(60)) { try await isThere(path) ? () : nil }
    }

    /// Returns when `path` is not there any more.
    func disappears(_ path: String) async throws {
        try await eventually("\(path) is gone", within: .seconds(60)) { try await isThere(path) ? nil : () }
    }

    func uid(_ path: String) async throws -> String { try await get(path).at("metadata", "uid")?.string ?? "" }

    /// Changes an object as somebody else would.
    func patch(_ path: String, _ body: String, manager: String = "somebody") async throws {
        try await server.check(
            "PATCH", "\(path)?fieldManager=\(manager)", body: body, contentType: "application/merge-patch+json")
    }

    func identity() async throws -> ApplicationIdentity {
        let path = "/api/v1/namespaces/plumb-system/configmaps/plumb-installation"
        let installation = try await isThere(path) ? get(path).at("data", "installation")?.string : nil
        return ApplicationIdentity(installation: installation ?? "none yet", name: name)
    }

    /// The path of this application's inventory.
    func inventoryPath() async throws -> String {
        "/api/v1/namespaces/plumb-system/configmaps/plumb-inventory-\(try await identity().hash)"
    }

    /// Name → state, of everything in the inventory.
    func inventory() async throws -> [String: String] {
        let text = try await get(try await inventoryPath()).at("data", "inventory")?.string ?? ""
        let entries = try JSON.parse(Array(text.utf8))["entries"]?.array ?? []
        // Two kinds may have one name.
        return Dictionary(entries.map { ($0["name"]?.string ?? "", $0["state"]?.string ?? "") }) { first, _ in first }
    }
}
