import Helm
import Manifests
import Model
import Synchronization
import TestSupport
import Testing

@testable import Rendering

/// Charts that a chart asks for and has not inside it.
struct FetchedChartTests {
    private static let template =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Chart.Name }}'}\ndata: {x: '{{ .Values.x }}'}\n"

    private static func tree(_ dependency: String, _ more: [String: String] = [:]) throws -> MemoryTree {
        try MemoryTree(
            [
                "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- \(dependency)\n",
                "web/templates/a.yaml": template, "web/values.yaml": "x: 1\ndb: {x: 2}\n",
            ].merging(more) { $1 })
    }

    private static func library(_ file: (String, String) = ("templates/b.yaml", template)) async throws -> Library {
        Library(try await PackedChart.make("db", "1.2.3", [file.0: file.1]))
    }

    /// One chart, and how often it was asked for.
    private final class Library: Sendable {
        let chart: Mutex<PackedChart?>
        let asked = Counter()

        init(_ chart: PackedChart) { self.chart = Mutex(chart) }

        var fetching: ChartFetching {
            ChartFetching(
                fetch: { name, version, repository in
                    self.asked.increase()
                    guard let chart = self.chart.withLock({ $0 }), repository == "https://h/x" else {
                        throw PlumbError(.notFound, "There is no \(name) \(version).")
                    }
                    return ChartFetching.Fetched(archive: chart.bytes, digest: try Revision.Digest(chart.digest))
                }, known: { _, _, _ in self.chart.withLock { $0 }.flatMap { try? Revision.Digest($0.digest) } })
        }
    }

    private static let source = Application.Source(path: "web")

    private static func names(_ tree: MemoryTree, _ context: RenderContext) async throws -> [String] {
        try await Rendering.manifests(of: source, in: tree, context: context).map {
            "\($0.name) \($0.value.at("data", "x")?.string ?? "")"
        }
    }

    @Test func theyAreFetchedAndRenderedAsIfTheyWereThere() async throws {
        let library = try await Self.library()
        var context = RenderContext(release: "shop")
        context.charts = library.fetching
        let tree = try Self.tree("{name: db, version: 1.2.3, repository: \"https://h/x\"}")
        #expect(try await Set(Self.names(tree, context)) == ["web 1", "db 2"])
        #expect(library.asked.value == 1)
    }

    @Test func aDirectoryBesideIsRead() async throws {
        var context = RenderContext(release: "shop")
        context.charts = try await Self.library().fetching
        let files = ["db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.4.0\n", "db/templates/a.yaml": Self.template]
        let tree = try Self.tree("{name: db, version: 1.x, repository: \"file://../db\"}", files)
        #expect(try await Set(Self.names(tree, context)) == ["web 1", "db 2"])
        let other = try Self.tree("{name: db, version: 2.x, repository: \"file://../db\"}", files)
        let error = await #expect(throws: PlumbError.self) { try await Self.names(other, context) }
        #expect(error?.message.contains("asks for db 2.x, and what is there is db 1.4.0") == true)
        let outside = try Self.tree("{name: db, version: 1.x, repository: \"file://../../db\"}", files)
        await #expect(throws: PlumbError.self) { try await Self.names(outside, context) }
    }

    @Test func anotherChartThanTheOneAskedForIsAnError() async throws {
        var context = RenderContext(release: "shop")
        context.charts = try await Self.library().fetching
        let tree = try Self.tree("{name: db, version: 1.2.4, repository: \"https://h/x\"}")
        let error = await #expect(throws: PlumbError.self) { try await Self.names(tree, context) }
        #expect(error?.code == .conflict)
    }

    @Test func whoCannotFetchIsToldWhatIsMissing() async throws {
        let tree = try Self.tree("{name: db, version: 1.2.3, repository: \"https://h/x\"}")
        let error = await #expect(throws: PlumbError.self) { try await Self.names(tree, RenderContext()) }
        #expect(error?.message.contains("db 1.2.3 from https://h/x") == true)
    }

    /// What each template becomes is shown without what is missing, as Helm's engine does it.
    @Test func rawFetchesNothing() async throws {
        let library = try await Self.library()
        var context = RenderContext(release: "shop")
        context.charts = library.fetching
        let build = ChartBuild(settings: HelmSettings(), context: context, values: [])
        let tree = try Self.tree("{name: db, version: 1.2.3, repository: \"https://h/x\"}")
        let (texts, missing) = try await build.templates(at: try TreePath("web"), in: tree)
        #expect(texts.count == 1 && missing.map(\.name) == ["db"] && library.asked.value == 0)
    }

    @Test func aRenderingIsKeptForWhatWasFetchedForIt() async throws {
        let library = try await Self.library()
        var context = RenderContext(release: "shop")
        context.charts = library.fetching
        let tree = try Self.tree("{name: db, version: 1.2.3, repository: \"https://h/x\"}")
        let cache = RenderCache()
        #expect(try await cache.manifests(of: Self.source, in: tree, context: context).isFresh)
        #expect(try await !cache.manifests(of: Self.source, in: tree, context: context).isFresh)
        #expect(library.asked.value == 1)
        let another = try await PackedChart.make("db", "1.2.3", ["templates/c.yaml": Self.template])
        library.chart.withLock { $0 = another }
        #expect(try await cache.manifests(of: Self.source, in: tree, context: context).isFresh)
    }
}
