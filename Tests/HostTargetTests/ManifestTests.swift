import Manifests
import Model
import TestSupport
import Testing

@testable import HostTarget

/// Strict decoding: what is wrong is said, with the place.
struct ManifestTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        let yaml: String
        let message: String
        var testDescription: String { message }

        init(_ yaml: String, _ message: String) { (self.yaml, self.message) = (yaml, message) }

        static func file(_ spec: String, _ message: String) -> Bad { Bad(document("File", spec), message) }
        static func directory(_ spec: String, _ message: String) -> Bad { Bad(document("Directory", spec), message) }
        static func process(_ spec: String, _ message: String) -> Bad {
            Bad(document("Process", "{command: [a], \(spec)}"), message)
        }

        static func document(_ kind: String, _ spec: String) -> String {
            "apiVersion: host.plumb.dev/v1alpha1\nkind: \(kind)\nmetadata: {name: x}\nspec: \(spec)\n"
        }
    }

    @Test(arguments: [
        Bad("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}", "A host takes objects of host.plumb.dev/v1alpha1 only"),
        Bad("apiVersion: host.plumb.dev/v2\nkind: File\nmetadata: {name: x}", "There is no version \"host.plumb.dev/v2\""),
        Bad("apiVersion: host.plumb.dev/v1alpha1\nkind: Service\nmetadata: {name: x}", "has no kind \"Service\""),
        Bad("apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: x}", "File lacks the field spec"),
        Bad("apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: Page_1}\nspec: {}", "cannot name an object"),
        Bad("apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: ..}\nspec: {}", "cannot name an object"),
        Bad(
            "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: x, namespace: other}\nspec: {}",
            "a host has no namespaces"),
        Bad(
            "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: x, lables: {}}\nspec: {}", "unknown field \"lables\""
        ),
        Bad(
            "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: x}\nspec: {}\nstatus: {}", "unknown field \"status\""
        ),
        .file("[]", "spec has to be a mapping"),
        .file("{content: a}", "spec lacks the field path"),
        .file("{path: a}", "needs either content or source"),
        .file("{path: a, content: b, source: c}", "both content and source"),
        .file("{path: /etc/passwd, content: a}", "is absolute"),
        .file("{path: ../a, content: a}", "has the component . or .."),
        .file("{path: a/../../b, content: a}", "has the component . or .."),
        .file("{path: ./a, content: a}", "has the component . or .."),
        .file("{path: \"\", content: a}", "is empty"),
        .file("{path: \"a\\nb\", content: a}", "control character"),
        .file("{path: .plumb/key, content: a}", "Plumb's own directory"),
        .file("{path: [a], content: a}", "spec.path has to be a string"),
        .file("{path: a, content: 1}", "spec.content has to be a string"),
        .file("{path: a, content: a, mode: 0644}", "in quotes"),
        .file("{path: a, content: a, mode: \"0988\"}", "three or four octal digits"),
        .file("{path: a, content: a, mode: \"07777777\"}", "three or four octal digits"),
        .file("{path: a, content: a, owner: \"a:b:c\"}", "has to be user or user:group"),
        .file("{path: a, content: a, owner: \"a b\"}", "has to be user or user:group"),
        .file("{path: a, contents: a}", "needs either content or source"),
        .file("{path: a, content: a, recurse: true}", "unknown field \"recurse\""),
        .file("{path: a, source: missing.txt}", "missing.txt"),
        .file("{path: a, source: ../out.txt}", "leads out of the source"),
        .file("{path: a, source: sub}", "is a directory"),
        .directory("{path: a, content: b}", "unknown field \"content\""),
        .directory("{mode: \"0755\"}", "spec lacks the field path"),
        Bad(Bad.document("Process", "{}"), "spec lacks the field command"),
        Bad(Bad.document("Process", "{command: []}"), "spec.command is empty"),
        Bad(Bad.document("Process", "{command: sh}"), "spec.command has to be a list"),
        Bad(Bad.document("Process", "{command: [sh, 1]}"), "has to be a string"),
        .process("environment: {A: 1}", "has to be a string"),
        .process("environment: {\"A=B\": x}", "no environment can hold"),
        .process("restart: sometimes", "has to be one of: always, on-failure, never"),
        .process("workingDirectory: ../x", "has the component . or .."),
        .process("restartOn: [{kind: File, name: nothere}]", "which this application does not have"),
        .process("restartOn: [{kind: Process, name: x}]", "not on another process"),
        .process("restartOn: [{kind: File}]", "lacks the field name"),
        .process("user: \"a/b\"", "has to be user or user:group"),
        .process("readiness: {}", "exactly one of http, tcp and exec; this one has 0"),
        .process("readiness: {tcp: {port: 1}, exec: {command: [a]}}", "this one has 2"),
        .process("readiness: {tcp: {port: 70000}}", "from 1 to 65535"),
        .process("readiness: {tcp: {port: 1, host: example.com}}", "an IP address or localhost"),
        .process("readiness: {http: {url: \"https://127.0.0.1/\"}}", "has to be http://"),
        .process("readiness: {http: {url: \"http://example.com/\"}}", "has to be http://"),
        .process("readiness: {http: {url: \"http://127.0.0.1:99999/\"}}", "has to be http://"),
        .process("readiness: {exec: {command: [a]}, timeout: 5}", "has to be a string"),
        .process("readiness: {exec: {command: [a]}, timeout: 5x}", "has to be a duration"),
        .process("readiness: {exec: {command: [a]}, timeout: 2h}", "from 10ms to 1h"),
        .process("readiness: {exec: {command: [a]}, retries: 3}", "unknown field \"retries\""),
    ])
    func refuses(_ bad: Bad) async throws {
        let host = try Host("/nonexistent/root")
        let error = await #expect(throws: PlumbError.self) {
            _ = try await host.prepare("\n" + bad.yaml, files: ["sub/a.txt": "a"])
        }
        let text = error.map(String.init(describing:)) ?? ""
        #expect(text.contains(bad.message), "\(text)")
        #expect(text.hasPrefix("app.yaml:2: "), "\(text)")
    }

    @Test(arguments: [
        ("{path: a, content: 1x}\n---\n" + Bad.document("File", "{path: b, content: z}"), "is there twice"),
        ("{path: a, content: x}\n---\n" + Bad.document("Directory", "{path: a}"), "has the same path"),
        ("{path: a, content: x}\n---\n" + Bad.document("Directory", "{path: a/b}"), "is below a, which"),
    ])
    func refusesConflicts(_ spec: String, _ message: String) async throws {
        let host = try Host("/nonexistent/root")
        let error = await #expect(throws: PlumbError.self) { _ = try await host.prepare(Bad.document("File", spec)) }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains(message))
    }

    @Test func namesEveryBadManifest() async throws {
        let host = try Host("/nonexistent/root")
        let text = Bad.document("File", "{path: /a, content: x}") + "---\n" + Bad.document("Process", "{command: []}")
        let error = await #expect(throws: PlumbError.self) { _ = try await host.prepare(text) }
        let message = error.map(String.init(describing:)) ?? ""
        #expect(
            message.contains("app.yaml:1: ") && message.contains("app.yaml:6: ") && message.contains("2 of the objects"),
            "\(message)")
    }

    @Test func readsTheExamplesOfTheDesign() async throws {
        let host = try Host("/nonexistent/root")
        let desired = try await host.prepare(
            """
            apiVersion: host.plumb.dev/v1alpha1
            kind: File
            metadata: {name: page}
            spec: {path: www/index.html, source: index.html, mode: "0644", owner: www-data}
            ---
            apiVersion: host.plumb.dev/v1alpha1
            kind: Process
            metadata: {name: web}
            spec:
              command: ["python3", "-m", "http.server", "8081"]
              environment: {LANG: C}
              user: www-data
              restart: always
              restartOn: [{kind: File, name: page}]
              readiness: {http: {url: "http://127.0.0.1:8081/"}, timeout: 10s}
            """, files: ["index.html": "hello"])
        #expect(desired.map(\.key.description) == ["host.plumb.dev/File page", "host.plumb.dev/Process web"])
        #expect(desired[0].content == Array("hello".utf8))
        #expect(desired[1].requires == [desired[0].key])
    }

    @Test func digestsFollowContentAndWhatAProcessRestartsOn() async throws {
        let host = try Host("/nonexistent/root")
        func digests(_ content: String, mode: String) async throws -> [Digest] {
            try await host.prepare(
                Bad.document("File", "{path: a, source: s, mode: \"\(mode)\"}") + "---\n"
                    + Bad.document("Process", "{command: [a], restartOn: [{kind: File, name: x}]}"), files: ["s": content]
            ).map(\.digest)
        }
        let first = try await digests("one", mode: "0644")
        let same = try await digests("one", mode: "0644")
        let other = try await digests("two", mode: "0644")
        let closed = try await digests("one", mode: "0600")
        #expect(first == same)
        #expect(Set([first[0], other[0], closed[0]]).count == 3)
        #expect(Set([first[1], other[1], closed[1]]).count == 3)
    }

    @Test(arguments: [
        ("http://127.0.0.1:80/", "127.0.0.1", 80, "/"), ("http://localhost", "127.0.0.1", 80, "/"),
        ("http://[::1]:8080/a?b=c", "::1", 8080, "/a?b=c"), ("http://[::1]?x", "::1", 80, "/?x"),
    ])
    func readsProbeURLs(_ url: String, _ address: String, _ port: Int, _ target: String) {
        guard case .http(let gotAddress, let gotPort, let gotTarget, _)? = ProbeReader.httpCheck(url) else {
            Issue.record("\(url) was refused")
            return
        }
        #expect((gotAddress, Int(gotPort), gotTarget) == (address, port, target))
    }
}
