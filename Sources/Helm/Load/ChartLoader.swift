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
        var subcharts: [String: [ChartFile]] = [:]
        for file in files {
            switch file.path {
            case "Chart.yaml": break
            case "Chart.lock":
                if chart.metadata.apiVersion == "v1" { chart.files.append(file) } else { chart.lock = file.content }
            case "requirements.lock" where chart.metadata.apiVersion == "v1":
                chart.lock = file.content
                chart.files.append(file)
            case "values.yaml": chart.values = try values(file.content, file: "\(path)/values.yaml")
            case "values.schema.json": chart.schema = file.content
            case "requirements.yaml" where chart.metadata.apiVersion == "v1":
                chart.metadata.dependencies = try requirements(file.content, file: "\(path)/requirements.yaml")
                chart.files.append(file)
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

    /// The mappings of all documents, a later one over an earlier one.
    static func values(_ bytes: [UInt8], file: String) throws -> Object {
        // JSON may write characters as two escapes, which YAML has not.
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), case .object(let object)? = try? JSON.parse(bytes) {
            return object
        }
        let documents = try YAML.parse(bytes, file: file, dialect: .helm)
        return try documents.reduce(into: Object()) { values, document in
            guard case .object(let object) = document.value else {
                throw PlumbError(.invalid, "\(file) holds \(document.value.typeName), and values are a mapping.")
            }
            merge(object, into: &values)
        }
    }

    private static func merge(_ new: Object, into values: inout Object) {
        for member in new {
            if case .object(let inner) = member.value, case .object(var own)? = values[member.key] {
                merge(inner, into: &own)
                values[member.key] = .object(own)
            } else {
                values[member.key] = member.value
            }
        }
    }

    private static func requirements(_ bytes: [UInt8], file: String) throws -> [ChartDependency] {
        let list = try values(bytes, file: file)["dependencies"]?.array ?? []
        return try list.map { try ChartDependency($0, file: file) }
    }
}

extension [UInt8] {
    fileprivate var withoutByteOrderMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }
}
