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
        for key in ["labels", "namespace"] { _ = try metadata.value(key) }
        let annotations = try metadata.optionalObject("annotations")
        try metadata.finish()
        try ApplicationName.validate(name, at: manifest.origin)

        let spec = ObjectReader(try reader.require("spec"), "spec", at: manifest.origin)
        try reader.finish()
        var application = try application(named: name, from: spec, at: manifest.origin)
        application.renamedFrom = try annotations.flatMap { try renamedFrom($0, name: name) }
        return application
    }

    private static func renamedFrom(_ annotations: ObjectReader, name: String) throws -> String? {
        guard let old = try annotations.optionalString("plumb.dev/renamed-from") else { return nil }
        try ApplicationName.validate(old, at: annotations.origin)
        guard old != name else { throw annotations.error("The application \(name) cannot be renamed from its own name.") }
        return old
    }

    private static func application(named name: String, from spec: ObjectReader, at origin: Origin) throws -> Application {
        var application = Application(name: name)
        let sources = try spec.array("sources")
        guard sources.count == 1 else {
            throw spec.error("spec.sources has \(sources.count) sources, and an application has exactly one.")
        }
        application.source = try ApplicationSourceReader.source(from: ObjectReader(sources[0], "spec.sources[0]", at: origin))
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
