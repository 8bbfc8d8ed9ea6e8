import Manifests

/// Reads an element of `spec.sources`.
enum ApplicationSourceReader {
    static func source(from reader: ObjectReader) throws -> Application.Source {
        var source = Application.Source(path: try reader.optionalString("path") ?? ".")
        let git = try reader.optionalObject("git")
        source.repository = try reader.optionalString("repository")
        switch (git, source.repository) {
        case (_?, _?): throw reader.error("A source names one of git and repository.")
        case (let git?, nil):
            source.git = try GitSourceReader.source(from: git, secret: reader.optionalObject("secretRef"))
        case (nil, let name?):
            try ApplicationName.validate(name, of: "a repository", at: reader.origin)
            source.reference = try GitSourceReader.reference(from: reader)
            try reader.refuse("secretRef", "the Repository \(name) has its own credentials.")
        case (nil, nil): try reader.refuse("secretRef", "only a git source has credentials.")
        }
        if let render = try reader.optionalObject("render") { source.renderer = try renderer(from: render) }
        try reader.finish()
        return source
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
