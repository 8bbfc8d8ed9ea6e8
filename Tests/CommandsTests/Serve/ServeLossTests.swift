import Manifests
import Model
import TestSupport
import Testing

/// What is lost, restarted, or somebody else's: the operator deletes nothing that it was not told to delete.
@Suite struct ServeLossTests {
    static let objects = [Samples.configMap("settings"), Samples.service()]

    @Test func `an operator that lost its store finds everything, and writes no object`() async throws {
        try await ServedCluster.with(Self.objects) { served in
            let app = served.app
            try await served.synced()
            await served.process.kill()
            try await ProcessRunner.check("rm", ["-rf", served.data])
            let start = try await app.mark()
            let again = try await served.again()
            try await again.synced()
            let commit = try await again.commit(Self.objects + [Samples.configMap("more")], "More")
            try await again.synced(at: commit)
            await again.process.kill()
            #expect(try await app.requests(since: start).words == ["patch configmaps/more"])
        }
    }

    @Test func `an operator that lost its store and its application deletes nothing`() async throws {
        try await ServedCluster.with(Self.objects, settings: "  sync: {onRemoval: delete}") { served in
            let app = served.app
            try await served.synced()
            await served.process.kill()
            try await ProcessRunner.check("rm", ["-rf", served.data])
            let start = try await app.mark()
            try await ServedHost.commit(
                ["plumb/app.yaml": nil, "plumb/other.yaml": ServedHost.application("other", path: "nowhere")], "It leaves",
                in: served.repository)
            let again = try await served.again()
            let orphan = try await again.wait("an orphan") { $0["orphan"]?.bool == true }
            #expect(orphan["why"]?.string?.contains("--kubeconfig \(app.kubeconfig)") ?? false, "\(orphan.json)")
            await again.process.kill()
            #expect(try await app.requests(since: start).writes.isEmpty)
        }
    }

    @Test func `another installation's objects are held, named, and not touched`() async throws {
        try await KubeServer.with { server in
            try await ServedCluster.with(Self.objects, on: server) { served in
                let app = served.app
                try await served.synced()
                await served.process.kill()
                let (name, inventory) = (try await app.identity().fullName, try await app.inventoryPath())
                let before = try await app.get(inventory)
                // As somebody who sets Plumb up in a cluster that another one's objects were restored to.
                try await server.check("DELETE", "/api/v1/namespaces/plumb-system/configmaps/plumb-installation")
                try await ProcessRunner.check("rm", ["-rf", served.data])
                let start = try await app.mark()
                let again = try await served.again()
                let held = try await again.wait("held") { $0.at("hold", "reason")?.string == "approval" }
                #expect(held["resources"]?.array?.allSatisfy { $0["message"]?.string?.contains(name) ?? false } ?? false, "\(held)")
                try await ServedHost.commit(["plumb/app.yaml": nil, "README": ""], "It leaves", in: served.repository)
                _ = try await eventually("root is told") {
                    try await again.plumb("why", "root").stdout.contains("declared Applications") ? true : nil
                }
                await again.process.kill()
                #expect(try await app.requests(since: start).objects.isEmpty)
                #expect(try await app.get(inventory) == before)
            }
        }
    }

    @Test func `an API server that is restarted is followed again, and what changed meanwhile goes back`() async throws {
        try await KubeServer.with { server in
            try await ServedCluster.with(Self.objects, on: server) { served in
                let app = served.app
                try await served.synced()
                let start = try await app.mark()
                await server.interrupt()
                let settings = app.path("configmaps", "settings")
                let commit = try await served.commit([Samples.configMap("settings", "color: blue"), Samples.service()], "Blue")
                let away = try await served.wait("told", within: .seconds(120)) { $0.at("sync", "status")?.string != "Synced" }
                #expect(away.at("sync", "status")?.string == "Unknown", "\(away.json)")
                try await server.resume()
                try await app.patch(settings, #"{"data":{"color":"green"}}"#)
                try await app.kubectl("delete", "service", "web")
                try await served.wait("Synced", within: .seconds(180)) { status in
                    status.at("sync", "status")?.string == "Synced"
                        && status["revisions"]?.array?.first?.string?.hasSuffix(commit) ?? false
                }
                _ = try await eventually("what was declared meanwhile is there", within: .seconds(60)) {
                    try await app.get(settings).at("data", "color")?.string == "blue" ? true : nil
                }
                try await app.appears(app.path("services", "web"))
                // And the watch is one again.
                try await app.patch(settings, #"{"data":{"color":"green"}}"#)
                _ = try await eventually("the colour is back") {
                    try await app.get(settings).at("data", "color")?.string == "blue" ? true : nil
                }
                #expect(try await app.requests(since: start).deletions.isEmpty)
            }
        }
    }
}
