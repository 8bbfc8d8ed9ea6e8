import Manifests
import Model
import OperatorTestSupport
import Server
import Testing

/// What the routes answer, over a real socket.
@Suite struct RouteTests {
    private static func script() async -> ScriptedOperator {
        let script = ScriptedOperator(
            applications: [Scripted.healthy("shop"), Scripted.troubled("wiki")], repositories: [Scripted.repository("main")],
            targets: [Scripted.target("kubernetes")])
        await script.set(plan: Scripted.plan("shop"), of: "shop")
        await script.set(history: (1...30).reversed().map { Scripted.history("shop", $0) }, of: "shop")
        return script
    }

    @Test func listsAreItemsAndTotal() async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let client = Client(served: served)
            for (path, count) in [("applications", 2), ("repositories", 1), ("targets", 1), ("unmanaged", 1), ("events", 0)] {
                let answer = try await client.get(path)
                #expect(answer.status == 200)
                #expect(answer.header("content-type") == "application/json")
                #expect(answer.items.count == count)
                #expect(try answer.value["total"]?.integer == Int64(count))
            }
        }
    }

    @Test func anApplicationIsItsStatus() async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let answer = try await Client(served: served).get("applications/wiki")
            #expect(try answer.value == Scripted.troubled("wiki").value)
        }
    }

    @Test func aPlanIsWhatPlanShows() async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let answer = try await Client(served: served).get("applications/shop/plan")
            #expect(try answer.value == Scripted.plan("shop").value(place: "https://127.0.0.1:6443"))
        }
    }

    @Test func historyHasALimit() async throws {
        try await ServedOperator.with(await Self.script()) { served async throws in
            let client = Client(served: served)
            #expect(try await client.get("applications/shop/history").items.count == 20)
            #expect(try await client.get("applications/shop/history?limit=3").items.count == 3)
            #expect(try await client.get("applications/shop/history?limit=0").status == 400)
            #expect(try await client.get("applications/shop/history?limit=1001").status == 400)
        }
    }

    @Test func unmanagedNamesApplicationResourceAndPaths() async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let item = try #require(try await Client(served: served).get("unmanaged").items.first)
            #expect(item["application"] == "wiki")
            #expect(item.at("key", "kind") == "Deployment")
            #expect(item["paths"] == ["/spec/template/spec/containers/1", "/spec/template/spec/volumes/0"])
        }
    }

    // MARK: Acting

    struct Action: Sendable, CustomTestStringConvertible {
        let path: String
        var body: String?
        let status: Int
        let call: String
        var testDescription: String { path }
    }

    static let digest = Scripted.digest.description

    @Test(arguments: [
        Action(path: "applications/shop/sync", status: 202, call: "sync shop by token"),
        Action(path: "applications/shop/sync", body: "{}", status: 202, call: "sync shop by token"),
        Action(path: "applications/shop/refresh", status: 200, call: "refresh shop"),
        Action(path: "applications/shop/suspend", status: 200, call: "suspend shop because - by token"),
        Action(
            path: "applications/shop/suspend", body: #"{"reason": "a sale"}"#, status: 200,
            call: "suspend shop because a sale by token"),
        Action(path: "applications/shop/resume", status: 200, call: "resume shop by token"),
        Action(
            path: "applications/shop/approve", body: #"{"plan": "\#(digest)"}"#, status: 202,
            call: "approve shop \(digest) by token"),
        Action(
            path: "applications/shop/rollback", body: #"{"revision": "0123abc"}"#, status: 202,
            call: "rollback shop to 0123abc by token"),
        Action(path: "repositories/main/refresh", status: 200, call: "refresh repository main"),
        Action(
            path: "repositories/https%3A%2F%2Fgit.example.com%2Fmain.git/refresh", status: 200,
            call: "refresh repository https://git.example.com/main.git"),
    ])
    func actingAsksTheOperator(_ action: Action) async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let answer = try await Client(served: served).post(action.path, action.body)
            #expect(answer.status == action.status, "\(answer.text)")
            #expect(await served.script.calls == [action.call])
        }
    }

    @Test(arguments: [
        ("Ada Lovelace", 202, "sync shop by Ada Lovelace (unverified)"), ("Zoë", 202, "sync shop by Zoë (unverified)"),
        ("", 202, "sync shop by token"),
        (String(repeating: "x", count: 101), 400, ""), ("a\u{202e}b", 400, ""), ("a\u{9b}b", 400, ""),
    ])
    func aPersonIsNamed(_ name: String, _ status: Int, _ call: String) async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let answer = try await Client(served: served).send(
                "POST", "/api/v1/applications/shop/sync", headers: ["Plumb-Person": name])
            #expect(answer.status == status)
            #expect(await served.script.calls == (call.isEmpty ? [] : [call]))
        }
    }

    // MARK: Wrong requests

    struct Wrong: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        var body: String?
        let status: Int
        let code: String
        let says: String
        var testDescription: String { "\(method) \(path) \(body ?? "")" }
    }

    @Test(arguments: [
        Wrong(method: "GET", path: "applications/none", status: 404, code: "notFound", says: "no application \"none\""),
        Wrong(method: "GET", path: "applications/none/plan", status: 404, code: "notFound", says: "no application"),
        Wrong(method: "GET", path: "applications/wiki/plan", status: 502, code: "unreachable", says: "was not looked at yet"),
        Wrong(method: "GET", path: "nothing", status: 404, code: "notFound", says: "nothing at this address"),
        Wrong(method: "GET", path: "applications/a/b/c", status: 404, code: "notFound", says: "nothing at this address"),
        Wrong(method: "DELETE", path: "applications/shop", status: 405, code: "unsupported", says: "does not take DELETE"),
        Wrong(method: "GET", path: "applications/shop/sync", status: 405, code: "unsupported", says: "does not take GET"),
        Wrong(
            method: "GET", path: "applications?aplication=shop", status: 400, code: "invalid", says: "no parameter \"aplication\""),
        Wrong(method: "GET", path: "applications/%ff", status: 404, code: "notFound", says: "nothing at this address"),
        Wrong(method: "GET", path: "events?after=x", status: 400, code: "invalid", says: "after is \"x\""),
        Wrong(method: "GET", path: "events?limit=many", status: 400, code: "invalid", says: "limit is \"many\""),
        Wrong(method: "GET", path: "events?application=none", status: 404, code: "notFound", says: "no application"),
        Wrong(method: "POST", path: "applications/shop/sync", body: "{", status: 400, code: "invalid", says: "The request's body"),
        Wrong(
            method: "POST", path: "applications/shop/sync", body: "[]", status: 400, code: "invalid", says: "has to be an object"),
        Wrong(
            method: "POST", path: "applications/shop/sync", body: #"{"a": 1}"#, status: 400, code: "invalid",
            says: "unknown field \"a\""),
        Wrong(method: "POST", path: "applications/shop/approve", status: 400, code: "invalid", says: "body"),
        Wrong(
            method: "POST", path: "applications/shop/approve", body: "{}", status: 400, code: "invalid",
            says: "lacks the field \"plan\""),
        Wrong(
            method: "POST", path: "applications/shop/approve", body: #"{"plan": 1}"#, status: 400, code: "invalid",
            says: "has to be a string"),
        Wrong(
            method: "POST", path: "applications/shop/approve", body: #"{"plan": "x"}"#, status: 400, code: "invalid",
            says: "not the digest"),
        Wrong(
            method: "POST", path: "applications/shop/rollback", body: #"{"revision": "a", "revision": "b"}"#, status: 400,
            code: "invalid", says: "revision"),
    ])
    func whatIsWrongIsSaid(_ wrong: Wrong) async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let answer = try await Client(served: served).send(
                wrong.method, "/api/v1/" + wrong.path, body: wrong.body)
            #expect(answer.status == wrong.status)
            #expect(answer.code == wrong.code)
            #expect(answer.message.contains(wrong.says), "\(answer.text)")
            #expect(await served.script.calls.isEmpty)
        }
    }

    @Test(arguments: [
        (PlumbError.Code.invalid, 400), (.denied, 403), (.notFound, 404), (.conflict, 409), (.superseded, 409), (.held, 409),
        (.unsupported, 422), (.limit, 422), (.unreachable, 502), (.failed, 502), (.timedOut, 504), (.init("another"), 500),
    ])
    func anErrorOfTheOperatorKeepsItsWords(_ code: PlumbError.Code, _ status: Int) async throws {
        try await ServedOperator.with(await Self.script()) { served in
            await served.script.set(failure: PlumbError(code, "It cannot be done.", remedy: "Do something else."))
            let answer = try await Client(served: served).post("applications/shop/sync")
            #expect(answer.status == status)
            #expect(
                try answer.value == [
                    "error": ["code": .string(code.name), "message": "It cannot be done.", "remedy": "Do something else."]
                ])
        }
    }

    @Test func answersAreNotKeptByAnybody() async throws {
        try await ServedOperator.with { served in
            let answer = try await Client(served: served).get("applications")
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.header("x-content-type-options") == "nosniff")
        }
    }
}
