import Manifests

/// Reads `render.helm` of a source.
enum HelmSettingsReader {
    static func settings(from reader: ObjectReader) throws -> HelmSettings {
        var settings = HelmSettings()
        if let name = try reader.optionalString("releaseName") {
            try ReleaseName.validate(name, at: reader.origin)
            settings.releaseName = name
        }
        if let values = try reader.value("values") {
            guard let object = values.object else {
                throw reader.error("render.helm.values has to be a mapping, and is \(values.typeName).")
            }
            settings.values = object
        }
        settings.valuesFiles = try reader.strings("valuesFiles")
        settings.includesDefinitions = try reader.optionalBool("includeCRDs") ?? settings.includesDefinitions
        settings.kubeVersion = try reader.optionalString("kubeVersion")
        settings.apiVersions = try reader.strings("apiVersions")
        settings.valuesFrom = try ValuesReferenceReader.references(from: reader)
        settings.looksUp = try reader.optionalBool("lookup") ?? settings.looksUp
        settings.postRender = try reader.optionalObject("postRender").map { try kustomization(of: $0) }
        try reader.refuse("repository", "a chart from a repository is named by helm of the source, beside render.")
        try reader.refuse("chart", "a chart from a repository is named by helm of the source, beside render.")
        try reader.refuse("version", "a chart from a repository is named by helm of the source, beside render.")
        try reader.refuse("parameters", "write them as values.")
        try reader.finish()
        if let version = settings.kubeVersion, !isVersion(version) {
            throw reader.error("kubeVersion is \(version.quoted), and has to be a version such as 1.31 or v1.31.2.")
        }
        return settings
    }

    private static func kustomization(of reader: ObjectReader) throws -> Object {
        let kustomization = try reader.require("kustomize")
        try reader.finish()
        guard let object = kustomization.object, !object.isEmpty else {
            throw reader.error("render.helm.postRender.kustomize has to be a mapping with the fields of a kustomization.")
        }
        return object
    }

    private static func isVersion(_ text: String) -> Bool {
        let digits = text.drop { $0 == "v" }.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
        return digits.count >= 2 && digits.allSatisfy { Int($0) != nil }
    }
}
