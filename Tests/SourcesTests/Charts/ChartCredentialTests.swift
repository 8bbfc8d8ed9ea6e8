import Model
import NIOHTTP1
import Sources
import TestSupport
import Testing

/// Whom credentials are sent to, and whom not.
struct ChartCredentialTests {
    private static let credentials = ChartCredentials(.userPassword(user: "tess", password: Secret("open-sesame-17")))
    private static let basic = "Basic dGVzczpvcGVuLXNlc2FtZS0xNw=="

    @Test func aRepositoryGetsThem() async throws {
        try await ChartServer.with { server in
            server.publish(try await Charts.charts("1.0.0"))
            server.require(authorization: Self.basic)
            try await Charts.follower(server.url, Self.credentials) { try await $0.expect("1.0.0") }
            let error = await failure { try await Charts.follower(server.url) { _ = try await $0.values() } }
            #expect(error?.code == .denied)
            server.require(authorization: "Bearer abc")
            let token = ChartCredentials(.bearerToken(Secret("abc")))
            try await Charts.follower(server.url, token) { try await $0.expect("1.0.0") }
            let wrong = await failure { try await Charts.follower(server.url, Self.credentials) { _ = try await $0.values() } }
            #expect(wrong?.code == .denied && wrong?.description.contains("open-sesame-17") == false)
        }
    }

    /// Neither where an index leads, nor where a redirect does.
    @Test func anotherServerGetsNone() async throws {
        try await ChartServer.with { server in
            try await ChartServer.with { other in
                let charts = try await Charts.charts("1.0.0", "1.1.0")
                other.publish(charts)
                server.publish(charts)
                server.require(authorization: Self.basic)
                server.set(
                    index: ChartServer.index([
                        ChartServer.entry("web", "1.0.0", url: "\(other.url)/web-1.0.0.tgz", digest: charts[0].digest),
                        ChartServer.entry("web", "1.1.0", url: "web-1.1.0.tgz", digest: charts[1].digest),
                    ]))
                server.set(
                    fault: { _ in HTTPHost.Response(.found, headers: ["Location": "\(other.url)/web-1.1.0.tgz"]) },
                    at: "/web-1.1.0.tgz")
                try await Charts.follower(server.url, Self.credentials) { follower in
                    try await follower.expect("1.0.0", for: "1.0.0")
                    try await follower.expect("1.1.0", for: "1.1.0")
                }
                #expect(other.requests.count == 2)
                #expect(other.requests.allSatisfy { !$0.headers.contains(name: "Authorization") })
                #expect(server.requests.allSatisfy { $0.headers.first(name: "Authorization") == Self.basic })
            }
        }
    }

    @Test func aPrivateAuthorityIsBelievedForItsServerAlone() async throws {
        try await TemporaryDirectory.with("authority") { directory in
            let authority = try await CertificateAuthority.create(in: directory)
            let pair = try await authority.server("charts")
            try await ChartServer.with(certificate: pair) { server in
                server.publish(try await Charts.charts("1.0.0"))
                let trusting = ChartCredentials(certificateAuthority: try Files.read(authority.authority.certificate))
                try await Charts.follower(server.url, trusting) { try await $0.expect("1.0.0") }
                let error = await failure { try await Charts.follower(server.url) { _ = try await $0.values() } }
                #expect(error?.code.name == "certificateNotTrusted")
            }
        }
    }

    @Test func encryptionIsNotGivenUp() async throws {
        try await TemporaryDirectory.with("authority") { directory in
            let authority = try await CertificateAuthority.create(in: directory)
            let pair = try await authority.server("charts")
            try await ChartServer.with(certificate: pair) { server in
                try await ChartServer.with { plain in
                    plain.publish(try await Charts.charts("1.0.0"))
                    server.set(
                        fault: { _ in HTTPHost.Response(.found, headers: ["Location": "\(plain.url)/index.yaml"]) },
                        at: "/index.yaml")
                    let trusting = ChartCredentials(
                        .bearerToken(Secret("abc")), certificateAuthority: try Files.read(authority.authority.certificate))
                    let error = await failure { try await Charts.follower(server.url, trusting) { _ = try await $0.values() } }
                    #expect(error?.code == .denied && plain.requests.isEmpty)
                }
            }
        }
    }

    @Test(arguments: [
        ChartCredentials(.bearerToken(Secret("a\nb"))), ChartCredentials(.userPassword(user: "a:b", password: Secret("c"))),
        ChartCredentials(certificateAuthority: "nonsense"),
    ]) func whatCannotBeUsedIsSaid(_ credentials: ChartCredentials) async throws {
        let error = await failure { try await Charts.follower("https://charts.invalid", credentials) { _ in } }
        #expect(error?.code == .invalid)
    }

    @Test func theyAreNeverPrinted() {
        #expect(!"\(Self.credentials)".contains("open-sesame-17"))
    }
}
