import Manifests
import Model
import OperatorTestSupport
import TestSupport
import Testing

/// The verbs that show what an operator knows.
@Suite struct ReadingTests {
    @Test func applicationsAndWhatIsWrongWithThem() async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("get", "applications")
            let lines = result.stdout.split(separator: "\n").map(String.init)
            #expect(result.status == 0, "\(result.stderr)")
            #expect(lines.count == 4)
            #expect(lines[0].hasPrefix("NAME   SYNC"))
            #expect(lines[1].hasPrefix("shop   Synced                   Healthy    0123456    kubernetes   "))
            #expect(lines[2].hasPrefix("wiki   OutOfSync, 2 unmanaged   Degraded   0123456    kubernetes   "))
            #expect(lines[3] == "  wiki waits for approval since 18:00: 8 of 9 objects would be deleted.")
        }
    }

    @Test(arguments: ["application", "applications", "app", "apps"])
    func oneApplicationByAnyNameOfTheNoun(_ noun: String) async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("get", noun, "shop", "-o", "json")
            #expect(try JSON.parse(Array(result.stdout.utf8)) == Scripted.healthy("shop").value)
        }
    }

    @Test func onlyProblems() async throws {
        try await RunningOperator.with { running in
            let result = try await running.plumb("get", "apps", "--problems", "-o", "json")
            #expect(try JSON.parse(Array(result.stdout.utf8))["total"] == 1)
            #expect(result.stdout.contains("\"wiki\""))
        }
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let shows: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(arguments: [
        Reading(
            arguments: ["get", "repos"],
            shows: [
                "NAME   APPLICATIONS   REVISIONS", "main   3              main@0123456",
                "  the server refused the credentials (for ",
            ]),
        Reading(arguments: ["get", "repository", "https://git.example.com/main.git"], shows: ["https://git.example.com/main.git"]),
        Reading(
            arguments: ["get", "targets"],
            shows: ["kubernetes   3              failing   https://127.0.0.1:6443", "  it does not answer (for "]),
        Reading(
            arguments: ["get", "unmanaged"], shows: ["wiki          apps/Deployment wiki/web   /spec/template/spec/volumes/0"]),
        Reading(arguments: ["get", "unmanaged", "shop"], shows: ["Nothing that changes behaviour is undeclared."]),
        Reading(arguments: ["why", "wiki"], shows: ["wiki waits for approval since 18:00: 8 of 9 objects would be deleted.\n"]),
        Reading(arguments: ["history", "shop"], shows: ["WHEN", "0123456789ab   Ada Lovelace   Make the page green   1 updated"]),
        Reading(
            arguments: ["describe", "application", "wiki"],
            shows: [
                "Name:      wiki\n", "Sync:      OutOfSync, 2 unmanaged\n",
                "Health:    Degraded: Deployment web: ImagePullBackOff\n",
                "Held:      approval, for ", "Approve with: plumb approve wiki --plan \(Scripted.digest)",
                "/spec/replicas: 3 → 5 (kubectl-edit)", "contested: ", "CONDITION   STATUS   REASON   MESSAGE",
                "unmanaged: /spec/template/spec/containers/1",
            ]),
        Reading(arguments: ["events"], shows: ["Nothing has happened yet."]),
    ])
    func readingShows(_ reading: Reading) async throws {
        try await RunningOperator.with { running in
            let result = try await RunningOperator.plumb(
                reading.arguments + ["--data-dir", running.directory], home: running.directory)
            #expect(result.status == 0, "\(result.stderr)")
            for text in reading.shows { #expect(result.stdout.contains(text), "\(result.stdout)") }
        }
    }

    @Test func eventsAreATable() async throws {
        try await RunningOperator.with { running in
            await running.script.happen(Scripted.drift("shop"), Scripted.event("wiki", .held))
            let all = try await running.plumb("events")
            #expect(all.stdout.contains("  /spec/replicas: 3 → 5 (kubectl-edit)\n"))
            #expect(all.stdout.contains("shop          Drift   apps/Deployment shop/web   left what was applied\n"))
            let one = try await running.plumb("events", "wiki", "-o", "json")
            #expect(try JSON.parse(Array(one.stdout.utf8))["total"] == 1)
            let none = try await running.plumb("events", "--after", "2")
            #expect(none.stdout == "Nothing has happened yet.\n")
        }
    }

    @Test func watchingShowsWhatWasAndWhatComes() async throws {
        try await RunningOperator.with { running in
            await running.script.happen(Scripted.event("shop", .created, "first"))
            try await TemporaryDirectory.with("watch") { directory in
                let process = try await PlumbBinary.start(
                    ["events", "--watch", "-o", "json", "--data-dir", running.directory], environment: ["HOME": directory],
                    directory: directory)
                let lines = { (count: Int) in
                    let text = try Files.read("\(directory)/plumb.out")
                    let found = text.split(separator: "\n")
                    return found.count >= count && text.hasSuffix("\n")
                        ? try found.map { try JSON.parse(Array($0.utf8))["message"]?.string } : nil
                }
                _ = try await eventually("the first event") { try lines(1) }
                try await eventually("a listener") { await running.script.listenerCount > 0 ? true : nil }
                await running.script.happen(Scripted.event("wiki", .updated, "second"))
                let both = try await eventually("the second event") { try lines(2) }
                #expect(both == ["first", "second"])
                try await process.terminate()
            }
        }
    }

    // MARK: Nobody there

    @Test func noOperatorIsASentenceWithWhatToDo() async throws {
        try await TemporaryDirectory.with("nobody") { home in
            let result = try await RunningOperator.plumb(["get", "apps"], home: home)
            #expect(result.status == 1)
            #expect(result.stderr.hasPrefix("plumb: No operator runs with the data directory \(home)/.local/state/plumb.\n"))
            #expect(result.stderr.contains("plumb serve"))
            let elsewhere = try await RunningOperator.plumb(
                ["get", "apps"], home: home, environment: ["XDG_STATE_HOME": "\(home)/x"])
            #expect(elsewhere.stderr.contains("\(home)/x/plumb"))
        }
    }

    @Test func anOperatorThatEndedWithoutNotice() async throws {
        try await TemporaryDirectory.with("dead") { home in
            try Files.write(
                #"{"url": "http://127.0.0.1:1", "tokenFile": "\#(home)/token"}"#, to: "\(home)/server.json", mode: 0o600)
            try Files.write(String(repeating: "t", count: 64), to: "\(home)/token", mode: 0o600)
            let result = try await RunningOperator.plumb(["get", "apps", "--data-dir", home], home: home)
            #expect(result.status == 1)
            #expect(
                result.stderr.hasPrefix(
                    "plumb: No operator answers at http://127.0.0.1:1, where the one of \(home) listened last.\n"))
        }
    }

    struct Environment: Sendable, CustomTestStringConvertible {
        let server: String
        let token: String?
        let status: Int32
        let says: String
        var testDescription: String { server }
    }

    @Test(arguments: [
        Environment(server: "http://127.0.0.1:1", token: "x", status: 1, says: "Nothing listens at http://127.0.0.1:1."),
        Environment(server: "http://127.0.0.1:1", token: nil, status: 64, says: "PLUMB_SERVER is set, and PLUMB_TOKEN is not."),
        Environment(server: "127.0.0.1:1", token: "x", status: 64, says: "PLUMB_SERVER has to be the URL"),
        Environment(server: "http://ada:secret@127.0.0.1:1", token: "x", status: 64, says: "without credentials"),
        Environment(server: "http://127.0.0.1:1", token: "a b", status: 64, says: "PLUMB_TOKEN holds characters"),
    ])
    func theEnvironmentSaysWhere(_ environment: Environment) async throws {
        try await TemporaryDirectory.with("environment") { home in
            var variables = ["PLUMB_SERVER": environment.server]
            variables["PLUMB_TOKEN"] = environment.token
            let result = try await RunningOperator.plumb(["why", "shop"], home: home, environment: variables)
            #expect(result.status == environment.status)
            #expect(result.stderr.contains(environment.says), "\(result.stderr)")
            #expect(!result.stderr.contains("secret"))
        }
    }

    @Test func theEnvironmentComesFirst() async throws {
        try await RunningOperator.with { running in
            let right = ["PLUMB_SERVER": running.served.url + "/", "PLUMB_TOKEN": running.served.token]
            #expect(try await RunningOperator.plumb(["why", "shop"], home: "/nonexistent", environment: right).status == 0)
            let wrong = ["PLUMB_SERVER": running.served.url, "PLUMB_TOKEN": "another"]
            let refused = try await RunningOperator.plumb(["why", "shop"], home: "/nonexistent", environment: wrong)
            #expect(refused.status == 1)
            #expect(
                refused.stderr.hasPrefix("plumb: The operator at \(running.served.url) does not accept the token of PLUMB_TOKEN.\n")
            )
        }
    }

    @Test(arguments: [
        ["get"], ["get", "nouns"], ["history", "shop", "--limit", "0"], ["events", "--after", "-1"], ["approve", "shop"],
        ["approve", "shop", "--plan", "x"], ["rollback", "shop"], ["sync", "shop", "--timeout", "5m"], ["why"],
        ["release", "shop", "--timeout", "soon"],
    ])
    func wrongArgumentsAre64(_ arguments: [String]) async throws {
        let status = try await RunningOperator.plumb(arguments, home: "/nonexistent").status
        // Without a verb's noun the help is shown.
        #expect(status == (arguments == ["get"] ? 0 : 64))
    }
}
