import Manifests
import Model
import TestSupport
import Testing

@testable import Rendering

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Values of a chart that ConfigMaps and Secrets hold.
struct ValuesFromTests {
    typealias Reference = HelmSettings.ValuesReference

    private static let map = LiveQuery.configMap("settings", in: "shop")
    private static let secret = LiveQuery.secret("login", in: "shop")

    private static func reference(_ query: LiveQuery, _ change: (inout Reference) -> Void = { _ in }) -> Reference {
        var reference = Reference(kind: Reference.Kind(rawValue: query.kind) ?? .configMap, name: query.name)
        change(&reference)
        return reference
    }

    private static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private func render(
        _ references: [Reference], _ cluster: ScriptedCluster, template: String = "{{ toJson .Values }}",
        change: (inout HelmSettings) -> Void = { _ in }
    ) async throws -> String {
        var settings = HelmSettings()
        settings.valuesFrom = references
        change(&settings)
        let tree = try MemoryTree([
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "values.yaml": "a: chart\n",
            "eu.yaml": "a: file\nb: file\n",
            "templates/a.yaml":
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |-\n    \(template)\n",
        ])
        let source = Application.Source(renderer: .helm(settings))
        return try await Rendering.manifests(of: source, in: tree, context: cluster.context)[0].value.at("data", "x")?.string ?? ""
    }

    @Test func laterOnesCountOverEarlierOnesOverFilesAndUnderValues() async throws {
        let cluster = ScriptedCluster([
            Self.map: ScriptedCluster.data(
                ("values.yaml", "b: map\nc: map\nd: map\ne: {x: 1}\n"), ("other", "d: other\ne: {z: 2}\n")),
            Self.secret: ScriptedCluster.data(("values.yaml", Self.encoded("c: secret\nf: secret\n"))),
        ])
        let references = [Self.reference(Self.map), Self.reference(Self.secret), Self.reference(Self.map) { $0.key = "other" }]
        let values = try await render(references, cluster) { settings in
            settings.valuesFiles = ["eu.yaml"]
            settings.values = Object([("f", "inline")])
        }
        #expect(values == #"{"a":"file","b":"map","c":"secret","d":"other","e":{"x":1,"z":2},"f":"inline"}"#)
        #expect(cluster.reads == ["ConfigMap shop/settings", "Secret shop/login", "ConfigMap shop/settings"])
    }

    @Test(arguments: [
        ("image.tag", "1.25", #"{"image":{"tag":"1.25"}}"#),
        ("n", "3", #"{"n":3}"#), ("n", "true", #"{"n":true}"#), ("n", "null", #"{"n":null}"#), ("n", "007", #"{"n":"007"}"#),
        ("n", "'3'", #"{"n":"3"}"#), ("n", "\"true\"", #"{"n":"true"}"#), ("n", "", #"{"n":""}"#),
        // A value is one value, whatever is in it.
        ("p", "a,image.tag=b", #"{"p":"a,image.tag=b"}"#), ("p", "a\\,b", #"{"p":"a\\,b"}"#), ("p", "x\ny: z", #"{"p":"x\ny: z"}"#),
        ("p", "{a,b}", #"{"p":["a","b"]}"#), ("p", "{a},b={c}", #"{"p":"{a},b={c}"}"#), ("p", "{", #"{"p":"{"}"#),
        ("l[1].x", "y", #"{"l":[null,{"x":"y"}]}"#),
    ])
    func aTargetPathPlacesOneValue(_ path: String, _ text: String, _ values: String) async throws {
        let cluster = ScriptedCluster([Self.secret: ScriptedCluster.data(("k", Self.encoded(text)))])
        let reference = Self.reference(Self.secret) {
            $0.key = "k"
            $0.targetPath = path
        }
        #expect(try await render([reference], cluster, template: #"{{ omit .Values "a" | toJson }}"#) == values)
    }

    @Test func aLiteralStaysText() async throws {
        let cluster = ScriptedCluster([Self.map: ScriptedCluster.data(("k", "3,'{"))])
        let reference = Self.reference(Self.map) { ($0.key, $0.targetPath, $0.isLiteral) = ("k", "n.m", true) }
        #expect(try await render([reference], cluster, template: "{{ toJson .Values.n }}") == #"{"m":"3,'{"}"#)
    }

    // MARK: What is not there

    @Test(arguments: [
        (nil as Value?, "takes values from ConfigMap shop/settings, which is not there"),
        (
            ScriptedCluster.data(("value.yaml", "")) as Value?,
            "the key \"values.yaml\" of ConfigMap shop/settings, which it has not; it has: \"value.yaml\""
        ),
        (["metadata": [:]] as Value?, "the key \"values.yaml\" of ConfigMap shop/settings, which it has not"),
    ])
    func whatIsMissingIsNamedUnlessItIsOptional(_ object: Value?, _ words: String) async throws {
        let cluster = ScriptedCluster()
        cluster.set(Self.map, object)
        let error = await #expect(throws: PlumbError.self) { try await render([Self.reference(Self.map)], cluster) }
        #expect(error?.code == .notFound && error?.message.contains(words) == true, "\(error as Any)")
        #expect(try await render([Self.reference(Self.map) { $0.isOptional = true }], cluster) == #"{"a":"chart"}"#)
    }

    @Test func whatMayNotBeReadIsAnErrorAlsoWhereItIsOptional() async throws {
        let cluster = ScriptedCluster()
        cluster.deny(Self.map)
        let error = await #expect(throws: PlumbError.self) {
            try await render([Self.reference(Self.map) { $0.isOptional = true }], cluster)
        }
        #expect(error?.code == .denied)
    }

    @Test func withoutAClusterTheErrorSaysWhatToGive() async throws {
        var settings = HelmSettings()
        settings.valuesFrom = [Self.reference(Self.map)]
        let tree = try MemoryTree(["Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n"])
        let error = await #expect(throws: PlumbError.self) {
            try await Rendering.manifests(of: Application.Source(renderer: .helm(settings)), in: tree)
        }
        #expect(error?.message.contains("ConfigMap settings") == true && error?.remedy?.contains("--values FILE") == true)
    }

    // MARK: Secrets

    private static let password = "c0rrect:h0rse\"battery"

    @Test(arguments: [
        #"{{ fail (printf "bad password %s" .Values.password) }}"#, "{{ required .Values.password nil }}",
        #"{{ .Values.password | b64enc | printf "%s" | fail }}"#, #"{{ tpl (printf "{{ %s" .Values.password) . }}"#,
        #"${{ "{" }}{{ .Values.password }}"#,
    ])
    func noErrorTellsWhatASecretHolds(_ template: String) async throws {
        let cluster = ScriptedCluster([
            Self.secret: ScriptedCluster.data(("values.yaml", Self.encoded("password: '\(Self.password)'\n")))
        ])
        let error = await #expect(throws: (any Error).self) {
            var settings = HelmSettings()
            settings.valuesFrom = [Self.reference(Self.secret)]
            let tree = try MemoryTree([
                "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                "templates/a.yaml":
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |-\n    \(template)\n",
            ])
            try await Rendering.manifests(
                of: Application.Source(renderer: .helm(settings)), in: tree, substitute: ["A": "b"], context: cluster.context)
        }
        let words = "\(try #require(error))"
        #expect(!words.contains("h0rse") && !words.contains(Self.encoded(Self.password)), "\(words)")
        #expect(words.contains(Redactor.mark), "\(words)")
    }

    @Test(arguments: ["[s3cretlist]", "s3cret: [", "just s3cret text"])
    func aSecretThatIsNoValuesIsNamedAndNotShown(_ text: String) async throws {
        let cluster = ScriptedCluster([Self.secret: ScriptedCluster.data(("values.yaml", Self.encoded(text)))])
        let error = await #expect(throws: (any Error).self) { try await render([Self.reference(Self.secret)], cluster) }
        let words = "\(try #require(error))"
        #expect(words.contains("Secret shop/login, key values.yaml") && !words.contains("s3cret"), "\(words)")
    }

    // MARK: The cache

    @Test func aRenderingIsKeptUntilWhatItHasReadChanges() async throws {
        let cluster = ScriptedCluster([Self.map: ScriptedCluster.data(("values.yaml", "a: 1"))])
        let cache = RenderCache()
        var settings = HelmSettings()
        settings.valuesFrom = [Self.reference(Self.map), Self.reference(Self.secret) { $0.isOptional = true }]
        let source = Application.Source(renderer: .helm(settings))
        let tree = try MemoryTree([
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        ])
        let log = LiveLog()
        var context = cluster.context
        context.live = log.noting(cluster.reader)
        let fixed = context
        func isFresh() async throws -> Bool { try await cache.manifests(of: source, in: tree, context: fixed).isFresh }
        #expect(try await [isFresh(), isFresh()] == [true, false])
        #expect(cluster.reads.count == 2)
        #expect(log.keys == [Self.map.key(isNamespaced: true), Self.secret.key(isNamespaced: true)])
        cluster.set(Self.map, ScriptedCluster.data(("values.yaml", "a: 2")))
        #expect(try await [isFresh(), isFresh()] == [true, false])
        cluster.set(Self.secret, ScriptedCluster.data(("values.yaml", Self.encoded("b: 1"))))
        #expect(try await [isFresh(), isFresh()] == [true, false])
        #expect(cluster.reads.count == 6)
    }
}
