import Manifests
import Model
import Synchronization
import Testing

@testable import Rendering

/// Charts as a source of an application.
struct HelmRenderingTests {
    private static let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n"

    private static func object(_ name: String, _ data: String, kind: String = "ConfigMap") -> String {
        "apiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name), namespace: '{{ .Release.Namespace }}'}\ndata: {x: '\(data)'}\n"
    }

    private func tree(_ files: [String: String]) throws -> MemoryTree {
        try MemoryTree(["web/Chart.yaml": Self.chart].merging(files) { $1 })
    }

    private func data(
        _ files: [String: String], _ settings: HelmSettings = HelmSettings(),
        context: RenderContext = RenderContext(release: "shop")
    ) async throws -> [String] {
        let source = Application.Source(path: "web", renderer: .helm(settings))
        return try await Rendering.manifests(of: source, in: try tree(files), context: context).map {
            $0.value.at("data", "x")?.string ?? $0.name
        }
    }

    // MARK: Names, values, capabilities

    @Test func theReleaseHasTheApplicationsNameUnlessItsSettingsSayAnother() async throws {
        let files = [
            "web/templates/a.yaml": Self.object("a", "{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.IsInstall }}")
        ]
        var context = RenderContext(release: "shop")
        #expect(try await data(files, context: context) == ["shop default true"])
        context.namespace = { "blue" }
        var settings = HelmSettings()
        settings.releaseName = "r.1"
        #expect(try await data(files, settings, context: context) == ["r.1 blue true"])
        #expect(try await data(files, context: RenderContext()) == ["web default true"])
    }

    @Test func valuesOfTheApplicationCountOverFilesAndThoseOverTheChart() async throws {
        let template = Self.object("a", "{{ .Values.a }}{{ .Values.b }}{{ .Values.c }}{{ .Values.d }}")
        let files = [
            "web/templates/a.yaml": template, "web/values.yaml": "a: 1\nb: 1\nc: 1\nd: 1\n", "web/eu.yaml": "b: 2\nc: 2\nd: 2\n",
            "all.yaml": "c: 3\nd: 3\n",
        ]
        var settings = HelmSettings()
        settings.valuesFiles = ["eu.yaml", "/all.yaml"]
        settings.values = Object([("d", Value.integer(4))])
        #expect(try await data(files, settings) == ["1234"])
        settings.valuesFiles = ["eu.yaml", "../all.yaml"]
        #expect(try await data(files, settings) == ["1234"])
    }

    @Test(arguments: ["none.yaml", "../../all.yaml", "/../all.yaml", "templates"])
    func valuesFilesAreInTheSource(_ name: String) async throws {
        var settings = HelmSettings()
        settings.valuesFiles = [name]
        await #expect(throws: PlumbError.self) {
            try await data(["web/templates/a.yaml": Self.object("a", "x"), "all.yaml": "a: 1"], settings)
        }
    }

    @Test func capabilitiesAreTheClustersAndWhatTheSettingsAdd() async throws {
        let files = [
            "web/templates/a.yaml": Self.object(
                "a",
                "{{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has \"x/v1\" }} {{ .Capabilities.APIVersions.Has \"apps/v1\" }}"
            )
        ]
        var context = RenderContext(release: "shop")
        #expect(try await data(files, context: context) == ["v1.36.0 false true"])
        context.capabilities = { PlatformCapabilities(version: "v1.20.2+k3s1", apiVersions: ["v1", "x/v1"]) }
        #expect(try await data(files, context: context) == ["v1.20.2+k3s1 true false"])
        var settings = HelmSettings()
        settings.kubeVersion = "1.31"
        settings.apiVersions = ["apps/v1"]
        #expect(try await data(files, settings, context: context) == ["v1.31 true true"])
    }

    @Test func definitionsComeFirstUnlessTheyAreNotWanted() async throws {
        let files = [
            "web/crds/d.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: d}\n",
            "web/templates/a.yaml": Self.object("a", "x"),
        ]
        #expect(try await data(files) == ["d", "x"])
        var settings = HelmSettings()
        settings.includesDefinitions = false
        #expect(try await data(files, settings) == ["x"])
    }

    @Test func chartsThatAreAskedForHaveToBeThere() async throws {
        let files = [
            "web/Chart.yaml": Self.chart
                + "dependencies: [{name: db, version: 1.x, repository: 'https://c.example.com', condition: db.on}]\n",
            "web/templates/a.yaml": Self.object("a", "x"),
        ]
        let error = await #expect(throws: PlumbError.self) { try await data(files) }
        #expect(error?.message.contains("db 1.x from https://c.example.com") == true, "\(error as Any)")
        #expect(error?.remedy?.contains("helm dependency build") == true)
        #expect(
            try await data(files.merging(["web/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.1.0\n"]) { $1 }) == [
                "x"
            ])
    }

    @Test func aKeyThatATemplateMakesTwiceIsNoError() async throws {
        let template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: one\n  x: two\n"
        #expect(try await data(["web/templates/a.yaml": template]) == ["two"])
    }

    // MARK: Random values

    /// Keeps a key as a target does, and counts.
    private final class KeyKeeper: Sendable {
        private let state = Mutex((key: ChartKey?.none, made: 0, asked: 0))

        var counts: [Int] { state.withLock { [$0.made, $0.asked] } }
        func forget() { state.withLock { $0.key = nil } }

        var context: RenderContext {
            var context = RenderContext(release: "shop")
            context.key = { isMade in
                self.state.withLock { state in
                    state.asked += 1
                    if state.key == nil, isMade {
                        state.key = .random(madeAt: 1_700_000_000)
                        state.made += 1
                    }
                    return state.key
                }
            }
            return context
        }
    }

    private static let random = ["web/templates/a.yaml": object("a", "{{ randAlphaNum 12 }}")]

    @Test func randomValuesStayAndOfAnotherKeyAreOthers() async throws {
        let keeper = KeyKeeper()
        let first = try await data(Self.random, context: keeper.context)
        #expect(first[0].utf8.count == 12 && keeper.counts[0] == 1)
        #expect(try await data(Self.random, context: keeper.context) == first)
        #expect(try await data(Self.random.merging(["web/README.md": "x"]) { $1 }, context: keeper.context) == first)
        #expect(keeper.counts[0] == 1)
        #expect(try await data(Self.random, context: KeyKeeper().context) != first)
    }

    @Test func noKeyIsMadeWhereNothingIsDrawn() async throws {
        let keeper = KeyKeeper()
        let files = [
            "web/templates/a.yaml": Self.object("a", "{{ if .Values.password }}{{ randAlphaNum 12 }}{{ else }}given{{ end }}")
        ]
        #expect(try await data(files, context: keeper.context) == ["given"])
        #expect(keeper.counts[0] == 0)
        #expect(try await data(["web/templates/a.yaml": Self.object("a", "x")], context: keeper.context) == ["x"])
        #expect(keeper.counts == [0, 1])
    }

    @Test func whatAValueDrawsIsFoundOutToo() async throws {
        let keeper = KeyKeeper()
        let files = ["web/templates/a.yaml": Self.object("a", "{{ tpl .Values.t . }}"), "web/values.yaml": "t: '{{ uuidv4 }}'\n"]
        let first = try await data(files, context: keeper.context)
        #expect(keeper.counts[0] == 1)
        #expect(try await data(files, context: keeper.context) == first)
    }

    @Test func theTimeIsThatOfTheKey() async throws {
        let files = ["web/templates/a.yaml": Self.object("a", "{{ now | unixEpoch }}")]
        #expect(try await data(files, context: KeyKeeper().context) == ["1700000000"])
    }

    @Test func withoutAKeyRandomValuesAreAnError() async throws {
        let error = await #expect(throws: PlumbError.self) { try await data(Self.random) }
        #expect(error?.message.contains("draws random values") == true)
    }

    // MARK: The cache

    @Test func aRenderingIsKeptAsLongAsWhatItHasUsedIsTheSame() async throws {
        let keeper = KeyKeeper()
        let cache = RenderCache()
        let tree = try tree(Self.random)
        let source = Application.Source(path: "web")
        var context = keeper.context
        func isFresh() async throws -> Bool { try await cache.manifests(of: source, in: tree, context: context).isFresh }
        #expect(try await [isFresh(), isFresh()] == [true, false])
        context.capabilities = { PlatformCapabilities(version: "v1.31.0", apiVersions: []) }
        #expect(try await [isFresh(), isFresh()] == [true, false])
        context.namespace = { "blue" }
        #expect(try await [isFresh(), isFresh()] == [true, false])
        keeper.forget()
        #expect(try await [isFresh(), isFresh()] == [true, false])
        context.release = "other"
        #expect(try await [isFresh(), isFresh()] == [true, false])
    }

    @Test func `the revision is asked for where it makes a difference, and what was kept goes with it`() async throws {
        let (plain, telling) = (Self.object("a", "{{ .Release.Name }}"), Self.object("a", "{{ .Release.Revision }}"))
        for (template, makesDifference) in [(plain, false), (telling, true)] {
            let cache = RenderCache()
            let asked = Mutex<[WantedRevision]>([])
            var context = RenderContext(release: "shop")
            context.revision = { wanted in
                asked.withLock { $0.append(wanted) }
                return 3
            }
            let source = Application.Source(path: "web")
            let tree = try tree(["web/templates/a.yaml": template])
            let first = try await cache.manifests(of: source, in: tree, context: context)
            #expect(first.release?.number == (makesDifference ? 3 : nil))
            #expect(first.manifests[0].value.at("data", "x")?.string == (makesDifference ? "3" : "shop"))
            #expect(try await !cache.manifests(of: source, in: tree, context: context).isFresh)
            let questions = asked.withLock { $0 }
            #expect(questions.count == (makesDifference ? 2 : 0) && Set(questions).count <= 1)
            #expect(questions.allSatisfy { $0.release.name == "shop" && $0.release.namespace == "default" && $0.chart == "web" })
            context.revision = { _ in 4 }
            #expect(try await cache.manifests(of: source, in: tree, context: context).isFresh == makesDifference)
        }
    }

    @Test func `an upgrade that finds nothing in the cluster says that it may not look`() async throws {
        let template = Self.object(
            "a", #"{{ if .Release.IsUpgrade }}{{ (lookup "v1" "Secret" "shop" "s").data.password.x }}{{ end }}"#)
        var context = RenderContext(release: "shop")
        context.revision = { _ in 1 }
        #expect(try await data(["web/templates/a.yaml": template], context: context) == [""])
        context.revision = { _ in 2 }
        let error = await #expect(throws: PlumbError.self) {
            try await data(["web/templates/a.yaml": template], context: context)
        }
        #expect(error?.remedy?.contains("lookup: true") == true, "\(error as Any)")
    }

    @Test func aChangedTemplateIsRenderedAnew() async throws {
        let cache = RenderCache()
        let source = Application.Source(path: "web")
        var files = [
            "web/templates/a.yaml": Self.object("a", "1"), "web/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
        ]
        #expect(try await cache.manifests(of: source, in: tree(files)).isFresh)
        #expect(try await !cache.manifests(of: source, in: tree(files)).isFresh)
        for (path, text) in [
            ("web/templates/b.yaml", Self.object("b", "1")), ("web/values.yaml", "a: 1"), ("web/charts/s/values.yaml", "b: 1"),
        ] {
            files[path] = text
            #expect(try await cache.manifests(of: source, in: tree(files)).isFresh, "\(path)")
            #expect(try await !cache.manifests(of: source, in: tree(files)).isFresh, "\(path)")
        }
    }
}
