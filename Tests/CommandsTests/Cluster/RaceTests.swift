import Manifests
import TestSupport
import Testing

/// Two writers in the worst order: one stops at a certain request until the other has done all of its work.
@Suite struct RaceTests {
    /// What the slower writer of the first two on a cluster was about to ask.
    enum Place: String, CaseIterable, CustomTestStringConvertible {
        case lookingAtObjects, rehearsal, installation, inventory, key

        func matches(_ request: KubeProxy.Passing, _ app: ClusterApp) -> Bool {
            let store = "/api/v1/namespaces/plumb-system"
            return switch self {
            case .lookingAtObjects: request.method == "GET" && request.path.hasPrefix("/api/v1/namespaces/\(app.namespace)/")
            case .rehearsal: request.isDryRun
            // The first of the two that go to the store; the other is the inventory's head.
            case .installation: request.method == "POST" && request.path == "\(store)/configmaps"
            case .inventory: request.method == "POST" && request.path == "\(store)/configmaps"
            case .key: request.method == "POST" && request.path == "\(store)/secrets"
            }
        }

        var testDescription: String { rawValue }
    }

    /// On one server, one after the other: each forgets what the one before it has set up.
    @Test func `the first two writers of a cluster both end well, wherever one of them was when the other came`() async throws {
        try await KubeServer.with { server in
            for place in Place.allCases {
                try await ClusterApp.with(on: server) { app in
                    if place != .inventory { try await Self.forgetInstallation(server) }
                    try await Self.race(app, at: place)
                }
            }
        }
    }

    private static func race(_ app: ClusterApp, at place: Place) async throws {
        var app = app
        if place == .rehearsal { app = try app.with(settings: "  sync: {preflight: always}") }
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}"
        try app.source(Samples.configMap("a"), Samples.configMap("b"), secret)
        let checkpoint = Checkpoint()
        let racing = app
        try await KubeProxy.with(before: app.server) { request in
            if place.matches(request, racing) { try await checkpoint.stop() }
            return .pass
        } _: { proxy in
            let slow = try racing.through(proxy)
            async let second = slow.run(slow.arguments("apply", []))
            try await checkpoint.reached()
            let first = try await racing.run(racing.arguments("apply", []))
            checkpoint.open()
            let output = try await second
            #expect(first.status == 0, "\(place): \(first)")
            #expect(output.status == 0, "\(place): \(output)")
        }
        #expect(try await app.inventory() == ["a": "applied", "b": "applied", "login": "applied"], "\(place)")
        try await app.plan(exits: 0)
    }

    /// As before the first writer, but for the namespace, which nothing deletes here.
    private static func forgetInstallation(_ server: KubeServer) async throws {
        for path in ["configmaps/plumb-installation", "secrets/plumb-key"] {
            let response = try await server.request("DELETE", "/api/v1/namespaces/plumb-system/\(path)")
            guard response.succeeded || response.status == 404 else { throw TestSupportError("\(path): \(response.status)") }
        }
    }

    @Test func `two applications that need the same new namespace at the same moment both get it`() async throws {
        try await ClusterApp.with { app in
            var one = app
            one.namespace = app.namespace + "-shared"
            var two = try one.sibling()
            two.namespace = one.namespace
            try one.source(Samples.configMap("one"))
            try two.source(Samples.configMap("two"))
            let (first, slow) = (one, two)
            let checkpoint = Checkpoint()
            try await KubeProxy.with(before: app.server) { request in
                if request.method != "GET", request.path.hasPrefix("/api/v1/namespaces"), !request.path.contains("/plumb-system/"),
                    !request.path.contains("configmaps")
                {
                    try await checkpoint.stop()
                }
                return .pass
            } _: { proxy in
                let slow = try slow.through(proxy)
                async let output = slow.run(slow.arguments("apply", []))
                try await checkpoint.reached()
                try await first.apply()
                checkpoint.open()
                let ended = try await output
                #expect(ended.status == 0, "\(ended)")
            }
            #expect(try await one.isThere(one.path("configmaps", "one")))
            #expect(try await one.isThere(one.path("configmaps", "two")))
            try await first.plan(exits: 0)
        }
    }

    @Test func `what another writer deletes during the rehearsal is planned anew, not an error`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"), Samples.configMap("b"), Samples.configMap("c"))
            try await app.apply()
            let checkpoint = Checkpoint()
            try await KubeProxy.with(before: app.server) { request in
                if request.isDryRun, request.path.hasSuffix("/configmaps/b") { try await checkpoint.stop() }
                return .pass
            } _: { proxy in
                let slow = try app.through(proxy)
                try app.source(Samples.configMap("a"), Samples.configMap("b", "color: blue"), Samples.configMap("c"))
                async let second = slow.run(slow.arguments("apply", []))
                try await checkpoint.reached()
                try app.source(Samples.configMap("a"), Samples.configMap("c"))
                try await app.apply()
                checkpoint.open()
                let ended = try await second
                #expect(ended.status == 0, "\(ended)")
            }
            #expect(try await app.get(app.path("configmaps", "b")).at("data", "color")?.string == "blue")
            #expect(try await app.inventory().keys.sorted() == ["a", "b", "c"])
        }
    }

    @Test func `a deletion that an apply overtakes looks again, and both end well`() async throws {
        try await ClusterApp.with { app in
            try app.source(Samples.configMap("a"))
            try await app.apply()
            let checkpoint = Checkpoint()
            try await KubeProxy.with(before: app.server) { request in
                if request.method == "PUT" { try await checkpoint.stop() }
                return .pass
            } _: { proxy in
                let slow = try app.through(proxy)
                async let deletion = slow.run(["delete", slow.name, "--yes"] + slow.destination)
                try await checkpoint.reached()
                try app.source(Samples.configMap("a"), Samples.configMap("b"))
                try await app.apply()
                checkpoint.open()
                let ended = try await deletion
                #expect(ended.status == 0, "\(ended)")
            }
            for name in ["a", "b"] { #expect(try await !app.isThere(app.path("configmaps", name)), "\(name)") }
        }
    }
}
