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
        let git = ObjectReader(try spec.require("git"), "spec.git", at: manifest.origin)
        let source = try GitSourceReader.source(from: git, secret: spec.optionalObject("secretRef"))
        let interval = try spec.duration("interval") ?? Repository.interval
        try spec.finish()
        guard interval >= shortest else {
            throw spec.error(
                "spec.interval is \(DurationText.print(interval)), and has to be at least \(DurationText.print(shortest)).")
        }
        return Repository(name: name, git: source, interval: interval)
    }
}
