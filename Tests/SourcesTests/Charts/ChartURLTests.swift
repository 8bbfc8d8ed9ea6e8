import Model
import Testing

@testable import Sources

struct ChartURLTests {
    static let accepted: [(text: String, shown: String, address: String)] = [
        ("https://charts.example.org", "https://charts.example.org", "https://charts.example.org"),
        ("https://Charts.example.org:8443/stable//", "https://charts.example.org:8443/stable", "https://charts.example.org:8443"),
        ("HTTPS://h/A%20b", "https://h/A%20b", "https://h"),
        ("oci://registry.example.org/charts", "oci://registry.example.org/charts", "https://registry.example.org"),
        ("oci://127.0.0.1:5000/charts", "oci://127.0.0.1:5000/charts", "http://127.0.0.1:5000"),
        ("oci://localhost:5000", "oci://localhost:5000", "http://localhost:5000"),
        ("http://127.9.8.7/x", "http://127.9.8.7/x", "http://127.9.8.7"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x", "http://[::1]:8080"),
    ]

    @Test(arguments: accepted) func reads(_ text: String, shown: String, address: String) throws {
        let url = try ChartURL(text)
        #expect(url.description == shown)
        #expect(url.address(hasAuthority: false) == address)
    }

    static let refused: [(text: String, says: String)] = [
        ("", "is not the URL"), ("charts", "is not the URL"), ("ftp://h/x", "is not the URL"), ("file:///etc", "is not the URL"),
        ("https://", "is not the URL"), ("https:///x", "is not the URL"), ("https://h/x?token=1", "is not the URL"),
        ("https://h/x#a", "is not the URL"), ("https://h?x", "is not the URL"), ("https://h/a/../b", "is not the URL"),
        ("https://h/a/%2e%2E/b", "is not the URL"), ("https://h/\u{7}", "is not the URL"), ("https://h/ü", "is not the URL"),
        ("https://h\\x/y", "is not the URL"),
        ("https://tess:hunter2@h/x", "has a user or a password"), ("https://tess@h/x", "has a user or a password"),
        ("http://example.org/x", "plain HTTP"), ("http://127.0.0.1.example.org/x", "plain HTTP"), ("http://127.1/x", "plain HTTP"),
        ("http://localhost.example.org", "plain HTTP"),
    ]

    @Test(arguments: refused) func refuses(_ text: String, says: String) throws {
        let error = try #require(throws: PlumbError.self) { try ChartURL(text) }
        #expect(error.message.contains(says), "\(error)")
        #expect(!error.description.contains("hunter2"))
    }

    @Test func plainIsForThisMachineAndForThoseWhoSaySo() throws {
        #expect(try ChartURL("http://h/x", isInsecure: true).address(hasAuthority: true) == "http://h")
        #expect(try ChartURL("oci://h/x", isInsecure: true).address(hasAuthority: false) == "http://h")
        #expect(try ChartURL("oci://127.0.0.1/x").address(hasAuthority: true) == "https://127.0.0.1")
    }

    static let templates = CredentialTemplates(urls: [
        "all": "https://charts.example.org", "team": "https://charts.example.org/team", "slash": "https://other.example.org/a/",
        "port": "https://charts.example.org:8443", "registry": "oci://registry.example.org/charts", "broken": "nonsense",
    ])

    static let matches: [(url: String, name: String?)] = [
        ("https://charts.example.org/stable", "all"), ("https://charts.example.org", "all"), ("https://charts.example.org/", "all"),
        ("https://CHARTS.example.org/team/x", "team"), ("https://charts.example.org/teams", "all"),
        ("https://charts.example.org/Team", "all"), ("https://charts.example.org.evil.org/team", nil),
        ("https://charts.example.org:8443/x", "port"), ("http://charts.example.org/team", nil),
        ("https://other.example.org/a", "slash"), ("https://other.example.org/ab", nil), ("https://other.example.org", nil),
        ("oci://registry.example.org/charts/x", "registry"), ("https://registry.example.org/charts", nil),
        ("https://other.example.org/a/../b", nil), ("https://other.example.org/a/%2e%2e/b", nil), ("nonsense", nil),
        ("https://x@charts.example.org/team", nil),
    ]

    @Test(arguments: matches) func theLongestURLThatItBeginsWithCounts(_ url: String, name: String?) {
        #expect(Self.templates.name(for: url) == name)
    }
}
