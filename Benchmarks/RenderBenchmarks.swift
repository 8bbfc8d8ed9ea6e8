import CMalloc
import Foundation
import Manifests
import Model
import Rendering
import TestSupport

/// A thousand applications that all render to something else, one after another and two at a time: renders share no lock, so that
/// two cores ought to take half of the time. Then what keeping them costs.
enum RenderBenchmarks {
    private static let count = 1000

    static func run() async throws {
        let python = try await ProcessRunner.check("scripts/helm-reference.sh", timeout: .seconds(300)).filter { $0 != "\n" }
        try await TemporaryDirectory.with("render-bench") { directory in
            try Files.write(HelmBenchmarks.starter, to: directory)
            let helm = try await seconds(python, directory)
            try await measure("1000 releases of a starter chart", try releases(), beside: helm)
        }
        try await measure("1000 overlays of a base", try overlays(), beside: nil)
    }

    private static func measure(_ name: String, _ work: [Work], beside helm: Double?) async throws {
        let alone = try await Stopwatch.median(of: 3) { try await render(work, atOnce: 1, RenderCache()) }
        let both = try await Stopwatch.median(of: 3) { try await render(work, atOnce: 2, RenderCache()) }
        let beside = helm.map { ", Helm one at a time \(($0).text(2)) s, ratio \((both.seconds / $0).text(2))" } ?? ""
        Report.row(
            "\(name), two at a time", "\(both.seconds.text(2)) s",
            "one at a time \(alone.seconds.text(2)) s, ratio \((both.seconds / alone.seconds).text(2))\(beside)")
        let cache = RenderCache()
        let before = allocated()
        try await render(work, atOnce: 2, cache)
        let kept = Double(allocated() - before) / 1024 / Double(count)
        let again = try await Stopwatch.median(of: 3) { try await render(work, atOnce: 2, cache) }
        Report.row(
            "…, looked at again, nothing changed", "\((again.seconds * 1000).text(0)) ms",
            "\(kept.text(1)) KiB of memory a cached render")
    }

    private static func render(_ work: [Work], atOnce: Int, _ cache: RenderCache) async throws {
        _ = try await Bounded.map(work, limit: atOnce) { work in
            let context = RenderContext(release: work.application)
            return try await cache.manifests(of: work.source, in: work.tree, for: work.application, context: context).isFresh
        }
    }

    /// Bytes that are allocated now, as the allocator counts them.
    private static func allocated() -> Int {
        let info = mallinfo2()
        return Int(info.uordblks) + Int(info.hblkhd)
    }

    // MARK: What is rendered

    private struct Work: Sendable {
        let application: String
        let source: Application.Source
        let tree: MemoryTree
    }

    private static func releases() throws -> [Work] {
        let tree = try MemoryTree(HelmBenchmarks.starter)
        return (0..<count).map { number in
            var settings = HelmSettings()
            settings.values = Object([("replicas", .integer(Int64(number)))])
            return Work(application: "web\(number)", source: Application.Source(renderer: .helm(settings)), tree: tree)
        }
    }

    private static func overlays() throws -> [Work] {
        try (0..<count).map { number in
            let tree = try MemoryTree([
                "base/web.yaml": KustomizeBenchmarks.application(""), "base/kustomization.yaml": base,
                "overlay/kustomization.yaml": overlay(number),
            ])
            return Work(application: "web\(number)", source: Application.Source(path: "overlay"), tree: tree)
        }
    }

    private static let base = "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n"

    private static func overlay(_ number: Int) -> String {
        """
        resources: [../base]
        namespace: team\(number)
        nameSuffix: "-\(number)"
        labels: [{pairs: {team: t\(number)}, includeSelectors: true}]
        images: [{name: nginx, newTag: "1.\(number)"}]
        replicas: [{name: web, count: \(number)}]

        """
    }

    /// What Helm's own engine takes for the same releases, one at a time, from a chart that is loaded once.
    private static func seconds(_ python: String, _ chart: String) async throws -> Double {
        let output = try await ProcessRunner.check(python, ["-c", helm, chart, String(count)], timeout: .seconds(300))
        guard let seconds = Double(output.filter { $0 != "\n" }) else { throw TestSupportError("Helm's engine printed: \(output)") }
        return seconds
    }

    private static let helm = """
        import sys, time
        from helm_python.chart import Chart

        with Chart.load(sys.argv[1]) as chart:
            start = time.perf_counter()
            for number in range(int(sys.argv[2])):
                chart.render(values={"replicas": number}, name=f"web{number}", namespace="default")
            print(time.perf_counter() - start)
        """
}
