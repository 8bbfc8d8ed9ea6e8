import Manifests
import Model
import Operator
import TestSupport
import Testing

/// Repositories: what declares applications, and what they are read from.
@Suite struct FollowingTests {
    static func repository(_ name: String, _ url: String, _ branch: String = "main") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Repository
        metadata: {name: \(name)}
        spec: {git: {url: "\(url)", branch: \(branch)}}

        """
    }

    static let user = """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: a}
        spec:
          sources: [{repository: maps, path: .}]
          target: {name: host}

        """

    @Test func `another URL or branch of a Repository is followed by who names it`() async throws {
        try await TemporaryDirectory.with("sources") { directory in
            let first = try await TestRepository.create(in: directory, name: "first")
            let second = try await TestRepository.create(in: directory, name: "second")
            try await first.commit(["map.yaml": OperatorRig.configMap("a", "first")])
            try await first.commit(["map.yaml": OperatorRig.configMap("a", "branch")], branch: "next")
            try await second.commit(["map.yaml": OperatorRig.configMap("a", "second")])
            let files = ["plumb/a.yaml": Self.user, "plumb/maps.yaml": Self.repository("maps", first.path)]
            try await OperatorRig.with(files) { rig in
                try await rig.has("a", "first")
                try await rig.repository.commit(["plumb/maps.yaml": Self.repository("maps", first.path, "next")])
                try await rig.has("a", "branch")
                try await rig.repository.commit(["plumb/maps.yaml": Self.repository("maps", second.path)])
                try await rig.has("a", "second")
                try await rig.synced("a")
                try await second.commit(["map.yaml": OperatorRig.configMap("a", "second, later")])
                try await rig.has("a", "second, later")
                // Nobody uses the first one any more.
                let followed = await rig.service.repositories().map(\.url)
                #expect(!followed.contains(first.path), "\(followed)")
            }
        }
    }

    @Test func `a Repository that is removed is an error of who names it, and changes nothing`() async throws {
        try await TemporaryDirectory.with("sources") { directory in
            let maps = try await TestRepository.create(in: directory, name: "maps")
            try await maps.commit(["map.yaml": OperatorRig.configMap("a", "one")])
            let files = ["plumb/a.yaml": Self.user, "plumb/maps.yaml": Self.repository("maps", maps.path)]
            try await OperatorRig.with(files) { rig in
                try await rig.synced("a")
                try await rig.repository.commit(["plumb/maps.yaml": nil])
                let status = try await rig.wait("a", "Unknown") { $0.sync == .unknown }
                #expect(status.why.contains("maps"), "\(status.why)")
                #expect(await rig.data("a") == "one")
                #expect(await rig.target.deletions.isEmpty)
            }
        }
    }

    @Test func `one that cannot be opened at first is opened later`() async throws {
        var options = OperatorRig.Options()
        options.failedOpenings = 1
        try await OperatorRig.with(OperatorRig.simple("a"), options) { rig in _ = try await rig.synced("a") }
    }

    @Test func `one whose commit cannot be read at first is told again by itself`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            // The newest commit is named, and a directory of it is missing.
            let objects = "\(rig.repository.path)/objects"
            try await rig.repository.git("commit", "-q", "--allow-empty", "-m", "Nothing")
            try Files.write(OperatorRig.configMap("a", "two"), to: "\(rig.repository.work)/a/map.yaml")
            try await rig.repository.git("commit", "-q", "-a", "-m", "Two")
            let tree = try await rig.repository.git("rev-parse", "HEAD^{tree}").filter { !$0.isWhitespace }
            let commit = try await rig.repository.git("rev-parse", "HEAD").filter { !$0.isWhitespace }
            try await rig.repository.configure("receive.unpackLimit", "100000")
            try await rig.repository.git("push", "-q", "origin", "HEAD:refs/heads/aside")
            let file = "\(objects)/\(tree.prefix(2))/\(tree.dropFirst(2))"
            try await ProcessRunner.check("mv", [file, "\(rig.directory)/aside"])
            try await ProcessRunner.check("git", ["-C", rig.repository.path, "update-ref", "refs/heads/main", commit])
            let failed = try await rig.wait("root", "Unknown") { $0.sync == .unknown }
            #expect(!failed.why.isEmpty)
            #expect(await rig.data("a") == "one")
            try await ProcessRunner.check("mv", ["\(rig.directory)/aside", file])
            try await rig.has("a", "two")
            try await rig.synced("root", at: commit)
        }
    }

    @Test func `what was declared is looked after while the repository does not answer`() async throws {
        var options = OperatorRig.Options()
        options.isRemote = true
        try await OperatorRig.with(OperatorRig.simple("a"), options) { [options] rig in
            try await rig.synced("a")
            await rig.stop()
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            try await ProcessRunner.check("mv", [rig.repository.path, rig.repository.path + ".away"])
            try await rig.again(options) { rig in
                try await rig.has("a", "one")
                // And it is told that nothing newer is known.
                let status = try await rig.wait("a", "told") { $0.why.contains("the newest that is known") }
                #expect(status.sync == .synced && status.why.contains(rig.repository.path), "\(status.why)")
                #expect(await rig.service.repositories().first?.failingSince != nil)
                #expect(await rig.target.deletions.isEmpty)
            }
        }
    }

    @Test func `what was declared is known, and no orphan, where the repository cannot even be opened`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a")) { rig in
            try await rig.synced("a")
            var options = OperatorRig.Options()
            options.failedOpenings = .max
            try await rig.again(options) { rig in
                let status = try await rig.wait("a", "told") { $0.why.contains("There is no secret") }
                #expect(status.sync == .unknown && !status.isOrphan && status.target == "host", "\(status.value.json)")
                #expect(await rig.data("a") == "one")
            }
        }
    }

    @Test func `declared Applications that are all gone are a hold, until they are there again`() async throws {
        try await OperatorRig.with(OperatorRig.simple("a", "one", "  sync: {onRemoval: delete}")) { rig in
            try await rig.synced("a")
            let before = try await rig.repository.head()
            try await rig.repository.commit(["plumb/a.yaml": nil])
            let hold = try await rig.held("root", .target)
            #expect(hold.message.contains("declared Applications"), "\(hold)")
            #expect(try await !rig.service.application("root").why.contains("plumb approve"))
            // What was declared is looked after as before.
            await rig.target.change(.configMap("a")) { $0.value["data"] = ["a": "by hand"] }
            try await rig.has("a", "one")
            // Back at the very commit: nothing is new, and yet everything goes on.
            try await rig.repository.rewind(to: before)
            try await rig.synced("root", at: before)
            #expect(await rig.target.deletions.isEmpty)
            let next = try await rig.repository.commit(["a/map.yaml": OperatorRig.configMap("a", "two")])
            try await rig.has("a", "two")
            try await rig.synced("a", at: next)
        }
    }

    @Test func `one application that becomes several is a hold, and what it has stays`() async throws {
        let target = ScriptedTarget()
        var options = OperatorRig.Options()
        options.path = "deploy"
        options.targets = 1
        try await OperatorRig.with(["deploy/map.yaml": OperatorRig.configMap("a", "one")], options, target: target) { rig in
            try await rig.synced("deploy")
            let before = await rig.target.writes
            try await rig.repository.commit([
                "deploy/map.yaml": nil, "deploy/b.yaml": OperatorRig.application("b"),
                "b/map.yaml": OperatorRig.configMap("b", "two"),
            ])
            let hold = try await rig.held("deploy", .target)
            #expect(hold.message.contains("was one application"), "\(hold)")
            #expect(await rig.target.writes == before)
            #expect(await rig.service.applications().count == 1)
            let back = try await rig.repository.commit([
                "deploy/b.yaml": nil, "deploy/map.yaml": OperatorRig.configMap("a", "three"),
            ])
            try await rig.synced("deploy", at: back)
            try await rig.has("a", "three")
        }
    }
}
