import Manifests
import Model
import Template

/// Puts a chart together from its files.
enum ChartLoader {
    /// Charts inside charts.
    private static let maximumDepth = 16

    /// `path` names the chart in errors.
    static func chart(from files: [ChartFile], path: String, depth: Int = 0) throws -> Chart {
        guard depth <= maximumDepth else {
            throw PlumbError(.limit, "\(path) is more than \(maximumDepth) charts deep.")
        }
        let files = files.map { ChartFile($0.path, $0.content.withoutByteOrderMark) }
        guard let file = files.first(where: { $0.path == "Chart.yaml" }) else {
            throw PlumbError(.invalid, "\(path) is no chart: it has no Chart.yaml.")
        }
        var chart = Chart(
            metadata: try ChartMetadata(file.content, file: "\(path)/Chart.yaml"), values: Object(), schema: nil, templates: [],
            files: [], dependencies: [])
        // Of charts as they were for Helm 2; in others it counts as well, but is none of their files.
        if let old = files.first(where: { $0.path == "requirements.yaml" }) {
            chart.metadata = try chart.metadata.overlaid(with: old.content, file: "\(path)/requirements.yaml")
        }
        var subcharts: [String: [ChartFile]] = [:]
        for file in files {
            switch file.path {
            case "Chart.yaml": break
            case "Chart.lock": if chart.metadata.apiVersion != "v1" { chart.lock = file.content }
            case "values.yaml": chart.values = try ValuesFile.parse(file.content, file: "\(path)/values.yaml")
            case "values.schema.json": chart.schema = file.content
            case "requirements.yaml", "requirements.lock":
                if file.path == "requirements.lock", chart.lock == nil { chart.lock = file.content }
                if chart.metadata.apiVersion == "v1" { chart.files.append(file) }
            case _ where file.path.hasPrefix("templates/"): chart.templates.append(file)
            case _ where file.path.hasPrefix("charts/"):
                if file.path.hasSuffix(".prov") {
                    chart.files.append(file)
                } else {
                    let rest = String(file.path.dropFirst("charts/".count))
                    let name = rest.split(separator: "/", maxSplits: 1).first.map(String.init) ?? rest
                    subcharts[name, default: []].append(ChartFile(rest, file.content))
                }
            default: chart.files.append(file)
            }
        }
        for (name, files) in subcharts.sorted(by: { $0.key < $1.key }) {
            if let subchart = try self.subchart(name, files, path: "\(path)/charts/\(name)", depth: depth) {
                chart.dependencies.append(subchart)
            }
        }
        return chart
    }

    static func chart(fromArchive bytes: [UInt8], path: String, depth: Int = 0) throws -> Chart {
        do {
            let files = try ChartArchive.files(bytes, path: path)
            return try chart(from: files, path: path, depth: depth)
        } catch var error as PlumbError {
            if !error.message.contains(path) { error.message = "\(path): " + error.message }
            throw error
        }
    }

    private static func subchart(_ name: String, _ files: [ChartFile], path: String, depth: Int) throws -> Chart? {
        if name.hasPrefix("_") || name.hasPrefix(".") { return nil }
        if name.hasSuffix(".tgz") {
            guard let file = files.first, file.path == name else { return nil }
            return try chart(fromArchive: file.content, path: path, depth: depth + 1)
        }
        let inside = files.compactMap { file in
            file.path.hasPrefix(name + "/") ? ChartFile(String(file.path.dropFirst(name.count + 1)), file.content) : nil
        }
        return try chart(from: inside, path: path, depth: depth + 1)
    }
}

extension [UInt8] {
    fileprivate var withoutByteOrderMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }
}
