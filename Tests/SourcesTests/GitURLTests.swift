import Model
import Sources
import Testing

@Suite struct GitURLTests {
    @Test(arguments: [
        ("https://host/a.git", GitURL.Kind.https, "https://host/a.git"),
        ("HTTPS://host:8443/a", .https, "https://host:8443/a"),
        ("https://user@host/a", .https, "https://host/a"),
        ("http://127.0.0.1:1/a", .http, "http://127.0.0.1:1/a"),
        ("ssh://git@host:22/a", .ssh, "ssh://git@host:22/a"),
        ("git@host:team/a.git", .ssh, "git@host:team/a.git"),
        ("host:a", .ssh, "host:a"),
        ("git://host/a", .git, "git://host/a"),
        ("file:///srv/a", .file, "file:///srv/a"),
        ("/srv/a", .local, "/srv/a"),
        ("./a:b", .local, "./a:b"),
    ])
    func reads(text: String, kind: GitURL.Kind, description: String) throws {
        let url = try GitURL(text)
        #expect(url.kind == kind)
        #expect(url.description == description)
    }

    @Test(arguments: [
        "", "-u", "https://", "https://host", "ext::sh -c x", "https://u:hunter2@host/a", "ssh://git:hunter2@host/a",
        "https://host/a?token=hunter2",
        "ssh://-oProxyCommand=x/a", "ftp://host/a", "https://host/a b", "https://host/a\nb", "local://x/y",
    ])
    func refuses(text: String) {
        let error = #expect(throws: PlumbError.self) { try GitURL(text) }
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(arguments: ["", "a..b", "a b", "a~1", "a^", ".a", "a.lock", "a/", "a//b", "a@{1}", "a\u{7}"])
    func refusesImpossibleBranches(name: String) {
        #expect(throws: PlumbError.self) { try GitReference(.branch(name)) }
    }
}
