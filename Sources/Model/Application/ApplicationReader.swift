package import Manifests

/// Reads an `Application` object. Unknown fields, and fields whose feature is not there yet, are errors.
package enum ApplicationReader {
    package static func application(from manifest: Manifest) throws -> Application {
        let reader = ObjectReader(manifest.value, "the Application", at: manifest.origin)
        guard manifest.kind == "Application", manifest.apiVersion == "plumb.dev/v1alpha1" else {
            throw reader.error(
                "This is \(manifest.apiVersion.quoted) \(manifest.kind.quoted), and an Application is plumb.dev/v1alpha1 Application."
            )
        }
        for key in ["apiVersion", "kind"] { _ = try reader.value(key) }
        let metadata = ObjectReader(try reader.require("metadata"), "metadata", at: manifest.origin)
        let name = try metadata.string("name")
        for key in ["labels", "annotations", "namespace"] { _ = try metadata.value(key) }
        try metadata.finish()
        try ApplicationName.validate(name, at: manifest.origin)

        let spec = ObjectReader(try reader.require("spec"), "spec", at: manifest.origin)
        try reader.finish()
        return try application(named: name, from: spec, at: manifest.origin)
    }

    private static func application(named name: String, from spec: ObjectReader, at origin: Origin) throws -> Application {
        var application = Application(name: name)
        let sources = try spec.array("sources")
        guard sources.count == 1 else {
            throw spec.error("spec.sources has \(sources.count) sources, and an application has exactly one.")
        }
        application.source = try source(from: ObjectReader(sources[0], "spec.sources[0]", at: origin))
        if let target = try spec.optionalObject("target") { application.target = try self.target(from: target) }
        application.serviceAccount = try spec.optionalString("serviceAccount")
        application.dependsOn = try (spec.optionalArray("dependsOn") ?? []).enumerated().map { index, value in
            let reader = ObjectReader(value, "spec.dependsOn[\(index)]", at: origin)
            let name = try reader.string("name")
            try reader.finish()
            guard name != application.name else { throw reader.error("The application \(name) depends on itself.") }
            return name
        }
        if let substitute = try spec.optionalObject("substitute") {
            for key in substitute.object.keys { application.substitute[key] = try substitute.string(key) }
            try substitute.finish()
        }
        if let sync = try spec.optionalObject("sync") { application.sync = try SyncPolicyReader.policy(from: sync) }
        if let deadlines = try spec.optionalObject("deadlines") {
            application.deadlines.applied = try deadlines.duration("applied") ?? application.deadlines.applied
            application.deadlines.healthy = try deadlines.duration("healthy") ?? application.deadlines.healthy
            try deadlines.finish()
        }
        application.ignore = try (spec.optionalArray("ignore") ?? []).enumerated().map { index, value in
            try ignoreRule(from: ObjectReader(value, "spec.ignore[\(index)]", at: origin))
        }
        try spec.finish()
        return application
    }

    private static func source(from reader: ObjectReader) throws -> Application.Source {
        var source = Application.Source(path: try reader.optionalString("path") ?? ".")
        try reader.refuse("repository", "Repository objects belong to the operator; name the repository inline under git.")
        if let git = try reader.optionalObject("git") {
            source.git = try gitSource(from: git, secret: reader.optionalObject("secretRef"))
        } else {
            try reader.refuse("secretRef", "only a git source has credentials.")
        }
        if let render = try reader.optionalObject("render") { source.renderer = try renderer(from: render) }
        try reader.finish()
        return source
    }

    private static func renderer(from reader: ObjectReader) throws -> Application.Renderer {
        try reader.refuse("helm", "this version renders plain manifests and Kustomize.")
        let (kustomize, plain) = (try reader.optionalObject("kustomize"), try reader.optionalObject("plain"))
        try reader.finish()
        try kustomize?.finish()
        try plain?.finish()
        guard kustomize == nil || plain == nil else { throw reader.error("A source is rendered by one of kustomize and plain.") }
        return kustomize != nil ? .kustomize : plain != nil ? .plain : .detect
    }

    private static func gitSource(from git: ObjectReader, secret: ObjectReader?) throws -> Application.GitSource {
        var source = Application.GitSource(url: try git.string("url"))
        var references: [Application.GitSource.Reference] = []
        if let branch = try git.optionalString("branch") { references.append(.branch(branch)) }
        if let tag = try git.optionalString("tag") { references.append(.tag(tag)) }
        if let commit = try git.optionalString("commit") { references.append(.commit(commit)) }
        if let ref = try git.optionalString("ref") { references.append(.ref(ref)) }
        try git.refuse("semver", "version ranges over tags belong to the operator; name a tag.")
        try git.refuse("verify", "commit signatures belong to the operator.")
        try git.finish()
        guard references.count <= 1 else { throw git.error("A git source names one of branch, tag, commit and ref.") }
        source.reference = references.first ?? .head
        if let secret {
            let name = try secret.string("name")
            try secret.finish()
            try validateSecret(name, secret)
            source.secret = name
        }
        return source
    }

    /// It becomes the name of a directory, and must not lead out of the one that it is in.
    private static func validateSecret(_ name: String, _ reader: ObjectReader) throws {
        let isAllowed: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
        guard !name.isEmpty, name.utf8.count <= 253, name.utf8.first != 46, name.utf8.allSatisfy(isAllowed) else {
            throw reader.error("\(name.quoted) cannot name a secret; it has lower-case letters, digits, dashes and dots.")
        }
    }

    private static func target(from reader: ObjectReader) throws -> Application.TargetReference {
        let target = Application.TargetReference(
            name: try reader.optionalString("name"), namespace: try reader.optionalString("namespace"),
            createNamespace: try reader.optionalBool("createNamespace") ?? false)
        try reader.finish()
        return target
    }

    private static func ignoreRule(from reader: ObjectReader) throws -> IgnoreRule {
        let rule = IgnoreRule(
            group: try reader.optionalString("group") ?? "", kind: try reader.string("kind"),
            namespace: try reader.optionalString("namespace"), name: try reader.optionalString("name") ?? "*",
            paths: try reader.strings("paths"))
        try reader.finish()
        guard !rule.paths.isEmpty else { throw reader.error("An ignore rule without paths ignores nothing; name the paths.") }
        for path in rule.paths where !path.hasPrefix("/") || path.count < 2 {
            throw reader.error("The ignore path \(path.quoted) has to be a JSON pointer such as /spec/replicas.")
        }
        return rule
    }
}
