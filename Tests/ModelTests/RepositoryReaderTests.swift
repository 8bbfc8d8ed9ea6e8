import Manifests
import Model
import Testing

@Suite struct RepositoryReaderTests {
    static func read(_ spec: Value, name: String = "charts", kind: String = "Repository") throws -> Repository {
        let value: Value = [
            "apiVersion": "plumb.dev/v1alpha1", "kind": .string(kind), "metadata": ["name": .string(name), "labels": ["a": "b"]],
            "spec": spec,
        ]
        return try RepositoryReader.repository(from: Manifest(value: value, origin: Origin(file: "repository.yaml", line: 2)))
    }

    static let accepted: [(spec: Value, expected: Repository)] = [
        (["git": ["url": "u"]], Repository(name: "charts", .git(.init(url: "u")), interval: .seconds(60))),
        (
            ["git": ["url": "u", "branch": "main"], "interval": "1s"],
            Repository(name: "charts", .git(.init(url: "u", reference: .branch("main"))), interval: .seconds(1))
        ),
        (
            ["git": ["url": "u", "semver": "^1.2"], "secretRef": ["name": "c"]],
            Repository(name: "charts", .git(.init(url: "u", reference: .semver("^1.2"), secret: "c")))
        ),
        (
            ["helm": ["url": "https://h/x"], "secretRef": ["name": "c"], "interval": "5m"],
            Repository(name: "charts", .charts(.init(url: "https://h/x", secret: "c")), interval: .seconds(300))
        ),
        (
            ["helm": ["url": "oci://h/x", "insecure": true]],
            Repository(name: "charts", .charts(.init(url: "oci://h/x", isInsecure: true)))
        ),
        (
            ["git": ["url": "u", "ref": "refs/pull/1/head", "verify": ["keys": ["ssh-rsa AAAA"]]]],
            Repository(
                name: "charts", .git(.init(url: "u", reference: .ref("refs/pull/1/head"), trustedKeys: [.ssh("ssh-rsa AAAA")])))
        ),
    ]

    @Test(arguments: accepted) func reads(_ spec: Value, expected: Repository) throws {
        #expect(try Self.read(spec) == expected)
    }

    static let refused: [(spec: Value, message: String)] = [
        ([:], "spec lacks the field git"),
        ("x", "has to be a mapping"),
        (["git": ["url": "u"], "helm": ["url": "u"]], "one of git and helm"),
        (["helm": ["url": "u", "chart": "c"]], "named by who uses the Repository"),
        (["helm": ["url": "u", "branch": "main"]], "unknown field \"branch\""),
        (["git": [:]], "lacks the field url"),
        (["git": ["url": "u"], "url": "u"], "unknown field \"url\""),
        (["git": ["url": "u", "branch": "a", "tag": "b"]], "one of branch, tag, semver, commit and ref"),
        (["git": ["url": "u", "depth": 1]], "unknown field \"depth\""),
        (["git": ["url": "u"], "interval": "500ms"], "at least 1s"),
        (["git": ["url": "u"], "interval": "often"], "90s, 2m or 1h30m"),
        (["git": ["url": "u"], "secretRef": ["name": "../x"]], "cannot name a secret"),
        (["git": ["url": "u"], "secretRef": ["key": "x"]], "lacks the field name"),
        (["git": ["url": "u", "verify": ["keys": []]]], "without one, nothing is verified"),
    ]

    @Test(arguments: refused) func refuses(_ spec: Value, message: String) throws {
        let error = try #require(throws: PlumbError.self) { try Self.read(spec) }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.origin == Origin(file: "repository.yaml", line: 2))
    }

    @Test func refusesOtherObjectsAndNames() {
        #expect(throws: PlumbError.self) { try Self.read(["git": ["url": "u"]], kind: "GitRepository") }
        let error = #expect(throws: PlumbError.self) { try Self.read(["git": ["url": "u"]], name: "Charts") }
        #expect(error?.message == "\"Charts\" cannot name a repository.")
    }
}
