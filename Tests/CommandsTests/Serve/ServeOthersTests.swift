import Manifests
import TestSupport
import Testing

/// Everybody else who writes the same objects: controllers, autoscalers, people with kubectl.
@Suite struct ServeOthersTests {
    @Test func `a manager that sets a field again and again is named, and not raced`() async throws {
        try await ServedCluster.with([Samples.configMap("settings"), Samples.configMap("calm")]) { served in
            let app = served.app
            try await served.synced()
            let settings = app.path("configmaps", "settings")
            let start = try await app.mark()
            // Whenever the declared value is back, the other one sets its own; until it stays.
            let contested = try await eventually("it is contested", within: .seconds(60)) { () -> Value? in
                if try await app.get(settings).at("data", "color")?.string == "red" {
                    try await app.patch(settings, #"{"data":{"color":"green"}}"#, manager: "other-controller")
                }
                return try await served.events().first { $0["type"]?.string == "Contested" }
            }
            #expect(contested["manager"]?.string == "other-controller", "\(contested.json)")
            try await app.patch(settings, #"{"data":{"color":"green"}}"#, manager: "other-controller")
            let status = try await served.wait("contested") { status in
                status["drift"]?.array?.contains { $0["contested"]?.bool == true } ?? false
            }
            #expect(status["why"]?.string?.contains("other-controller") ?? false, "\(status.json)")
            #expect(status.at("sync", "status")?.string == "OutOfSync")
            // Everything else of it goes on.
            let commit = try await served.commit(
                [Samples.configMap("settings"), Samples.configMap("calm", "color: blue")], "Something else")
            _ = try await eventually("the other one is blue", within: .seconds(60)) {
                try await app.get(app.path("configmaps", "calm")).at("data", "color")?.string == "blue" ? true : nil
            }
            try await served.wait("at the commit") { $0["revisions"]?.array?.first?.string?.hasSuffix(commit) ?? false }
            #expect(try await app.get(settings).at("data", "color")?.string == "green")
            let reverts = try await app.requests(since: start).words.filter { $0 == "patch configmaps/settings" }
            #expect(reverts.count == 3, "\(reverts)")
        }
    }

    @Test func `kubectl scale, edit, set and delete go back`() async throws {
        try await ServedCluster.with([Samples.configMap("settings"), Samples.deployment(), Samples.service()]) { served in
            let app = served.app
            try await served.synced()
            let web = app.path("deployments", "web", group: "apps/v1")
            func back(_ what: String, _ condition: (Value) -> Bool) async throws {
                _ = try await eventually("\(what) is back", within: .seconds(60)) { condition(try await app.get(web)) ? true : nil }
            }
            try await app.kubectl("scale", "deployment", "web", "--replicas", "7")
            try await back("the scale") { $0.at("spec", "replicas")?.integer == 2 }
            try await app.kubectl("set", "image", "deployment/web", "app=nginx:evil")
            try await back("the image") { $0.at("spec", "template", "spec", "containers")?[0]?["image"]?.string == "nginx:1" }
            try await ProcessRunner.check(
                "kubectl", ["--kubeconfig", app.kubeconfig, "--namespace", app.namespace, "edit", "configmap", "settings"],
                environment: ["KUBE_EDITOR": "sed -i s/red/edited/"])
            _ = try await eventually("the edit is back", within: .seconds(60)) {
                try await app.get(app.path("configmaps", "settings")).at("data", "color")?.string == "red" ? true : nil
            }
            let uid = try await app.uid(app.path("services", "web"))
            try await app.kubectl("delete", "service", "web")
            _ = try await eventually("the Service is back", within: .seconds(60)) {
                try await app.uid(app.path("services", "web")) != uid ? true : nil
            }
            try await served.synced()
        }
    }

    @Test func `what nobody declared and changes behaviour is shown, and left`() async throws {
        try await ServedCluster.with([Samples.deployment(), Samples.service()]) { served in
            let app = served.app
            try await served.synced()
            let start = try await app.mark()
            try await app.kubectl(
                "patch", "deployment", "web", "--patch",
                #"{"spec":{"template":{"spec":{"containers":[{"name":"sidecar","image":"busybox"}]}}}}"#)
            try await app.kubectl(
                "patch", "service", "web", "--patch",
                #"{"spec":{"selector":{"tier":"x"},"ports":[{"name":"a","port":80},{"name":"b","port":81}]}}"#,
                "--type", "strategic")
            try await app.kubectl("annotate", "service", "web", "team=blue")
            let status = try await served.wait("with unmanaged entries") { $0.at("sync", "unmanaged")?.integer ?? 0 >= 3 }
            let shown = try await served.plumb("get", "unmanaged", app.name).stdout
            for path in ["containers", "selector", "ports"] { #expect(shown.contains(path), "\(shown)\n\(status.json)") }
            #expect(try await served.plumb("get", "applications").stdout.contains("unmanaged"))
            #expect(try await app.requests(since: start).objects.isEmpty)
            #expect(
                try await app.get(app.path("services", "web")).at("metadata", "annotations", "team")?.string == "blue")
        }
    }

    @Test func `a field of another manager beside the declared ones stays through commits`() async throws {
        try await ServedCluster.with([Samples.configMap("settings")]) { served in
            let app = served.app
            try await served.synced()
            let settings = app.path("configmaps", "settings")
            try await app.server.apply(
                #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"extra":"1"}}"#, at: settings)
            let commit = try await served.commit([Samples.configMap("settings", "color: blue")], "Blue")
            try await served.synced(at: commit)
            #expect(try await app.get(settings)["data"] == ["color": "blue", "extra": "1"])
        }
    }

    @Test func `thirty applications of a namespace are watched, taken over, and left as they were`() async throws {
        let count = 30
        try await ServedCluster.with(
            files: { app in
                var files: [String: String] = [:]
                for number in 0..<count {
                    files["plumb/\(number).yaml"] = ServedHost.application(
                        "\(app.name)-\(number)", path: "apps/\(number)", settings: "  target: {namespace: \(app.namespace)}")
                    files["apps/\(number)/objects.yaml"] = [Samples.configMap("c\(number)"), Samples.service("s\(number)")].joined(
                        separator: "\n---\n")
                }
                return files
            }, flags: ["--observe"]
        ) { served in
            let app = served.app
            func list(_ condition: (Value) -> Bool) async throws -> Int {
                let output = try await served.plumb("get", "applications", "-o", "json")
                return try JSON.parse(Array(output.stdout.utf8), file: "list")["items"]?.array?
                    .filter { $0["name"]?.string?.hasPrefix(app.name) ?? false && condition($0) }.count ?? 0
            }
            func uids() async throws -> [String] {
                try await (0..<count).asyncMap { number in
                    try await [app.path("configmaps", "c\(number)"), app.path("services", "s\(number)")].asyncMap {
                        try await app.uid($0)
                    }
                    .joined()
                }
            }
            for number in 0..<count { try await app.kubectl("apply", "-f", "\(served.repository)/apps/\(number)/objects.yaml") }
            let (before, start) = (try await uids(), try await app.mark())
            _ = try await eventually("all are seen", within: .seconds(120), every: .milliseconds(200)) {
                try await list {
                    $0["resources"]?.array?.count == 2 && $0.at("hold", "message")?.string?.contains("--observe") ?? false
                } == count
                    ? true : nil
            }
            #expect(try await app.requests(since: start).writes.isEmpty)
            await served.process.kill()

            let writing = try await served.again()
            _ = try await eventually("all are held", within: .seconds(120), every: .milliseconds(200)) {
                try await list { $0.at("hold", "reason")?.string == "approval" } == count ? true : nil
            }
            #expect(try await app.requests(since: start).objects.isEmpty)
            for number in 0..<count {
                let name = "\(app.name)-\(number)"
                let status = try await writing.wait("held", name: name) { $0.at("hold", "plan") != nil }
                let digest = try #require(status.at("hold", "plan")?.string)
                #expect(try await writing.plumb("approve", name, "--plan", digest).status == 0)
            }
            _ = try await eventually("all are Synced", within: .seconds(120), every: .milliseconds(200)) {
                try await list { $0.at("sync", "status")?.string == "Synced" } == count ? true : nil
            }
            await writing.process.kill()
            for number in 0..<count {
                let release = try await app.run(["release", "\(app.name)-\(number)"] + app.destination)
                #expect(release.status == 0, "\(release)")
            }
            #expect(try await uids() == before)
            #expect(try await app.requests(since: start).deletions.isEmpty)
            let live = try await app.get(app.path("configmaps", "c7"))
            #expect(!live.json.contains("plumb.dev"), "\(live.json)")
        }
    }
}
