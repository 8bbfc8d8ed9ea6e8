import Model
import Template

/// Runs the templates of a chart and of the charts in it.
struct Engine {
    private struct Renderable {
        let path: String
        let content: [UInt8]
        let basePath: String
        /// Shared by the templates of one chart.
        let data: GoMap
    }

    let options: RenderOptions

    /// Path and text of every template but partials, in the order of paths. `values` are coalesced already.
    func render(_ chart: Chart, values: GoMap) throws -> [(path: String, text: [UInt8])] {
        var renderables: [Renderable] = []
        let top = GoMap([
            ("Release", .map(release)), ("Capabilities", .object(CapabilitiesObject(capabilities: options.capabilities))),
        ])
        collect(chart, path: chart.name, isRoot: true, values: GoMap(viewing: values, as: .values), top: top, into: &renderables)
        renderables.sort { Self.isBefore($0.path, $1.path) }
        let execution = Execution(try parse(renderables), environment: options.environment)
        defer { execution.finish() }
        var results: [(path: String, text: [UInt8])] = []
        for renderable in renderables where !GoPath.base(renderable.path).hasPrefix("_") {
            let place = GoMap([("Name", .string(renderable.path)), ("BasePath", .string(renderable.basePath))], kind: .values)
            renderable.data["Template"] = .map(place)
            do {
                let text = try execution.run(renderable.path, .map(renderable.data))
                results.append((renderable.path, HelmFunctions.withoutNoValue(text)))
            } catch let error as TemplateError {
                throw RenderErrors.execution(error)
            }
        }
        return results.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private var release: GoMap {
        GoMap([
            ("Name", .string(options.releaseName)), ("Namespace", .string(options.namespace)),
            ("IsUpgrade", .bool(options.revision > 1)), ("IsInstall", .bool(options.revision == 1)),
            ("Revision", .int(options.revision)), ("Service", .string("Helm")),
        ])
    }

    private func parse(_ renderables: [Renderable]) throws -> TemplateSet {
        var templates = TemplateSet()
        let functions = HelmFunctions.all(options)
        for renderable in renderables {
            do { try templates.add(renderable.path, renderable.content, functions: functions) } catch let error as TemplateError {
                throw RenderErrors.parsing(error, path: renderable.path)
            }
        }
        return templates
    }

    @discardableResult
    private func collect(
        _ chart: Chart, path: String, isRoot: Bool, values: GoMap, top: GoMap, into renderables: inout [Renderable]
    ) -> GoMap {
        let subcharts = GoMap()
        let data = top.copy(as: isRoot ? .values : .any)
        data["Chart"] = .map(chart.metadata.templateObject(isRoot: isRoot))
        data["Files"] = .object(FilesObject(files: chart.files))
        data["Values"] = .map(values)
        data["Subcharts"] = .map(subcharts)
        for child in chart.dependencies {
            var own = GoMap(.values)
            if case .map(let found)? = values[child.name] { own = GoMap(viewing: found, as: .values) }
            let inner = collect(
                child, path: "\(path)/charts/\(child.name)", isRoot: false, values: own, top: top, into: &renderables)
            subcharts[child.name] = .map(inner)
        }
        for template in chart.templates {
            // Of a library only the partials count.
            if chart.metadata.isLibrary, !GoPath.base(template.path).hasPrefix("_") { continue }
            renderables.append(
                Renderable(
                    path: GoPath.join(path, template.path), content: template.content, basePath: path + "/templates", data: data))
        }
        return data
    }

    /// Deeper paths first, and among equals the later first: what is defined nearer to the top comes last, and counts.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        let depths = [left, right].map { $0.utf8.reduce(0) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 } }
        if depths[0] != depths[1] { return depths[0] > depths[1] }
        return right.utf8.lexicographicallyPrecedes(left.utf8)
    }
}
