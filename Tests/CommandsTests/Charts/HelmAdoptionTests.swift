import Manifests
import Synchronization
import TestSupport
import Testing

/// Taking over what Helm has installed.
@Suite struct HelmAdoptionTests {
    private static let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
    private static let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: old}"
    private static func deployment(_ env: String = "{name: MODE, value: production}, {name: LEVEL, value: info}") -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: app
                image: nginx:1
                env: [\(env)]
                ports: [{containerPort: 80}]
        """
    }
    private static let service =
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, protocol: TCP}]}"
    private static let set = deployment().replacing("kind: Deployment", with: "kind: StatefulSet").replacing("web", with: "db")
        .replacing("replicas: 2", with: "serviceName: web\n  replicas: 2")
    private static let settings = Samples.configMap("settings", "color: red, size: \"1\"", annotations: "note: a, other: b")
    private static func hook(_ name: String, _ event: String, _ command: String = "migrate") -> String {
        Samples.job(name, hook: "x", command: command).replacing(
            "plumb.dev/hook: x, plumb.dev/hook-delete-policy: BeforeHookCreation", with: "helm.sh/hook: '\(event)'")
    }

    private static func write(_ app: ClusterApp, _ objects: [String], values: String = "") throws {
        try Files.write(
            ["Chart.yaml": chart, "values.yaml": values, "templates/all.yaml": objects.joined(separator: "\n---\n") + "\n"],
            to: app.source)
    }

    private static func with(
        _ version: HelmRelease.Version = .three, _ body: (ClusterApp, HelmRelease) async throws -> Void
    ) async throws {
        try await ClusterApp.with { app in
            try Files.write("", to: app.source + "/objects.yaml")
            let release = HelmRelease(app: app, name: app.name, version: version, objects: [settings, service, deployment()])
            try await body(app, release)
        }
    }

    private static func path(_ app: ClusterApp) -> String { app.path("deployments", "web", group: "apps/v1") }

    @Test(arguments: HelmRelease.Version.allCases)
    func `an unchanged chart is taken over with nothing but metadata written`(version: HelmRelease.Version) async throws {
        try await Self.with(version) { app, release in
            var release = release
            release.objects.append(Self.set)
            try await release.install(revision: 3)
            try Self.write(app, release.objects)
            let before = try await app.get(Self.path(app))
            let set0 = try await app.get(app.path("statefulsets", "db", group: "apps/v1"))

            let plan = try await app.plan(exits: 3)
            #expect(plan.changes("adopt") == ["ConfigMap settings", "Service web", "apps/Deployment web", "apps/StatefulSet db"])
            #expect(plan.reason("apps/Deployment web") == "it is in Helm's release \(app.name), revision 3")
            #expect(plan.operations.allSatisfy { $0["cause"]?.string == "release" }, "\(plan)")
            #expect(plan.fields.allSatisfy { $0.hasPrefix("/metadata/") }, "\(plan.fields)")
            let notes = plan.value["notes"]?.array?.compactMap(\.string).joined(separator: "\n") ?? ""
            #expect(notes.contains("kubectl delete secret -n \(app.namespace) -l owner=helm,name=\(app.name)"), "\(notes)")
            let held = try await app.writes { try await app.apply(exits: 3) }
            #expect(held.writes.isEmpty)

            let adopted = try await app.writes { try await app.apply("--approve", plan.digest) }
            #expect(
                Set(adopted.words) == [
                    "patch configmaps/settings", "patch deployments/web", "patch services/web", "patch statefulsets/db",
                ])
            let after = try await app.get(Self.path(app))
            #expect(after.at("metadata", "uid") == before.at("metadata", "uid"))
            #expect(after["spec"] == before["spec"])
            // The server counts a change of a Deployment's annotations as well, Plumb's mark among them; of others it does not.
            #expect(before.at("metadata", "generation") == 1 && after.at("metadata", "generation") == 2)
            let set = try await app.get(app.path("statefulsets", "db", group: "apps/v1"))
            #expect(set.at("metadata", "generation") == 1 && set["spec"] == set0["spec"])
            #expect(set.at("metadata", "uid") == set0.at("metadata", "uid"))
            let managers = after.at("metadata", "managedFields")?.array?.compactMap { $0["manager"]?.string } ?? []
            #expect(managers.count == 1 && managers[0].hasPrefix("plumb-"), "\(managers)")
            // What Helm remembers is not ours to delete.
            #expect(try await app.isThere(app.path("secrets", "sh.helm.release.v1.\(app.name).v3")))
            let steady = try await app.writes {
                let again = try await app.plan(exits: 0)
                #expect("\(again)".contains("Helm still has the release"), "\(again)")
                try await app.apply()
            }
            #expect(steady.writes.isEmpty)
        }
    }

    @Test(arguments: HelmRelease.Version.allCases)
    func `what leaves the chart afterwards leaves the objects`(version: HelmRelease.Version) async throws {
        try await Self.with(version) { app, release in
            try await release.install()
            try Self.write(app, release.objects)
            try await app.apply("--adopt")
            let smaller = Samples.configMap("settings", "color: red", annotations: "note: a")
            try Self.write(app, [smaller, Self.service, Self.deployment("{name: MODE, value: production}")])
            try await app.apply()
            let settings = try await app.get(app.path("configmaps", "settings"))
            #expect(settings["data"] == ["color": "red"])
            #expect(settings.at("metadata", "annotations")?["other"] == nil)
            let containers = try await app.get(Self.path(app)).at("spec", "template", "spec", "containers")?.array
            #expect(containers?.first?["env"]?.array?.compactMap { $0["name"]?.string } == ["MODE"])
        }
    }

    @Test(arguments: HelmRelease.Version.allCases)
    func `a plan tells every field that taking over changes or removes`(version: HelmRelease.Version) async throws {
        try await Self.with(version) { app, release in
            try await release.install()
            try Self.write(
                app,
                [
                    Samples.configMap("settings", "color: blue", annotations: "note: a"), Self.service,
                    Self.deployment("{name: MODE, value: production}"),
                ])
            let plan = try await app.plan(exits: 3)
            let shown = Set(plan.fields.filter { !$0.hasPrefix("/metadata/") }.map { $0.split(separator: ":")[0] })
            #expect(
                shown == ["/data/color", "/data/size", "/spec/template/spec/containers/[name=app]/env/[name=LEVEL]"],
                "\(plan.fields)")
            #expect(plan.fields.contains { $0.hasPrefix("/metadata/annotations/other: b → -") }, "\(plan.fields)")
            try await app.apply("--approve", plan.digest)
            #expect(try await app.get(app.path("configmaps", "settings"))["data"] == ["color": "blue"])
        }
    }

    @Test func `what the source does not have goes under the rules of pruning`() async throws {
        try await Self.with { app, release in
            var release = release
            let kept = Samples.configMap("kept", annotations: "helm.sh/resource-policy: keep")
            release.objects += [Self.account, kept]
            try await release.install(revision: 2)
            try Self.write(app, Array(release.objects.prefix(3)))
            let plan = try await app.plan(exits: 3)
            #expect(plan.changes("delete") == ["ConfigMap kept", "ServiceAccount old"])
            #expect(plan.reason("ConfigMap kept") == "helm.sh/resource-policy: keep")
            #expect(plan.reason("ServiceAccount old") == "it is in Helm's release \(app.name), revision 2")
            // Nothing of it is remembered before somebody agrees.
            try await app.apply(exits: 3)
            #expect(try await !app.isThere(try await app.inventoryPath()))

            try await app.apply("--no-prune", "--adopt")
            #expect(try await app.isThere(app.path("serviceaccounts", "old")))
            try await app.becomeHealthy("web")
            let later = try await app.writes { try await app.apply() }
            #expect(later.words == ["delete serviceaccounts/old"])
            #expect(try await app.isThere(app.path("configmaps", "kept")))
        }
    }

    @Test func `deletions of a release that is taken over keep to the budget`() async throws {
        try await Self.with { app, release in
            var release = release
            release.objects += (0..<5).map { Samples.configMap("old\($0)") }
            try await release.install()
            try Self.write(app, Array(release.objects.prefix(3)))
            let adopted = try await app.apply(exits: 3, "--adopt")
            #expect(adopted.results("adopted").count == 3 && adopted.results("held").count == 5, "\(adopted)")
            try await app.becomeHealthy("web")
            // Withheld is withheld, whoever asks next.
            let plan = try await app.plan(exits: 3)
            #expect(plan.changes("delete").count == 5)
            let requests = try await app.writes { try await app.apply("--approve", plan.digest) }
            #expect(requests.deletions.count == 5)
        }
    }

    @Test func `a hook that Helm has run does not run again, and runs with its next change in the place of Helm's`() async throws {
        try await Self.with { app, release in
            var release = release
            release.hooks = [Self.hook("migrate", "pre-install,pre-upgrade"), Self.hook("gone", "post-install")]
            try await release.install()
            let uid = try await app.uid(app.jobPath("migrate"))
            try Self.write(app, release.objects + [release.hooks[0]])
            let plan = try await app.plan(exits: 3)
            #expect(plan.reason("batch/Job migrate") == "Helm has run it for revision 1")
            let adopted = try await app.writes { try await app.apply("--adopt") }
            #expect(!adopted.objects.contains { $0.resource == "jobs" })
            #expect(try await app.uid(app.jobPath("migrate")) == uid)

            try Self.write(app, release.objects + [Self.hook("migrate", "pre-install,pre-upgrade", "migrate2")])
            let next = try await app.writes { _ = try await app.withJobController { try await app.apply("--timeout", "60s") } }
            #expect(next.words == ["create jobs/migrate", "delete jobs/migrate"])
            // What another hook of Helm's left behind is not touched.
            #expect(try await app.isThere(app.jobPath("gone")))
        }
    }

    @Test func `a hook that has changed waits with the release, and runs with its adoption`() async throws {
        try await Self.with { app, release in
            var release = release
            release.hooks = [Self.hook("migrate", "pre-upgrade")]
            try await release.install()
            try Self.write(app, release.objects + [Self.hook("migrate", "pre-upgrade", "migrate2")])
            let held = try await app.writes { try await app.apply(exits: 3) }
            #expect(held.writes.isEmpty)
            let plan = try await app.plan(exits: 3)
            #expect(plan.changes.contains("run batch/Job migrate: hook, held"), "\(plan.changes)")
            let requests = try await app.writes {
                _ = try await app.withJobController { try await app.apply("--timeout", "60s", "--approve", plan.digest) }
            }
            #expect(requests.words.contains("create jobs/migrate") && requests.words.contains("delete jobs/migrate"))
        }
    }

    @Test func `an object of another release is that release's, and neither adopted with this one nor deleted`() async throws {
        try await Self.with { app, release in
            let other = HelmRelease(app: app, name: "other", objects: [Self.service, Samples.configMap("theirs")])
            try await other.install()
            var release = release
            release.objects = [Self.settings]
            try await release.install()
            // It says of them that they were its own once.
            release.objects += [Self.service, Samples.configMap("theirs")]
            try await release.store(revision: 2, status: "deployed")
            try Self.write(app, [Self.settings, Self.service])
            let plan = try await app.plan(exits: 3)
            #expect(plan.reason("Service web") == "it exists already, managed by Helm's release other")
            #expect(plan.changes("delete") == [])
            #expect("\(plan)".contains("ConfigMap \(app.namespace)/theirs of its manifest"), "\(plan)")
            try await app.apply("--adopt")
            #expect(try await app.isThere(app.path("configmaps", "theirs")))
        }
    }

    @Test func `a release of the same name and another chart keeps what the source does not have`() async throws {
        try await Self.with { app, release in
            var release = release
            release.chart = "other"
            release.objects.append(Self.account)
            try await release.install()
            try Self.write(app, Array(release.objects.prefix(3)))
            let plan = try await app.plan(exits: 3)
            #expect(plan.reason("Service web") == "it exists already, managed by Helm's release \(app.name)")
            #expect(plan.changes("delete") == [] && "\(plan)".contains("is of another chart, other"), "\(plan)")
        }
    }

    @Test(arguments: ["failed", "pending-upgrade"])
    func `a newer revision that is not deployed is told`(status: String) async throws {
        try await Self.with { app, release in
            try await release.install(revision: 3)
            try await release.store(revision: 4, status: status)
            try Self.write(app, release.objects)
            let plan = try await app.plan(exits: 3)
            #expect("\(plan)".contains("Its newest revision, 4, is \(status)"), "\(plan)")
            #expect(plan.reason("Service web") == "it is in Helm's release \(app.name), revision 3")
        }
    }

    @Test func `values that differ are named`() async throws {
        try await Self.with { app, release in
            var release = release
            release.values = #"{"image":{"tag":"2"},"password":"hunter2","replicas":2,"same":1}"#
            release.chartValues = #"{"image":{"tag":"1"},"replicas":2}"#
            try await release.install()
            try Self.write(app, release.objects, values: "image: {tag: '1'}\nreplicas: 2\nsame: 1\n")
            let plan = try await app.plan(exits: 3)
            #expect("\(plan)".contains("do not have alike: image.tag, password. See"), "\(plan)")
            #expect(!"\(plan)".contains("hunter2"))
        }
    }

    @Test func `releases in ConfigMaps are found as well`() async throws {
        try await Self.with { app, release in
            var release = release
            release.storage = "configmaps"
            try await release.install()
            try Self.write(app, release.objects)
            let plan = try await app.plan(exits: 3)
            #expect(plan.reason("Service web") == "it is in Helm's release \(app.name), revision 1")
            #expect("\(plan)".contains("kubectl delete configmap -n"))
        }
    }

    @Test func `a record that cannot be read stops everything`() async throws {
        try await Self.with { app, release in
            var other = release
            other.objects = []
            try await other.store(revision: 1, status: "deployed", record: Base64.encode("no release"))
            try Self.write(app, release.objects)
            let requests = try await app.writes {
                let outcome = try await app.apply(exits: 1)
                #expect(outcome.errors.contains("the release \(app.name) in \(app.namespace), revision 1"), "\(outcome)")
            }
            #expect(requests.writes.isEmpty)
        }
    }

    @Test func `a controller that writes a status in the same moment does not make it fail`() async throws {
        try await Self.with { app, release in
            try await release.install()
            try Self.write(app, release.objects)
            let isDisturbed = Mutex(false)
            try await KubeProxy.with(before: app.server) { request in
                let isFirst =
                    request.write > 0 && request.path.hasSuffix("/deployments/web")
                    && isDisturbed.withLock { isDone in
                        defer { isDone = true }
                        return !isDone
                    }
                if isFirst { try await app.becomeHealthy("web") }
                return .pass
            } _: { proxy in
                try await app.through(proxy).apply("--adopt")
                #expect(proxy.writes.contains { $0.path.hasSuffix("/deployments/web") && $0.status >= 400 })
            }
            try await app.plan(exits: 0)
        }
    }

    @Test(arguments: 1...9) func `killed at any of its writes and run again, it is taken over all the same`(write: Int) async throws
    {
        try await Self.with { app, release in
            var release = release
            // Nothing that a controller would have to make healthy first.
            release.objects = [Self.settings, Self.service, Self.account]
            try await release.install()
            try Self.write(app, Array(release.objects.prefix(2)))
            let before = try await app.get(app.path("services", "web"))
            let digest = try await app.plan(exits: 3).digest
            _ = try await app.killed(before: write) {
                $0.arguments("apply", ["--approve", digest])
            } then: { disturbed in
                // Whoever was killed before anything was written down has nothing to go on with.
                let next = try await disturbed.run(disturbed.arguments("apply", ["--adopt"]))
                #expect(next.status == 0, "\(next)")
            }
            let after = try await app.get(app.path("services", "web"))
            #expect(after["spec"] == before["spec"] && after.at("metadata", "uid") == before.at("metadata", "uid"))
            let managers = after.at("metadata", "managedFields")?.array?.compactMap { $0["manager"]?.string } ?? []
            #expect(managers.count == 1 && managers[0].hasPrefix("plumb-"), "\(managers)")
            #expect(try await !app.isThere(app.path("serviceaccounts", "old")))
            try await app.plan(exits: 0)
        }
    }
}
