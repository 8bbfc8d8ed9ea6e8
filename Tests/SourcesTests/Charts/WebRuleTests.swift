import Foundation
import Model
import Testing

@testable import Sources

struct WebRuleTests {
    static let followed: [(from: String, to: String, expected: String)] = [
        ("https://a/x/y", "z", "https://a/x/z"), ("https://a/x/y", "/z", "https://a/z"), ("https://a/x", "//b/z", "https://b/z"),
        ("https://a/x", "https://b:1/z?t=1", "https://b:1/z?t=1"), ("http://127.0.0.1/x", "http://b/z", "http://b/z"),
        ("http://127.0.0.1/x", "https://b/z", "https://b/z"),
    ]

    @Test(arguments: followed) func follows(_ from: String, to: String, expected: String) throws {
        let url = try #require(URL(string: from))
        #expect(try Redirect.target(to, from: url, permitsPlain: false).absoluteString == expected)
    }

    static let refused = [
        ("https://a/x", "http://a/x"), ("https://a/x", "http://127.0.0.1/x"), ("https://a/x", "file:///etc/passwd"),
        ("https://a/x", "ftp://b/x"), ("https://a/x", "https://u:p@b/x"), ("https://a/x", "javascript:1"),
        ("https://a/x", "https://"),
    ]

    @Test(arguments: refused) func doesNotFollow(_ from: String, to: String) throws {
        let url = try #require(URL(string: from))
        let error = #expect(throws: PlumbError.self) { try Redirect.target(to, from: url, permitsPlain: false) }
        #expect(error?.description.contains("u:p") == false)
    }

    @Test func plainIsFollowedWhereAPersonPermitsIt() throws {
        let url = try #require(URL(string: "https://a/x"))
        #expect(try Redirect.target("http://b/x", from: url, permitsPlain: true).absoluteString == "http://b/x")
    }

    static let origins = [
        ("https://a/x", "https://A:443/y", true), ("http://a", "http://a:80/", true), ("https://a", "http://a", false),
        ("https://a", "https://a:8443", false), ("https://a", "https://a.b", false),
    ]

    @Test(arguments: origins) func credentialsAreForOneOrigin(_ one: String, _ other: String, areEqual: Bool) throws {
        let (one, other) = (try #require(URL(string: one)), try #require(URL(string: other)))
        #expect((WebOrigin(one) == WebOrigin(other)) == areEqual)
    }

    static let challenges: [(headers: [String], expected: AuthenticationChallenge?)] = [
        ([], nil), (["Negotiate"], nil), (["Basic realm=\"x\""], .basic), (["basic"], .basic),
        (
            ["Bearer realm=\"https://auth/token\",service=\"r\",scope=\"repository:a/b:pull,push\""],
            .bearer(realm: "https://auth/token", service: "r", scope: "repository:a/b:pull,push")
        ),
        (["Bearer realm=https://auth/token"], .bearer(realm: "https://auth/token", service: nil, scope: nil)),
        (["bearer  realm=\"a\\\"b\" , service=\"\""], .bearer(realm: "a\"b", service: "", scope: nil)),
        (["Bearer service=\"r\""], nil), (["Bearer realm=\"unfinished"], .bearer(realm: "unfinished", service: nil, scope: nil)),
        (["Basic realm=\"x\"", "Bearer realm=\"t\""], .bearer(realm: "t", service: nil, scope: nil)),
    ]

    @Test(arguments: challenges) func readsWhatARegistryAsksFor(_ headers: [String], expected: AuthenticationChallenge?) {
        #expect(AuthenticationChallenge(headers) == expected)
    }
}
