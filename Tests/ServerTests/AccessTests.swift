import Manifests
import Model
import OperatorTestSupport
import Server
import Testing

/// Who is let in: the token, the host, and what needs neither.
@Suite struct AccessTests {
    struct Attempt: Sendable, CustomTestStringConvertible {
        let header: String?
        let sentence: String
        var testDescription: String { header ?? "none" }
    }

    @Test(arguments: [
        Attempt(header: nil, sentence: "This needs a token."),
        Attempt(header: "Bearer wrong", sentence: "The token is not the one of this operator."),
        Attempt(header: "Bearer ", sentence: "The token is not the one of this operator."),
        Attempt(header: "Basic dHR0", sentence: "The token is not the one of this operator."),
        Attempt(header: "", sentence: "The token is not the one of this operator."),
        Attempt(header: "Bearer " + String(repeating: "t", count: 63), sentence: "The token is not the one of this operator."),
        Attempt(header: "Bearer " + String(repeating: "t", count: 65), sentence: "The token is not the one of this operator."),
    ])
    func aWrongTokenIsRefusedWithASentence(_ attempt: Attempt) async throws {
        try await ServedOperator.with { served in
            for path in ["/api/v1/applications", "/api/v1/events", "/api/v1/openapi.json", "/no/such/thing"] {
                let answer = try await Client(served: served).send("GET", path, headers: ["Authorization": attempt.header])
                #expect(answer.status == 401)
                #expect(answer.code == "unauthorized")
                #expect(answer.message == attempt.sentence)
                #expect(answer.header("WWW-Authenticate") == "Bearer")
            }
            let answer = try await Client(served: served).send(
                "POST", "/api/v1/applications/shop/sync", headers: ["Authorization": attempt.header])
            #expect(answer.status == 401)
            #expect(await served.script.calls.isEmpty)
        }
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func healthAndMetricsNeedNoToken(_ path: String) async throws {
        try await ServedOperator.with { served in
            let answer = try await Client(served: served).send("GET", path, headers: ["Authorization": nil])
            #expect(answer.status == 200)
        }
    }

    @Test func readyOnlyWhenTheOperatorIs() async throws {
        try await ServedOperator.with { served async throws in
            let client = Client(served: served)
            await served.script.set(ready: false)
            #expect(try await client.send("GET", "/readyz").status == 503)
            #expect(try await client.send("GET", "/healthz").status == 200)
            await served.script.set(ready: true)
            #expect(try await client.send("GET", "/readyz").status == 200)
        }
    }

    @Test(arguments: [
        ("localhost", 200), ("LOCALHOST:80", 200), ("127.0.0.1:1", 200), ("127.9.9.9", 200), ("[::1]:7420", 200),
        ("evil.example.com", 421), ("127.0.0.1.evil.example.com", 421), ("localhost.evil.example.com:80", 421), ("10.0.0.1", 421),
    ])
    func onLoopbackTheHostHasToBeMeant(_ host: String, _ status: Int) async throws {
        try await ServedOperator.with { served in
            let answer = try await Client(served: served).send("GET", "/api/v1/applications", headers: ["Host": host])
            #expect(answer.status == status)
        }
    }

    @Test(arguments: [
        ("127.0.0.1:7420", "127.0.0.1", 7420), ("[::1]:0", "::1", 0), ("0.0.0.0:80", "0.0.0.0", 80),
        ("plumb.example.com:65535", "plumb.example.com", 65_535),
    ])
    func anAddressIsHostAndPort(_ text: String, _ host: String, _ port: Int) {
        #expect(ListenAddress(parsing: text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(parsing: text)?.description == text)
    }

    @Test(arguments: ["", "7420", ":7420", "::1:80", "host:", "host:65536", "host:-1", "ho st:80", "host:1x", "[::1]"])
    func anythingElseIsNone(_ text: String) { #expect(ListenAddress(parsing: text) == nil) }

    @Test(arguments: [
        ("127.0.0.1:80", "http://127.0.0.1:80"), ("0.0.0.0:80", "http://127.0.0.1:80"), ("[::]:80", "http://[::1]:80"),
        ("[::1]:80", "http://[::1]:80"), ("plumb.example.com:80", "http://plumb.example.com:80"),
    ])
    func theLocalURL(_ text: String, _ url: String) { #expect(ListenAddress(parsing: text)?.localURL == url) }
}
