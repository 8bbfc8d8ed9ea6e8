import Manifests
import TestSupport
import Testing

/// SIGTERM at any stage of an apply ends it in order: nobody finds its lease, and the next one goes on.
@Suite struct StopTests {
    enum Stage: String, CaseIterable {
        case planning, rehearsal, firstSave, write, lastSave
    }

    /// Stops the request of each stage, and lets it pass when the process has been told to end.
    @Test(arguments: Stage.allCases)
    func `told to end while it waits for an answer, it leaves no lease`(stage: Stage) async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"), Samples.configMap("c"))
            try await app.apply()
            // An update, a creation and a deletion.
            try app.source(Samples.configMap("a", "color: blue"), Samples.configMap("b"), Samples.configMap("d"))
            let checkpoint = Checkpoint()
            let saves = Counter()
            try await KubeProxy.with(before: app.server) { request in
                if request.method == "PUT" { saves.increase() }
                if stage.matches(request, saves: saves.value) { try await checkpoint.stop() }
                return .pass
            } _: { proxy in
                let stopped = try app.through(proxy)
                let process = try await PlumbBinary.start(stopped.arguments("apply", []), directory: app.directory)
                try await checkpoint.reached()
                async let ended = process.terminate(within: .seconds(60))
                // A save is waited for, so the answer has to come; nothing else needs it.
                checkpoint.open()
                let code = try await ended
                #expect([0, 1, 130].contains(code), "\(stage): \(code) \(Files.tail(process.logFile))")
            }
            let head = try await app.get(try await app.inventoryPath()).at("data", "inventory")?.string ?? ""
            #expect(!head.contains("lease"), "\(stage): \(head)")
            try await app.apply()
            #expect(try await app.get(app.path("configmaps", "a")).at("data", "color")?.string == "blue")
            #expect(try await app.inventory() == ["a": "applied", "b": "applied", "d": "applied"], "\(stage)")
        }
    }

    @Test func `told to end while it waits for another writer, it ends at once`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"))
            let checkpoint = Checkpoint()
            try await KubeProxy.with(before: app.server) { request in
                if request.method == "PATCH" { try await checkpoint.stop() }
                return .pass
            } _: { proxy in
                let holding = try app.through(proxy)
                async let first = holding.run(holding.arguments("apply", []))
                try await checkpoint.reached()
                let waiting = try await PlumbBinary.start(app.arguments("apply", []), directory: app.directory)
                try await eventually("it waits") { try Files.read(waiting.logFile).contains("Waiting for another") ? () : nil }
                #expect(try await waiting.terminate() == 130)
                checkpoint.open()
                let ended = try await first
                #expect(ended.status == 0, "\(ended)")
            }
        }
    }

    @Test(arguments: [["delete"], ["release"]])
    func `a deletion or release that is told to end leaves no lease`(verb: [String]) async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"))
            try await app.apply()
            // Its finalizer keeps it: the deletion waits.
            try await app.patch(app.path("configmaps", "a"), #"{"metadata":{"finalizers":["example.com/keep"]}}"#)
            let checkpoint = Checkpoint()
            try await KubeProxy.with(before: app.server) { request in
                if request.method == "DELETE" || (request.method == "PATCH" && !request.isDryRun) { try await checkpoint.stop() }
                return .pass
            } _: { proxy in
                let leaving = try app.through(proxy)
                let more = verb == ["delete"] ? ["--yes"] : []
                let process = try await PlumbBinary.start(
                    verb + [app.name] + leaving.destination + more, directory: app.directory)
                try await checkpoint.reached()
                async let ended = process.terminate(within: .seconds(60))
                checkpoint.open()
                let code = try await ended
                #expect([1, 130].contains(code), "\(verb): \(code)")
            }
            let head = try await app.get(try await app.inventoryPath()).at("data", "inventory")?.string ?? ""
            #expect(!head.contains("lease"), "\(verb): \(head)")
            try await app.patch(app.path("configmaps", "a"), #"{"metadata":{"finalizers":null}}"#)
        }
    }
}

extension StopTests.Stage {
    func matches(_ request: KubeProxy.Passing, saves: Int) -> Bool {
        switch self {
        case .planning: request.method == "GET" && request.path.hasSuffix("/configmaps") && !request.path.contains("plumb-system")
        case .rehearsal: request.isDryRun
        case .firstSave: request.method == "PUT" && saves == 1
        case .write: request.method == "PATCH" && !request.isDryRun
        case .lastSave: request.method == "PUT" && saves == 2
        }
    }
}
