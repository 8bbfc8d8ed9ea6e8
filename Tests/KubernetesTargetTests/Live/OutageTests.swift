import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

/// API servers that go away and come back while they are watched.
@Suite struct OutageTests {
    private static let count = 300

    private static func object(_ index: Int) -> String {
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: m-\(index)}, data: {a: x}}"
    }

    @Test func aRestartIsToldAndAfterItOnlyWhatChanged() async throws {
        try await KubeServer.with { server in
            try await Cluster.with(on: server) { cluster in
                try await cluster.watched { told in
                    let desired = try await cluster.prepare((0..<Self.count).map(Self.object).joined(separator: "\n---\n"))
                    var app = Syncing(cluster, installation: try await cluster.target.installation())
                    for object in desired { try await app.write(object, .create) }
                    app.inventory = try await app.target.save(app.inventory)
                    #expect(try await app.target.observe(desired, app.context).count == Self.count)
                    told.forget()
                    await server.interrupt()
                    try await told.wait(for: "an interruption") { $0.interrupted == 1 }
                    await #expect(throws: PlumbError.self, "what cannot be read is not answered from memory") {
                        try await app.target.observe(desired, app.context)
                    }
                    try await server.resume()
                    try await cluster.patch(cluster.path("configmaps", "m-7"), #"{"data":{"a":"y"}}"#)
                    try await cluster.server.check("DELETE", cluster.path("configmaps", "m-8"))
                    let expected: Set = [cluster.key("ConfigMap", "m-7"), cluster.key("ConfigMap", "m-8")]
                    try await told.wait(for: "what changed", within: .seconds(90)) {
                        $0.resumed == 1 && expected.isSubset(of: $0.keys)
                    }
                    #expect(Set(told.now.keys.filter { $0.namespace == cluster.namespace }) == expected)
                    #expect(told.now.everything == 0 && told.now.interrupted == 1)
                    let observed = try await eventually("the view is in sync again", within: .seconds(60)) {
                        try await app.target.observe(desired, app.context)
                    }
                    #expect(observed.count == Self.count - 1)
                    #expect(observed.values.filter { $0.difference != .same }.map(\.key.name) == ["m-7"])
                }
            }
        }
    }

    @Test func afterTheWatchEndsEverythingIsAskedAgain() async throws {
        try await Cluster.with { cluster in
            var app = Syncing(cluster)
            try await cluster.watched { _ in _ = try await app.sync(Samples.configMap) }
            try await cluster.patch(cluster.path("configmaps", "settings"), #"{"data":{"color":"green"}}"#)
            guard case .drift(let fields) = try await app.difference(Samples.configMap) else {
                Issue.record("no drift")
                return
            }
            #expect(fields.map(\.path) == ["/data/color"])
            let again = try await cluster.watched { _ in try await app.observe(Samples.configMap) }
            #expect(again.count == 1)
        }
    }
}
