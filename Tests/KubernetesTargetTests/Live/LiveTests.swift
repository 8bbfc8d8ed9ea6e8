import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

/// A watched cluster: what is asked of the server, and what is told.
@Suite struct LiveTests {
    static let application = [Samples.configMap, Samples.deployment(), Samples.service, Samples.secret].joined(separator: "\n---\n")

    private static func reads(_ cluster: Cluster, since mark: AuditLog.Mark) async throws -> [AuditEntry] {
        try await cluster.requests(since: mark).filter { $0.verb != "watch" }
    }

    /// Everything that a reconcile asks.
    private static func look(_ app: Syncing, _ text: String) async throws -> [ResourceKey: ObservedResource] {
        let desired = try await app.cluster.prepare(text, createNamespace: true)
        #expect(try await app.target.inventory(of: app.identity)?.entries.count == desired.count)
        let observed = try await app.target.observe(desired, app.context)
        _ = try await app.target.health(of: Set(desired.map(\.key)))
        return observed
    }

    private static func watchedApplication(
        _ cluster: Cluster, _ text: String, name: String = "app"
    ) async throws -> Syncing {
        var app = Syncing(cluster, name: name, installation: try await cluster.target.installation())
        if let stored = try await app.target.inventory(of: app.identity) { app.inventory = stored }
        try await app.sync(text)
        app.inventory = try await app.target.save(app.inventory)
        return app
    }

    @Test func aSteadyStateAsksNothing() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { _ in
                let app = try await Self.watchedApplication(cluster, Self.application)
                _ = try await Self.look(app, Self.application)
                let mark = try await cluster.server.auditLog.mark()
                for _ in 1...50 {
                    let observed = try await Self.look(app, Self.application)
                    #expect(observed.count == 4 && observed.values.allSatisfy { $0.difference == .same })
                }
                #expect(try await Self.reads(cluster, since: mark).map(\.description) == [])
            }
        }
    }

    @Test func aFirstSyncAsksOnlyForWhatItWrites() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { _ in
                // The first application has its kinds followed.
                _ = try await Self.look(try await Self.watchedApplication(cluster, Self.application), Self.application)
                let mark = try await cluster.server.auditLog.mark()
                let second = Self.application.replacing("name: settings", with: "name: s2")
                    .replacing("name: web}", with: "name: web2}").replacing("name: login", with: "name: l2")
                var app = Syncing(cluster, name: "second", installation: try await cluster.target.installation())
                #expect(try await app.target.inventory(of: app.identity) == nil)
                let desired = try await cluster.prepare(second, createNamespace: true)
                #expect(try await app.target.observe(desired, app.context).isEmpty)
                for object in desired { app.inventory.entries[object.key] = Inventory.Entry(state: .intended) }
                app.inventory = try await app.target.save(app.inventory)
                for object in desired { try await app.write(object, .create) }
                app.inventory = try await app.target.save(app.inventory)
                let requests = try await Self.reads(cluster, since: mark)
                #expect(requests.map(\.verb) == ["create", "patch", "patch", "patch", "patch", "update"], "\(requests)")
            }
        }
    }

    @Test func whatWasWrittenIsSeenAtOnce() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { _ in
                var app = try await Self.watchedApplication(cluster, Samples.configMap)
                let key = cluster.key("ConfigMap", "settings")
                for round in 1...20 {
                    let text = Samples.configMap.replacing("red", with: "c\(round)")
                    let desired = try #require(try await cluster.prepare(text).first)
                    try await app.write(desired, .update, uid: app.inventory.entries[key]?.uid)
                    #expect(try await app.target.observe([desired], app.context)[key]?.difference == .same)
                }
                let uid = try #require(app.inventory.entries[key]?.uid)
                #expect(try await app.target.delete(key, uid: uid, app.context) == .gone)
                #expect(try await app.observe(Samples.configMap).isEmpty)
                #expect(try await app.target.health(of: [key])[key]?.status == .missing)
            }
        }
    }

    @Test func driftIsToldWithBothValuesAndWhoDidIt() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = try await Self.watchedApplication(cluster, Self.application)
                let key = cluster.key("Deployment", "web", group: "apps")
                told.forget()
                try await cluster.patch(
                    cluster.path("deployments", "web", group: "apis/apps/v1"), #"{"spec":{"replicas":5}}"#, manager: "kubectl-scale"
                )
                try await told.wait(for: key)
                let drift = try await app.observe(Self.application)[key]?.difference
                #expect(
                    drift == .drift([FieldChange(path: "/spec/replicas", old: "5", new: "2", manager: "kubectl-scale")]))
                #expect(Set(told.now.keys.filter { $0.namespace == cluster.namespace }) == [key])
            }
        }
    }

    @Test func driftThatStaysIsAskedAboutOnce() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = try await Self.watchedApplication(cluster, Samples.configMap)
                let key = cluster.key("ConfigMap", "settings")
                told.forget()
                try await cluster.patch(cluster.path("configmaps", "settings"), #"{"data":{"color":"green"}}"#)
                try await told.wait(for: key)
                let mark = try await cluster.server.auditLog.mark()
                let expected = FieldChange(path: "/data/color", old: "green", new: "red", manager: "somebody")
                for _ in 1...5 {
                    let difference = try await app.observe(Samples.configMap)[key]?.difference
                    #expect(difference == .drift([expected]))
                }
                #expect(try await Self.reads(cluster, since: mark).map(\.isDryRun) == [true])
            }
        }
    }

    /// A kind that is written in one version and asked for without saying which.
    @Test func anObjectIsSeenInTheVersionInWhichItIsFollowed() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { _ in
                let text = """
                    apiVersion: autoscaling/v2beta2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: web}
                    spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
                    """
                let app = try await Self.watchedApplication(cluster, text)
                let key = cluster.key("HorizontalPodAutoscaler", "web", group: "autoscaling")
                let mark = try await cluster.server.auditLog.mark()
                #expect(try await app.observe(text)[key]?.difference == .same)
                #expect(try await app.target.health(of: [key])[key]?.status != .missing)
                #expect(try await Self.reads(cluster, since: mark).map(\.description) == [])
            }
        }
    }

    @Test func ourOwnWritesAreNoNews() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                _ = try await Self.watchedApplication(cluster, Self.application)
                told.forget()
                _ = try await Self.watchedApplication(cluster, Self.application.replacing("red", with: "blue"))
                // By the time that somebody else's change is told, all that came before would have been.
                try await cluster.patch(cluster.path("configmaps", "settings"), #"{"data":{"color":"green"}}"#)
                let key = cluster.key("ConfigMap", "settings")
                try await told.wait(for: key)
                #expect(Set(told.now.keys.filter { $0.namespace == cluster.namespace }) == [key])
            }
        }
    }

    @Test func aLostLabelAndADeletionAreTold() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = try await Self.watchedApplication(cluster, Samples.configMap)
                let key = cluster.key("ConfigMap", "settings")
                told.forget()
                try await cluster.patch(
                    cluster.path("configmaps", "settings"), #"{"metadata":{"labels":{"plumb.dev/application":null}}}"#)
                try await told.wait(for: key)
                guard case .drift(let fields) = try await app.observe(Samples.configMap)[key]?.difference else {
                    Issue.record("no drift")
                    return
                }
                #expect(fields.map(\.path) == ["/metadata/labels/plumb.dev~1application"])
                // Without the label it is still one that somebody asked for.
                told.forget()
                try await cluster.patch(cluster.path("configmaps", "settings"), #"{"data":{"color":"green"}}"#)
                try await told.wait(for: key)
                told.forget()
                try await cluster.server.check("DELETE", cluster.path("configmaps", "settings"))
                try await told.wait(for: key)
                #expect(try await app.observe(Samples.configMap).isEmpty)
            }
        }
    }

    @Test func anObjectOfSomebodyElseIsFetchedOnceAChange() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = Syncing(cluster)
                let key = cluster.key("ConfigMap", "settings")
                #expect(try await app.observe(Samples.configMap).isEmpty)
                try await cluster.server.apply(Samples.configMap, at: cluster.path("configmaps", "settings"), manager: "helm")
                try await told.wait(for: key)
                let mark = try await cluster.server.auditLog.mark()
                for _ in 1...5 {
                    #expect(try await app.observe(Samples.configMap)[key]?.owner == .nobody(by: "helm"))
                }
                #expect(try await Self.reads(cluster, since: mark).map(\.verb) == ["get"])
            }
        }
    }

    @Test func anInventoryThatAnotherProcessSavedIsSeen() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = try await Self.watchedApplication(cluster, Samples.configMap)
                let key = cluster.key("ConfigMap", "settings")
                told.forget()
                let other = cluster.restarted()
                var theirs = try #require(try await other.inventory(of: app.identity))
                theirs.lease = Inventory.Lease(holder: "other", until: 7)
                theirs = try await other.save(theirs)
                #expect(try await InventoryTests.code { _ = try await app.target.save(app.inventory) } == .superseded)
                #expect(try await app.target.inventory(of: app.identity) == theirs)
                try await told.wait(for: key)
                #expect(try await app.target.inventories() == [theirs])
                let mark = try await cluster.server.auditLog.mark()
                #expect(try await app.target.inventory(of: app.identity) == theirs)
                #expect(try await Self.reads(cluster, since: mark).isEmpty)
                theirs.lease = nil
                theirs = try await app.target.save(theirs)
                #expect(try await other.inventory(of: app.identity) == theirs)
                theirs.entries = [:]
                theirs.lease = nil
                _ = try await other.save(theirs)
                _ = try await eventually("the end of the inventory is seen") {
                    try await app.target.inventory(of: app.identity) == nil ? true : nil
                }
            }
        }
    }

    @Test func kindsThatComeAndGoAreFollowed() async throws {
        try await Cluster.with { cluster in
            let group = "\(cluster.namespace).example.org"
            let definition = OracleTests.definition(group)
            let widget = "{apiVersion: \(group)/v1, kind: Widget, metadata: {name: one}, spec: {notes: [x]}}"
            let key = cluster.key("Widget", "one", group: group)
            let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.\(group)"
            try await cluster.watched { told in
                told.forget()
                await #expect(throws: PlumbError.self) { try await cluster.prepare(widget) }
                try await cluster.server.apply(definition, at: path)
                try await told.wait(for: "everything") { $0.everything > 0 }
                _ = try await eventually("the kind is known") { try await cluster.prepare(widget).isEmpty ? nil : true }
                let app = try await Self.watchedApplication(cluster, widget)
                #expect(try await app.observe(widget)[key]?.difference == .same)
                told.forget()
                try await cluster.server.check("DELETE", path)
                try await told.wait(for: key)
                _ = try await eventually("the kind is gone") {
                    try await app.target.observe([], app.context).isEmpty ? true : nil
                }
            }
        }
    }

    @Test func theReasonOfTheWorstPodIsFollowedWhileItIsNeeded() async throws {
        try await Cluster.with { cluster in
            try await cluster.watched { told in
                let app = try await Self.watchedApplication(cluster, Samples.deployment())
                let key = cluster.key("Deployment", "web", group: "apps")
                #expect(try await app.target.health(of: [key])[key]?.status == .progressing)
                told.forget()
                let pod = """
                    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1","labels":{"app":"web"}},
                    "spec":{"containers":[{"name":"app","image":"nginx:1"}]}}
                    """
                try await cluster.server.check("POST", "/api/v1/namespaces/\(cluster.namespace)/pods", body: pod)
                let status = """
                    {"status":{"phase":"Pending","containerStatuses":[{"name":"app","ready":false,"restartCount":0,"image":"nginx:1",
                    "imageID":"","state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}}
                    """
                try await cluster.patch("\(cluster.path("pods", "web-1"))/status", status)
                try await told.wait(for: key)
                let mark = try await cluster.server.auditLog.mark()
                let health = try await eventually("the reason is known") {
                    let health = try await app.target.health(of: [key])[key]
                    return health?.message == "ImagePullBackOff: no such image" ? health : nil
                }
                #expect(health.status == .progressing)
                #expect(try await Self.reads(cluster, since: mark).isEmpty)
            }
        }
    }

    @Test func whereListingIsForbiddenObjectsAreReadOneByOne() async throws {
        try await Cluster.with { admin in
            try await admin.grant("alice", ["configmaps"])
            try await Cluster.with(user: .alice) { cluster in
                let told = Told()
                let watch = Task { await cluster.live.watch { told.hear($0) } }
                let text = Samples.configMap.replacing("name: settings", with: "name: settings, namespace: \(admin.namespace)")
                try await admin.server.apply(Samples.configMap, at: admin.path("configmaps", "settings"), manager: "helm")
                let desired = try await cluster.prepare(text)
                let observed = try await cluster.target.observe(desired, Syncing(cluster).context)
                #expect(observed.values.map(\.owner) == [.nobody(by: "helm")])
                watch.cancel()
                await watch.value
            }
        }
    }

    @Test func theIdentityIsThatOfTheCluster() async throws {
        try await Cluster.with { cluster in
            let system = try await cluster.get("/api/v1/namespaces/kube-system")
            try await cluster.watched { _ in
                #expect(try await cluster.target.identity() == system.at("metadata", "uid")?.string)
                let mark = try await cluster.server.auditLog.mark()
                _ = try await cluster.target.identity()
                #expect(try await Self.reads(cluster, since: mark).isEmpty)
            }
        }
    }
}

extension Cluster {
    /// Lets a user do everything with these resources in this cluster's namespace.
    func grant(_ user: String, _ resources: [String]) async throws {
        let names = resources.map { "\"\($0)\"" }.joined(separator: ",")
        let path = "/apis/rbac.authorization.k8s.io/v1/namespaces/\(namespace)"
        try await server.check(
            "POST", "\(path)/roles",
            body: #"{"metadata":{"name":"r"},"rules":[{"apiGroups":[""],"resources":[\#(names)],"verbs":["*"]}]}"#)
        try await server.check(
            "POST", "\(path)/rolebindings",
            body: """
                {"metadata":{"name":"r"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},
                "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"\(user)"}]}
                """)
    }
}
