package import Manifests

/// Reads a `Repository` object. Unknown fields are errors.
package enum RepositoryReader {
    private static let shortest = Duration.seconds(1)

    /// Throws `invalid` with the place of the object.
    package static func repository(from manifest: Manifest) throws -> Repository {
        let reader = ObjectReader(manifest.value, "the Repository", at: manifest.origin)
        guard manifest.kind == "Repository", manifest.apiVersion == "plumb.dev/v1alpha1" else {
            throw reader.error(
                "This is \(manifest.apiVersion.quoted) \(manifest.kind.quoted), and a Repository is plumb.dev/v1alpha1 Repository.")
        }
        for key in ["apiVersion", "kind"] { _ = try reader.value(key) }
        let metadata = ObjectReader(try reader.require("metadata"), "metadata", at: manifest.origin)
        let name = try metadata.string("name")
        for key in ["labels", "annotations", "namespace"] { _ = try metadata.value(key) }
        try metadata.finish()
        try ApplicationName.validate(name, of: "a repository", at: manifest.origin)

        let spec = ObjectReader(try reader.require("spec"), "spec", at: manifest.origin)
        try reader.finish()
        let location = try location(from: spec)
        let interval = try spec.duration("interval") ?? Repository.interval
        try spec.finish()
        guard interval >= shortest else {
            throw spec.error(
                "spec.interval is \(DurationText.print(interval)), and has to be at least \(DurationText.print(shortest)).")
        }
        return Repository(name: name, location, interval: interval)
    }

    private static func location(from spec: ObjectReader) throws -> Repository.Location {
        let (git, helm) = (try spec.optionalObject("git"), try spec.optionalObject("helm"))
        let secret = try spec.optionalObject("secretRef")
        switch (git, helm) {
        case (let git?, nil): return .git(try GitSourceReader.source(from: git, secret: secret))
        case (nil, let helm?): return .charts(try ChartSourceReader.repository(from: helm, secret: secret))
        case (_?, _?): throw spec.error("A Repository is one of git and helm.")
        case (nil, nil): throw spec.error("spec lacks the field git or helm\(spec.present).")
        }
    }
}
