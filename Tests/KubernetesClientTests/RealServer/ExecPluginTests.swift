import KubernetesClient
import Manifests
import Model
import TestSupport
import Testing

/// Credential plugins, as shell scripts, against a real API server.
@Suite struct ExecPluginTests {
    private static let version = "client.authentication.k8s.io/v1"

    /// Runs `body` with a client whose user is the plugin `script`, which also counts its runs in the file `runs`.
    private func with(
        _ script: String, exec: String = "", limits: ClientLimits = .standard,
        _ body: (KubernetesClient, KubeServer, _ directory: String) async throws -> Void
    ) async throws {
        let server = try await KubeServer.shared()
        try await TemporaryDirectory.with { directory in
            try Files.write("#!/bin/sh\necho run >> \"\(directory)/runs\"\n\(script)\n", to: "\(directory)/plugin.sh", mode: 0o755)
            let configuration = try await Clients.configuration(
                server: server.url, cluster: "certificate-authority: \"\(server.caFile)\"",
                user: "exec: {apiVersion: \(Self.version), command: ./plugin.sh, interactiveMode: Never\(exec)}", in: directory,
                environment: ["PATH": "/usr/bin:/bin", "TOKEN_FROM_PARENT": server.adminToken])
            try await Clients.with(configuration, limits: limits) { try await body($0, server, directory) }
        }
    }

    private func credential(_ status: String) -> String {
        #"{"apiVersion":"\#(Self.version)","kind":"ExecCredential","status":{\#(status)}}"#
    }

    private func runs(_ directory: String) throws -> Int { try Files.read("\(directory)/runs").split(separator: "\n").count }

    @Test func itsTokenIsKeptForAllRequests() async throws {
        let script = "cat <<END\n\(credential(#""token":"$TOKEN_FROM_PARENT""#))\nEND"
        try await with(script) { client, _, directory in
            try await withThrowingTaskGroup { group in
                for _ in 1...20 { group.addTask { _ = try await client.list(Clients.pods, namespace: "default") } }
                try await group.waitForAll()
            }
            #expect(try runs(directory) == 1)
        }
    }

    @Test(arguments: [("2000-01-01T00:00:00Z", 3), ("2999-01-01T00:00:00Z", 1), ("2000-01-01T01:00:00.5+01:00", 3)])
    func itRunsAgainWhenItsCredentialHasExpired(_ expiry: String, _ expected: Int) async throws {
        let script = "cat <<END\n\(credential(#""token":"$TOKEN_FROM_PARENT","expirationTimestamp":"\#(expiry)""#))\nEND"
        try await with(script) { client, _, directory in
            for _ in 1...3 { _ = try await client.list(Clients.pods, namespace: "default") }
            #expect(try runs(directory) == expected)
        }
    }

    @Test func itRunsAgainOnceWhenTheServerRefuses() async throws {
        let script = """
            if [ "$(wc -l < "$(dirname "$0")/runs")" = 1 ]; then TOKEN=old; else TOKEN=$TOKEN_FROM_PARENT; fi
            cat <<END
            \(credential(#""token":"$TOKEN""#))
            END
            """
        try await with(script) { client, _, directory in
            _ = try await client.list(Clients.pods, namespace: "default")
            #expect(try runs(directory) == 2)
        }
    }

    @Test func itsCertificateIsUsed() async throws {
        let server = try await KubeServer.shared()
        let chain = try Files.read(server.clientCertificate.certificate)
        let key = try Files.read(server.clientCertificate.key)
        let status: Value = ["clientCertificateData": .string(chain), "clientKeyData": .string(key)]
        let document: Value = ["apiVersion": .string(Self.version), "kind": "ExecCredential", "status": status]
        try await with("cat <<'END'\n\(document.json)\nEND") { client, _, _ in
            _ = try await client.list(Clients.pods, namespace: "default")
        }
    }

    @Test func itGetsArgumentsVariablesAndTheCluster() async throws {
        let script = """
            [ "$1 $2" = "get token" ] && [ "$EXTRA" = "from kubeconfig" ] || exit 7
            printf '%s' "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/info"
            cat <<END
            \(credential(#""token":"$TOKEN_FROM_PARENT""#))
            END
            """
        let exec = ", args: [get, token], env: [{name: EXTRA, value: from kubeconfig}], provideClusterInfo: true"
        try await with(script, exec: exec) { client, server, directory in
            _ = try await client.list(Clients.pods, namespace: "default")
            let info = try JSON.parse(Array(try Files.read("\(directory)/info").utf8))
            #expect(info.at("spec", "cluster", "server")?.string == server.url)
            #expect(info.at("spec", "cluster", "certificate-authority-data")?.string?.isEmpty == false)
            #expect(info.at("spec", "interactive") == false)
        }
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        let script: String
        let words: String

        var testDescription: String { words }
    }

    @Test(arguments: [
        Failure(script: "echo 'login expired' >&2; exit 3", words: "failed (exit code 3): login expired"),
        Failure(script: "echo 'bad token: eyJhbGciOiJSUzI1NiJ9.abc' >&2; exit 3", words: "bad token: •••"),
        Failure(script: "kill -9 $$", words: "ended by signal 9"),
        Failure(script: "echo hello", words: "its output is not JSON"),
        Failure(script: "echo '{}'", words: "not an ExecCredential"),
        Failure(
            script: #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"x"}}'"#,
            words: #"it answers in "client.authentication.k8s.io/v1beta1""#),
        Failure(
            script: #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}'"#, words: "has no status"),
        Failure(
            script: #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'"#,
            words: "neither a token nor a client certificate"),
        Failure(
            script:
                #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientKeyData":"x"}}'"#,
            words: "only one of"),
        Failure(
            script:
                #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"x","expirationTimestamp":"soon"}}'"#,
            words: "expirationTimestamp is not a time"),
        Failure(script: "head -c 2000000 /dev/zero", words: "printed more than"),
    ])
    func failuresAreSentences(_ failure: Failure) async throws {
        try await with(failure.script) { client, _, _ in
            let error = await #expect(throws: PlumbError.self) { try await client.list(Clients.pods, namespace: "default") }
            #expect(error?.message.contains(failure.words) == true, "\(error?.message ?? "")")
        }
    }

    @Test func aPluginThatHangsIsEnded() async throws {
        var limits = ClientLimits()
        limits.pluginTime = .milliseconds(300)
        // Its child holds the pipes; ending only the plugin itself would wait for the child.
        try await with("sleep 1000", limits: limits) { client, _, _ in
            let error = await #expect(throws: PlumbError.self) { try await client.list(Clients.pods, namespace: "default") }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func aMissingPluginNamesItselfAndTheHint() async throws {
        try await with("true", exec: ", installHint: fetch it from the shop") { client, _, directory in
            try removeFile("\(directory)/plugin.sh")
            let error = await #expect(throws: PlumbError.self) { try await client.list(Clients.pods, namespace: "default") }
            #expect(error?.message.contains("plugin.sh") == true)
            #expect(error?.remedy == "fetch it from the shop")
        }
    }
}
