import Manifests
import TestSupport
import Testing

/// Nothing is deleted in passing: the budget, approvals, empty and broken sources.
@Suite struct DeletionTests {
    private static func names(_ range: Range<Int>) -> [String] { range.map { "c\($0 < 10 ? "0" : "")\($0)" } }
    private static func configMaps(_ range: Range<Int>) -> [String] { names(range).map { Samples.configMap($0) } }

    /// Twenty objects are applied, and the files now hold two of them, one of those changed, and a new one.
    private func withMostRemoved(_ body: (ClusterApp) async throws -> Void) async throws {
        try await ClusterApp.with { app in
            try app.source(Self.configMaps(0..<20))
            try await app.apply()
            try app.source(Samples.configMap("c00"), Samples.configMap("c01", "color: blue"), Samples.configMap("new"))
            try await body(app)
        }
    }

    @Test func `over the budget deletions wait, and everything else goes on`() async throws {
        try await withMostRemoved { app in
            let plan = try await app.plan(exits: 3)
            #expect(plan.changes("delete") == Self.names(2..<20).map { "ConfigMap \($0)" })
            #expect(plan.reason("ConfigMap c02") == "18 of 20 objects would be deleted, and the budget is less than 50 %")
            let requests = try await app.writes {
                let applied = try await app.apply(exits: 3)
                #expect(applied.results("held").count == 18)
                #expect(applied.digest == plan.digest)
                #expect(applied.value["phase"] == "Held")
            }
            #expect(requests.words == ["patch configmaps/c01", "patch configmaps/new"])
            let again = try await app.writes { try await app.apply(exits: 3) }
            #expect(again.objects.isEmpty)
        }
    }

    @Test(arguments: ["plan", "apply"])
    func `the digest that is printed approves the deletions`(by verb: String) async throws {
        try await withMostRemoved { app in
            let digest = verb == "plan" ? try await app.plan(exits: 3).digest : try await app.apply(exits: 3).digest
            let uids = try await Self.names(2..<20).asyncMap { try await app.uid(app.path("configmaps", $0)) }
            let requests = try await app.writes {
                let outcome = try await app.apply("--approve", digest)
                #expect(outcome.results("deleted").count == 18)
            }
            #expect(requests.deletions.map(\.name).sorted() == Self.names(2..<20))
            #expect(requests.deletions.compactMap(\.requiredUID).sorted() == uids.sorted())
            #expect(try await app.inventory().keys.sorted() == ["c00", "c01", "new"])
            try await app.plan(exits: 0)
        }
    }

    @Test func `another digest approves nothing`() async throws {
        try await withMostRemoved { app in
            let old = try await app.plan(exits: 3).digest
            try app.source(Samples.configMap("c00"), Samples.configMap("c02"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 3, "--approve", old)
                #expect(outcome.errors.contains("is not the digest of this plan"))
                try await app.apply(exits: 3, "--approve", "sha256:" + String(repeating: "0", count: 64))
            }
            #expect(requests.deletions.isEmpty)
        }
    }

    @Test func `an emptied source is held, and deletes with approval alone`() async throws {
        try await ClusterApp.with { app in
            try app.source(Self.configMaps(0..<2))
            try await app.apply()
            try app.source()
            let plan = try await app.plan(exits: 3)
            #expect(plan.reason("ConfigMap c00") == "the source is empty, and everything would be deleted")
            let requests = try await app.writes { try await app.apply(exits: 3) }
            #expect(requests.objects.isEmpty)
            try await app.apply("--approve", plan.digest)
            #expect(try await !app.isThere(app.path("configmaps", "c00")))
        }
    }

    @Test func `a source that was always empty is an error`() async throws {
        try await ClusterApp.with { app in
            try app.source()
            let outcome = try await app.apply(exits: 1)
            #expect(outcome.errors.contains("holds no manifests"), "\(outcome)")
        }
    }

    @Test(arguments: [
        ("a syntax error", "apiVersion: v1\nkind: [ConfigMap\n"),
        ("a document that is no object", "- just\n- a list\n"),
        ("a kind that nobody serves", "apiVersion: example.com/v1\nkind: Unknown\nmetadata: {name: x}\n"),
        ("an unknown annotation of ours", Samples.configMap("x", annotations: "plumb.dev/purne: disabled")),
        ("an object that is there twice", Samples.configMap("c00")),
    ])
    func `a source that is broken in one file changes nothing`(what: String, text: String) async throws {
        try await ClusterApp.with { app in
            try app.source(Self.configMaps(0..<4))
            try await app.apply()
            try app.source(Samples.configMap("c00", "color: blue"), Samples.configMap("new"))
            try Files.write(text, to: app.source + "/broken.yaml")
            let requests = try await app.writes {
                let plan = try await app.plan(exits: 1)
                #expect(plan.errors.contains("broken.yaml"), "\(what): \(plan)")
                try await app.apply(exits: 1)
            }
            #expect(requests.writes.isEmpty, "\(what): \(requests.writes)")
        }
    }

    @Test func `a revision that the server refuses in one object changes nothing`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.service())
            try await app.apply()
            try app.source(
                Samples.configMap("a", "color: blue"), Samples.configMap("new"),
                Samples.service().replacing("port: 80", with: "port: 808080"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.errors.contains("nothing was changed") && outcome.errors.contains("808080"), "\(outcome)")
            }
            #expect(requests.writes.isEmpty)
        }
    }

    @Test func `what asks never to be pruned stays`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("kept", annotations: "plumb.dev/prune: disabled"))
            try await app.apply()
            try app.source(Samples.configMap("a"))
            let requests = try await app.writes {
                let outcome = try await app.apply()
                #expect(outcome.changes == ["delete ConfigMap kept: removed, kept"])
            }
            #expect(requests.deletions.isEmpty)
        }
    }

    @Test(arguments: ["PersistentVolumeClaim", "StatefulSet"])
    func `some kinds are deleted with approval alone`(kind: String) async throws {
        try await ClusterApp.with { app in
            let claim = "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}"
            let set =
                "{serviceName: x, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
                + "spec: {containers: [{name: c, image: d}]}}}"
            let (version, spec) = kind == "StatefulSet" ? ("apps/v1", set) : ("v1", claim)
            try app.source(
                Samples.configMap("a"), "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: precious}\nspec: \(spec)")
            try await app.apply()
            try app.source(Samples.configMap("a"))
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 3)
                #expect(outcome.changes("delete").count == 1 && outcome.text.contains("only deleted with approval"))
            }
            #expect(requests.objects.isEmpty)
        }
    }
}

extension Sequence {
    func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
