import Manifests
import Model
import Synchronization
import TestSupport
import Testing

@testable import Rendering

/// Charts that ask what is in the cluster.
struct LookupTests {
    private static func config(_ name: String, _ data: [String: String] = [:]) -> Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "namespace": "shop"],
            "data": .object(Object(data.map { ($0.key, .string($0.value)) })),
        ]
    }

    private func render(
        _ template: String, _ cluster: ScriptedCluster, looksUp: Bool = true, context: RenderContext? = nil
    ) async throws -> String {
        var settings = HelmSettings()
        settings.looksUp = looksUp
        let tree = try MemoryTree([
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |-\n    \(template)\n",
        ])
        let source = Application.Source(renderer: .helm(settings))
        return try await Rendering.manifests(of: source, in: tree, context: context ?? cluster.context)[0].value.at("data", "x")?
            .string ?? ""
    }

    @Test(arguments: [
        (#"{{ (lookup "v1" "ConfigMap" "shop" "one").data.a }}"#, "1"),
        (#"{{ lookup "v1" "ConfigMap" "shop" "none" | toJson }}"#, "{}"),
        (#"{{ if lookup "v1" "ConfigMap" "shop" "none" }}there{{ else }}not{{ end }}"#, "not"),
        (#"{{ range (lookup "v1" "ConfigMap" "shop" "").items }}{{ .metadata.name }} {{ end }}"#, "one two"),
        (#"{{ (lookup "v1" "ConfigMap" "shop" "").kind }}"#, "ConfigMapList"),
        // A whole number of an object is an integer, unlike one of the values.
        (
            #"{{ $d := lookup "apps/v1" "Deployment" "shop" "web" }}{{ kindOf $d.spec.replicas }} {{ gt $d.spec.replicas 2 }}"#,
            "int64 true"
        ),
        // What is asked for depends on what was found.
        (
            #"{{ $a := lookup "v1" "ConfigMap" "shop" "one" }}{{ with $a.data }}{{ (lookup "v1" "ConfigMap" "shop" .next).data.a }}{{ end }}"#,
            "2"
        ),
        (#"{{ required "it must be there" (lookup "v1" "ConfigMap" "shop" "one").data.a }}"#, "1"),
    ])
    func findsWhatIsThere(_ template: String, _ text: String) async throws {
        let one = Self.config("one", ["a": "1", "next": "two"])
        let two = Self.config("two", ["a": "2"])
        let cluster = ScriptedCluster([
            .configMap("one", in: "shop"): one, .configMap("two", in: "shop"): two,
            .configMap("", in: "shop"): ["apiVersion": "v1", "kind": "ConfigMapList", "metadata": [:], "items": [one, two]],
            LiveQuery(apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web"): ["spec": ["replicas": 3]],
        ])
        #expect(try await render(template, cluster).trimmingSuffix(while: \.isWhitespace) == text)
        #expect(Set(cluster.reads).count == cluster.reads.count, "each is read once: \(cluster.reads)")
    }

    @Test func nothingIsAskedUnlessTheSettingsSaySo() async throws {
        let cluster = ScriptedCluster([.configMap("one", in: "shop"): Self.config("one")])
        let template = #"{{ lookup "v1" "ConfigMap" "shop" "one" | toJson }}"#
        #expect(try await render(template, cluster, looksUp: false) == "{}")
        #expect(cluster.reads.isEmpty)
        #expect(
            try await render(template, cluster, context: RenderContext()) == "{}", "as helm template, where there is no cluster")
    }

    @Test func whatMayNotBeReadIsAnErrorWithItsOwnWords() async throws {
        let cluster = ScriptedCluster()
        cluster.deny(.secret("login", in: "shop"))
        let error = await #expect(throws: PlumbError.self) {
            try await render(#"{{ lookup "v1" "Secret" "shop" "login" | toJson }}"#, cluster)
        }
        #expect(error?.code == .denied && error?.message == "Secret shop/login may not be read.")
    }

    /// While the name is not known yet, the empty one asks for all: that this is refused says nothing.
    @Test func whatIsAskedForOnTheWayMayFail() async throws {
        let cluster = ScriptedCluster([
            .configMap("one", in: "shop"): Self.config("one", ["next": "login"]),
            .secret("login", in: "shop"): ["data": ["a": "Yg=="]],
        ])
        cluster.deny(.secret("", in: "shop"))
        let template =
            #"{{ $c := lookup "v1" "ConfigMap" "shop" "one" }}{{ (lookup "v1" "Secret" "shop" (get ($c.data | default dict) "next")).data.a }}"#
        #expect(try await render(template, cluster) == "Yg==")
    }

    @Test func anErrorTellsNothingOfASecret() async throws {
        let cluster = ScriptedCluster([.secret("login", in: "shop"): ["kind": "Secret", "data": ["p": "aHVudGVyMi1pcy1tZQ=="]]])
        for shown in ["$p", "($p | b64dec)"] {
            let template = #"{{ $p := (lookup "v1" "Secret" "shop" "login").data.p }}{{ fail (print "bad " \#(shown)) }}"#
            let error = await #expect(throws: PlumbError.self) { try await render(template, cluster) }
            #expect(error?.message.contains("bad \(Redactor.mark)") == true, "\(error as Any)")
        }
    }

    // MARK: Bounds

    @Test func aHundredLookUpsAreTheMost() async throws {
        let cluster = ScriptedCluster()
        func template(_ count: Int) -> String {
            #"{{ range until \#(count) }}{{ $_ := lookup "v1" "ConfigMap" "shop" (print .) }}{{ end }}ok"#
        }
        #expect(try await render(template(100), cluster) == "ok")
        let error = await #expect(throws: PlumbError.self) { try await render(template(101), cluster) }
        #expect(error?.code == .limit && error?.message.contains("100") == true)
    }

    @Test func aChainEndsAfterTwentyRounds() async throws {
        let cluster = ScriptedCluster(
            Dictionary(
                uniqueKeysWithValues: (0..<40).map { index in
                    (.configMap("c\(index)", in: "shop"), Self.config("c\(index)", ["next": "c\(index + 1)"]))
                }))
        let template =
            #"{{ $n := "c0" }}{{ range until 30 }}{{ if $n }}{{ $n = dig "data" "next" "" (lookup "v1" "ConfigMap" "shop" $n) }}{{ end }}{{ end }}{{ $n }}"#
        let error = await #expect(throws: PlumbError.self) { try await render(template, cluster) }
        #expect(error?.code == .limit && error?.message.contains("20 times") == true, "\(error as Any)")
    }

    @Test func answersTogetherHaveABound() async throws {
        let cluster = ScriptedCluster(
            Dictionary(
                uniqueKeysWithValues: (0..<3).map { index in
                    (.configMap("c\(index)", in: "shop"), Self.config("c\(index)", ["a": String(repeating: "x", count: 6 << 20)]))
                }))
        let template = #"{{ range until 3 }}{{ $_ := lookup "v1" "ConfigMap" "shop" (printf "c%d" .) }}{{ end }}"#
        let error = await #expect(throws: PlumbError.self) { try await render(template, cluster) }
        #expect(error?.code == .limit && error?.message.contains("16 MiB") == true)
    }

    // MARK: Random values and the cache

    /// Only what the last round draws needs the application's key: the password is there already.
    @Test func noKeyIsMadeForWhatIsFound() async throws {
        let cluster = ScriptedCluster([.secret("login", in: "shop"): ["data": ["p": "b2xk"]]])
        let made = Mutex(0)
        var context = cluster.context
        context.key = { isMade in
            if isMade { made.withLock { $0 += 1 } }
            return isMade ? .random(madeAt: 0) : nil
        }
        let template =
            #"{{ $s := lookup "v1" "Secret" "shop" "login" }}{{ if $s }}{{ $s.data.p | b64dec }}{{ else }}{{ randAlphaNum 8 }}{{ end }}"#
        #expect(try await render(template, cluster, context: context) == "old")
        #expect(made.withLock { $0 } == 0)
        cluster.set(.secret("login", in: "shop"), nil)
        #expect(try await render(template, cluster, context: context).utf8.count == 8)
        #expect(made.withLock { $0 } == 1)
    }

    @Test func aRenderingIsKeptUntilWhatItFoundChanges() async throws {
        let cluster = ScriptedCluster([.configMap("one", in: "shop"): Self.config("one", ["a": "1"])])
        let cache = RenderCache()
        var settings = HelmSettings()
        settings.looksUp = true
        let source = Application.Source(renderer: .helm(settings))
        let tree = try MemoryTree([
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "templates/a.yaml":
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '{{ dig \"data\" \"a\" \"none\" (lookup \"v1\" \"ConfigMap\" \"shop\" \"one\") }}'}\n",
        ])
        func look() async throws -> String {
            let result = try await cache.manifests(of: source, in: tree, context: cluster.context)
            return "\(result.isFresh) \(result.manifests[0].value.at("data", "x")?.string ?? "")"
        }
        #expect(try await [look(), look()] == ["true 1", "false 1"])
        cluster.set(.configMap("one", in: "shop"), Self.config("one", ["a": "2"]))
        #expect(try await [look(), look()] == ["true 2", "false 2"])
        cluster.set(.configMap("one", in: "shop"), nil)
        #expect(try await [look(), look()] == ["true none", "false none"])
    }
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var result = self
        while let last = result.last, condition(last) { result.removeLast() }
        return result
    }
}
