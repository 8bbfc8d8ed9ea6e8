import Manifests

/// Reads an element of `spec.sources`.
enum ApplicationSourceReader {
    static func source(from reader: ObjectReader) throws -> Application.Source {
        var source = Application.Source(try place(from: reader))
        if case .chart = source.place {
            try reader.refuse("path", "a chart from a repository is taken whole.")
        } else if case .repository(_, .chart) = source.place {
            try reader.refuse("path", "a chart from a repository is taken whole.")
        }
        source.path = try reader.optionalString("path") ?? "."
        if let render = try reader.optionalObject("render") { source.renderer = try renderer(from: render) }
        try reader.finish()
        return source
    }

    private static func place(from reader: ObjectReader) throws -> Application.Place {
        let (git, helm) = (try reader.optionalObject("git"), try reader.optionalObject("helm"))
        let repository = try reader.optionalString("repository")
        guard [git != nil, helm != nil, repository != nil].count(where: \.self) < 2 else {
            throw reader.error("A source names one of git, helm and repository.")
        }
        if let git { return .git(try GitSourceReader.source(from: git, secret: reader.optionalObject("secretRef"))) }
        if let helm { return try ChartSourceReader.place(from: helm, secret: reader.optionalObject("secretRef")) }
        guard let repository else {
            try reader.refuse("secretRef", "only a git or helm source has credentials.")
            return .own
        }
        try ApplicationName.validate(repository, of: "a repository", at: reader.origin)
        try reader.refuse("secretRef", "the Repository \(repository) has its own credentials.")
        guard let chart = try reader.optionalString("chart") else {
            return .repository(repository, .reference(try GitSourceReader.reference(from: reader)))
        }
        return .repository(repository, .chart(try ChartSourceReader.selection(named: chart, from: reader)))
    }

    private static func renderer(from reader: ObjectReader) throws -> Application.Renderer {
        let (kustomize, plain) = (try reader.optionalObject("kustomize"), try reader.optionalObject("plain"))
        let (helm, plugin) = (try reader.optionalObject("helm"), try reader.optionalObject("plugin"))
        try reader.finish()
        try kustomize?.finish()
        try plain?.finish()
        guard [kustomize, plain, helm, plugin].compactMap(\.self).count < 2 else {
            throw reader.error("A source is rendered by one of helm, kustomize, plain and plugin.")
        }
        if let plugin { return .plugin(try PluginSettings.read(from: plugin)) }
        if let helm { return .helm(try HelmSettingsReader.settings(from: helm)) }
        return kustomize != nil ? .kustomize : plain != nil ? .plain : .detect
    }
}
