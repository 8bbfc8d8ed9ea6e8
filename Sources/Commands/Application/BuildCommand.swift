import ArgumentParser
import Helm
import Manifests
import Model
import Rendering
import Sources
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Print the rendered objects as YAML.",
        discussion: """
            Needs no target and changes nothing. The source may also be a packed chart (.tgz), or one from a repository. The flags for charts are \
            named as Helm names them; values files are given with --values, since -f names an Application.
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup(title: "Charts") var chart: ChartOptions

    func run() async throws {
        let loaded = try await LoadedApplication.load(source, nil)
        do {
            try await print(loaded)
        } catch {
            await loaded.close()
            throw error
        }
        await loaded.close()
    }

    private func print(_ loaded: LoadedApplication) async throws {
        let tree = loaded.tree
        guard let settings = try await ChartBuild.settings(of: loaded.application.source, in: tree) else {
            if let flag = chart.given.first {
                throw PlumbError(.usage, "\(flag) is for charts, and the source is none.", remedy: "Leave it out.")
            }
            var context = RenderContext()
            context.plugins = try PluginsFlag.rendering(source.plugins)
            return show(try await loaded.rendered(context).manifests)
        }
        let draws = MadeUp()
        let applied = chart.applied(to: settings)
        tellUnread(settings, applied)
        let build = ChartBuild(
            settings: applied, context: context(loaded, draws), values: try chart.values())
        let path = try TreePath(loaded.application.source.path)
        if chart.raw {
            let (texts, missing) = try await build.templates(at: path, in: tree)
            if !missing.isEmpty {
                let names = missing.map(\.name).joined(separator: ", ")
                Console.error("plumb: Rendered without charts that it asks for and that are not in its directory charts: \(names).")
            }
            for template in texts { show(template) }
        } else {
            show(try await build.manifests(at: path, in: tree, substitute: loaded.application.substitute))
        }
        if draws.isTold {
            Console.error("plumb: The chart draws random values or the time. Those shown are made up, and others each time.")
        }
    }

    /// No cluster is asked: what would be read there is said.
    private func tellUnread(_ settings: HelmSettings, _ applied: HelmSettings) {
        if applied.valuesFrom.isEmpty, !settings.valuesFrom.isEmpty {
            let names = settings.valuesFrom.map { "\($0.kind.rawValue) \($0.name)" }.joined(separator: ", ")
            Console.error("plumb: --values stands in for \(names), which build does not read.")
        }
        if settings.looksUp { Console.error("plumb: What the chart looks up counts as not there: build asks no cluster.") }
    }

    /// No target: what Helm assumes without a cluster, and another key each time.
    private func context(_ loaded: LoadedApplication, _ draws: MadeUp) -> RenderContext {
        let application = loaded.application
        var context = RenderContext(release: application.name.isEmpty ? nil : application.name)
        let namespace = chart.namespace ?? application.target.namespace ?? "default"
        context.namespace = { namespace }
        context.zone = { TimeZoneFiles.file($0) }
        context.charts = loaded.charts
        context.key = { isMade in isMade ? draws.key() : nil }
        return context
    }

    private func show(_ manifests: [Manifest]) {
        let documents = manifests.map { YAML.serialize($0.value) }
        if documents.isEmpty {
            Console.error("The source holds no manifests.")
        } else {
            // Whole, each with all of its newlines: they may be part of a text.
            Console.out(documents.joined(separator: "---\n"), isWhole: true)
        }
    }

    /// As it came out, byte for byte; a line's end is added where it has none.
    private func show(_ template: RenderedTemplate) {
        Console.out("---\n# Source: \(template.path)\n" + template.text, isWhole: template.text.utf8.last == UInt8(ascii: "\n"))
    }
}

/// A key for once, and whether it was asked for.
private final class MadeUp: Sendable {
    private let told = Mutex(false)

    var isTold: Bool { told.withLock { $0 } }

    func key() -> ChartKey {
        told.withLock { $0 = true }
        return .random(madeAt: Int64(Date().timeIntervalSince1970))
    }
}
