import KubernetesClient
import KubernetesTarget
import Manifests
import Model
import TestSupport
import Testing

/// What rendering reads of a cluster, with whose rights, and how a change of it is told.
@Suite struct LiveReadingTests {
    private static func map(_ name: String, _ data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {\(data)}\n"
    }

    private static func query(_ cluster: Cluster, _ name: String, kind: String = "ConfigMap") -> LiveQuery {
        LiveQuery(apiVersion: "v1", kind: kind, namespace: cluster.namespace, name: name)
    }

    private static func deployer(_ cluster: Cluster) -> KubernetesTarget {
        cluster.live.target(
            writer: cluster.client.impersonating(.serviceAccount(namespace: cluster.namespace, name: "deployer")))
    }

    @Test func oneAndAllAreReadAndAbsentOnesAreNone() async throws {
        try await Cluster.with { cluster in
            let target = cluster.target
            let missing = try await target.read(Self.query(cluster, "a"))
            #expect(missing.value == nil && missing.stamp.key == cluster.key("ConfigMap", "a"))
            try await cluster.server.apply(Self.map("b", "x: '1'"), at: cluster.path("configmaps", "b"))
            try await cluster.server.apply(Self.map("a", "x: '1'"), at: cluster.path("configmaps", "a"))
            let one = try await target.read(Self.query(cluster, "a"))
            #expect(one.value?.at("data", "x") == "1" && one.stamp != missing.stamp)
            let all = try await target.read(Self.query(cluster, ""))
            #expect(all.value?["kind"] == "ConfigMapList" && all.value?["metadata"] == [:])
            #expect(
                all.value?["items"]?.array?.map { $0.at("metadata", "name")?.string ?? "" }.filter { $0.count == 1 } == ["a", "b"])
            #expect(all.value?["items"]?[0]?["kind"] == "ConfigMap")
            #expect(try await target.read(Self.query(cluster, "")).stamp == all.stamp)
            // Outside namespaces; a namespace that is said for such a kind does not count, as in Helm.
            for namespace in ["", cluster.namespace] {
                let query = LiveQuery(apiVersion: "v1", kind: "Namespace", namespace: namespace, name: cluster.namespace)
                #expect(try await target.read(query).value?.at("metadata", "name")?.string == cluster.namespace)
            }
            let placeless = LiveQuery(apiVersion: "v1", kind: "ConfigMap", namespace: "", name: "a")
            #expect(try await target.read(placeless).value == nil)
        }
    }

    /// As Helm has it: a version that is not served is an error, a kind that the version has not is not there.
    @Test func whatIsNotServedIsAnErrorByItsVersion() async throws {
        try await Cluster.with { cluster in
            let unknown = LiveQuery(apiVersion: "v1", kind: "Nonsense", namespace: cluster.namespace, name: "a")
            let answer = try await cluster.target.read(unknown)
            #expect(answer.value == nil)
            let unserved = LiveQuery(apiVersion: "none.example.com/v1", kind: "A", namespace: "", name: "a")
            let error = await #expect(throws: PlumbError.self) { _ = try await cluster.target.read(unserved) }
            #expect(error?.code == .notFound && error?.message.contains("does not serve none.example.com/v1") == true)
        }
    }

    @Test func theApplicationsServiceAccountReads() async throws {
        try await Cluster.with { cluster in
            try await cluster.server.apply(Self.map("a", "x: '1'"), at: cluster.path("configmaps", "a"))
            let group = "apis/rbac.authorization.k8s.io/v1"
            try await cluster.server.apply(
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: [{apiGroups: [''], resources: [configmaps], verbs: [get]}]\n",
                at: cluster.path("roles", "r", group: group))
            try await cluster.server.apply(
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: deployer}]\n",
                at: cluster.path("rolebindings", "r", group: group))
            let target = Self.deployer(cluster)
            let mark = try await cluster.server.auditLog.mark()
            let own = try await eventually("the role holds") { try? await target.read(Self.query(cluster, "a")) }
            #expect(own.value?.at("data", "x") == "1")
            let user = "system:serviceaccount:\(cluster.namespace):deployer"
            let reads = try await cluster.requests(since: mark).filter { $0.resource == "configmaps" }
            #expect(!reads.isEmpty && reads.allSatisfy { $0.impersonatedUser == user })
            #expect(try await cluster.target.read(Self.query(cluster, "a")).stamp != own.stamp, "another user, another answer")
            for (query, words) in [
                (Self.query(cluster, ""), "may not list configmaps in the namespace \(cluster.namespace)"),
                (Self.query(cluster, "login", kind: "Secret"), "may not get secrets in the namespace \(cluster.namespace)"),
                (LiveQuery(apiVersion: "v1", kind: "Node", namespace: "", name: ""), "may not list nodes."),
            ] {
                let error = await #expect(throws: PlumbError.self) { try await target.read(query) }
                #expect(error?.code == .denied && error?.message.contains(words) == true, "\(error as Any)")
                #expect(error?.message.contains("the service account \(cluster.namespace)/deployer") == true, "\(error as Any)")
            }
        }
    }

    @Test func whileWatchedNothingIsAskedAndChangesAreTold() async throws {
        try await Cluster.with { cluster in
            let target = cluster.target
            #expect(try await target.stamp(of: Self.query(cluster, "a")) == nil, "nobody watches")
            try await cluster.watched { told in
                let queries = [Self.query(cluster, "a"), Self.query(cluster, "none"), Self.query(cluster, "")]
                try await cluster.server.apply(Self.map("a", "x: '1'"), at: cluster.path("configmaps", "a"))
                var stamps: [LiveStamp] = []
                for query in queries { stamps.append(try await target.read(query).stamp) }
                let mark = try await cluster.server.auditLog.mark()
                for _ in 0..<5 {
                    for (query, stamp) in zip(queries, stamps) { #expect(try await target.stamp(of: query) == stamp) }
                }
                #expect(try await cluster.requests(since: mark).filter { $0.verb != "watch" }.map(\.description) == [])

                told.forget()
                try await cluster.patch(cluster.path("configmaps", "a"), #"{"data":{"x":"2"}}"#)
                try await told.wait(for: stamps[0].key)
                try await told.wait(for: stamps[2].key)
                #expect(try await target.stamp(of: queries[0]) != stamps[0])
                #expect(try await target.stamp(of: queries[0]) == (try await target.read(queries[0])).stamp)
                #expect(try await target.stamp(of: queries[1]) == stamps[1])

                told.forget()
                try await cluster.server.apply(Self.map("none", "x: '1'"), at: cluster.path("configmaps", "none"))
                try await told.wait(for: stamps[1].key)
                #expect(try await target.stamp(of: queries[1]) == (try await target.read(queries[1])).stamp)

                told.forget()
                try await cluster.server.check("DELETE", cluster.path("configmaps", "a"))
                try await told.wait(for: stamps[0].key)
                #expect(try await target.stamp(of: queries[0]) == (try await target.read(queries[0])).stamp)
                #expect(try await target.stamp(of: queries[2]) == (try await target.read(queries[2])).stamp)
            }
        }
    }

    @Test func aQueryHasWords() {
        #expect(LiveQuery.secret("login", in: "shop").words == "Secret shop/login")
        #expect(
            LiveQuery(apiVersion: "apps/v1", kind: "Deployment", namespace: "a", name: "").words == "all Deployment apps/v1 of a")
    }
}
