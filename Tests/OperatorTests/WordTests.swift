import Manifests
import Model
import Operator
import TestSupport
import Testing

/// A person's word: suspended, resumed, rolled back.
@Suite struct WordTests {
    @Test func `resumed, it is synced as its policy says, and not as by hand`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "one", "  sync: {automatic: false}")) { rig in
            let first = try await rig.held("a", .approval)
            _ = try await rig.service.approve("a", plan: try #require(first.plan), by: "ann")
            try await rig.synced("a")
            try await rig.service.suspend("a", reason: nil, by: "ann")
            let commit = try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "two")])
            try await rig.wait("a", "seen") { $0.revisions.first?.hasSuffix(commit) ?? false }
            try await rig.service.resume("a", by: "ann")
            try await rig.held("a", .approval)
            #expect(await rig.data("a") == "one")
        }
    }

    @Test func `suspended, nothing is written, and resumed it goes on`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            try await rig.service.suspend("a", reason: "maintenance", by: "ann")
            let before = await rig.target.writes
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            let commit = try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "two")])
            try await rig.wait("a", "seen") { $0.revisions.first?.hasSuffix(commit) ?? false && $0.hold?.reason == .suspended }
            #expect(await rig.target.writes == before)
            try await rig.service.resume("a", by: "ann")
            try await rig.has("a", "two")
            try await rig.synced("a", at: commit)
            #expect(await rig.target.inventory(named: "a")?.hold == nil)
        }
    }

    /// Commits one text after the other, and waits for each.
    private static func walk(_ rig: OperatorRig, _ texts: [String]) async throws -> [String] {
        var commits: [String] = []
        for text in texts {
            commits.append(try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", text)]))
            try await rig.has("a", text)
            try await rig.synced("a", at: commits.last)
        }
        return commits
    }

    @Test func `a second step back does not forget what the first one left`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "zero")) { rig in
            try await rig.synced("a")
            let commits = try await Self.walk(rig, ["one", "two", "three"])
            _ = try await rig.service.rollback("a", to: commits[1], by: "ann")
            try await rig.has("a", "two")
            _ = try await rig.service.rollback("a", to: commits[0], by: "ann")
            try await rig.has("a", "one")
            // Renders to what was rejected first, and so changes nothing.
            let other = try await rig.repository.commit(["README": "words"])
            try await rig.seen(other)
            // A look that comes after it.
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            try await rig.has("a", "one")
            try await rig.held("a", .rollback)
            let next = try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "four")])
            try await rig.has("a", "four")
            try await rig.synced("a", at: next)
        }
    }

    @Test func `a chart is rolled back to what it was, and what it was rolled back from is known again`() async throws {
        @Sendable func map(_ text: String) -> String {
            OperatorRig.configMap("a", "\(text) {{ .Release.Name }} {{ .Release.Revision }}")
        }
        let files = [
            "plumb/a.yaml": OperatorRig.application("a"), "a/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "a/templates/map.yaml": map("zero"),
        ]
        try await OperatorRig.with(files) { rig in
            try await rig.has("a", "zero a 1")
            try await rig.synced("a")
            var commits: [String] = []
            for (number, text) in ["one", "two"].enumerated() {
                commits.append(try await rig.repository.commit(["a/templates/map.yaml": map(text)]))
                try await rig.has("a", "\(text) a \(number + 2)")
                try await rig.synced("a", at: commits.last)
            }
            _ = try await rig.service.rollback("a", to: commits[0], by: "ann")
            try await rig.has("a", "one a 2")
            // Renders to what was rejected, and so changes nothing.
            try await rig.seen(try await rig.repository.commit(["README": "words"]))
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            try await rig.has("a", "one a 2")
            try await rig.held("a", .rollback)
            let next = try await rig.repository.commit(["a/templates/map.yaml": map("three")])
            try await rig.has("a", "three a 4")
            try await rig.synced("a", at: next)
        }
    }

    @Test func `drift of what was rolled back to goes back to that`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "zero")) { rig in
            try await rig.synced("a")
            let commits = try await Self.walk(rig, ["one", "two"])
            _ = try await rig.service.rollback("a", to: commits[0], by: "ann")
            try await rig.has("a", "one")
            try await rig.held("a", .rollback)
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            try await rig.has("a", "one")
        }
    }

    @Test func `a file beside the manifests tells what was rolled back from`() async throws {
        let page = "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: page}\nspec: {source: index.html}\n"
        let files = ["plumb/a.yaml": OperatorRig.application("a"), "a/page.yaml": page, "a/index.html": "one"]
        try await OperatorRig.with(files) { rig in
            let key = ResourceKey(group: "host.plumb.dev", kind: "File", name: "page")
            func written() async -> Digest? { await rig.target.inventory(named: "a")?.entries[key]?.digest }
            try await rig.synced("a")
            let first = await written()
            let begin = try await rig.repository.head()
            let second = try await rig.repository.commit(["a/index.html": "two"])
            try await rig.synced("a", at: second)
            _ = try await rig.service.rollback("a", to: begin, by: "ann")
            _ = try await eventually("it is as it was") { await written() == first ? true : nil }
            try await rig.held("a", .rollback)
            // Something else of the repository is no reason.
            try await rig.seen(try await rig.repository.commit(["README": "words"]))
            try await rig.held("a", .rollback)
            let third = try await rig.repository.commit(["a/index.html": "three"])
            try await rig.synced("a", at: third)
        }
    }

    @Test(arguments: [true, false])
    func `a word in the inventory is kept to by an operator that lost its store`(isRollback: Bool) async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "zero")) { rig in
            try await rig.synced("a")
            let commits = try await Self.walk(rig, ["one", "two"])
            if isRollback {
                _ = try await rig.service.rollback("a", to: commits[0], by: "ann")
                try await rig.has("a", "one")
                try await rig.held("a", .rollback)
            } else {
                try await rig.service.suspend("a", reason: "an audit", by: "ann")
                try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "three")])
            }
            _ = try await eventually("the inventory has it") { await rig.target.inventory(named: "a")?.hold != nil ? true : nil }
            let text = await rig.data("a")
            try await rig.again(losingStore: true) { rig in
                try await rig.held("a", isRollback ? .rollback : .suspended)
                #expect(await rig.data("a") == text)
                try await rig.service.resume("a", by: "ann")
                try await rig.has("a", isRollback ? "two" : "three")
                try await rig.synced("a")
            }
        }
    }

    @Test func `a word moves over with the name`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            try await rig.service.suspend("a", reason: "an audit", by: "ann")
            let before = await rig.target.writes
            let renamed = OperatorRig.application("b", path: "a", annotations: "plumb.dev/renamed-from: a")
            try await rig.repository.commit([
                "plumb/a.yaml": nil, "plumb/b.yaml": renamed, "a/map.yaml": OperatorRig.configMap("a", "two"),
            ])
            let hold = try await rig.held("b", .suspended)
            #expect(hold.message.contains("an audit"))
            #expect(await rig.target.writes == before)
            try await rig.service.resume("b", by: "ann")
            try await rig.has("a", "two")
            try await rig.synced("b")
            #expect(await rig.target.inventory(named: "a") == nil)
            #expect(await rig.target.deletions.isEmpty)
        }
    }
}
