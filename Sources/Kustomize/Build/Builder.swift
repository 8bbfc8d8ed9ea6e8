import Manifests
import Model

/// Computes the objects of a layer and all beneath it. Pure: everything was read before.
struct Builder {
    static func build(_ layer: Layer) throws -> [Manifest] {
        var builder = Builder(root: layer)
        try builder.accumulate(layer)
        try NameHash.apply(to: &builder.set)
        let table = builder.ownFields.map { ReferenceTable($0.nameReferences) } ?? .standard
        try NameReferences.fix(&builder.set, table: table)
        try Variables.expand(builder.variables, in: &builder.set, fields: builder.fields.variables)
        builder.set.settleShared()
        try builder.checkNames()
        builder.dropLocalConfiguration()
        try Sorting.sort(&builder.set, layer.rules.sortOrder ?? Sorting.standard)
        let finisher = Finisher(metadata: layer.rules.metadata)
        return builder.set.resources.map { Manifest(value: finisher.finished($0), origin: $0.origin) }
    }

    /// The objects of a layer as its parent gets them: names are not hashed, references not followed.
    static func accumulated(_ layer: Layer) throws -> [Manifest] {
        var builder = Builder(root: layer)
        try builder.accumulate(layer)
        return builder.set.resources.map { Manifest(value: $0.value, origin: $0.origin) }
    }

    private var set = ResourceSet()
    /// The fields as configurations and those of layers beneath leave them; nil as long as no configuration adds anything.
    private var ownFields: FieldConfiguration?
    /// Whether Kustomize's own fields have been merged in, as every layer does once its resources are there.
    private var hasFields = false
    private var fields: FieldConfiguration { ownFields ?? .standard }
    private var variables: [Variable] = []
    /// Nil where nobody asks where objects come from.
    private let directory: [String]?
    /// Whether transformations are noted in annotations.
    private let notesTransformations: Bool

    /// The first that any kustomization names hold for all that comes after it.
    private var types: Layer.Types?
    private var schema: OpenAPISchema? {
        guard case .custom(let schema)? = types else { return nil }
        return schema
    }

    private init(root: Layer) {
        directory = root.rules.metadata.isEmpty ? nil : root.directory.components
        notesTransformations = root.rules.metadata.contains(.transformerAnnotations)
    }

    private init(below parent: Builder) {
        directory = parent.directory
        notesTransformations = parent.notesTransformations
        types = parent.types
    }

    /// Adds what a layer gives. A component works on what its parent has gathered; any other layer starts empty.
    private mutating func accumulate(_ layer: Layer) throws {
        try choose(layer.types)
        for resource in layer.resources {
            switch resource {
            case .documents(let manifests):
                try set.append(contentsOf: manifests.map(resource(of:)))
            case .layer(let inner):
                var builder = Builder(below: self)
                try builder.accumulate(inner)
                types = builder.types
                try set.append(contentsOf: builder.set.resources)
                try mergeFields(builder.ownFields, file: inner.file)
                try define(builder.variables)
            }
        }
        set.use(schema)
        try mergeFields(of: layer)
        for generator in layer.generators { try generate(generator, of: layer) }
        for component in layer.components {
            try accumulate(component)
            // What a component leaves is merged again, into nothing.
            guard let fields = ownFields else { continue }
            (ownFields, hasFields) = (nil, false)
            try mergeFields(fields, file: component.file)
        }
        set.use(schema)
        try transform(layer)
        try validate(layer)
        for variable in layer.rules.variables { try variable.mark(in: &set) }
        try define(layer.rules.variables)
    }

    private mutating func choose(_ new: Layer.Types?) throws {
        guard types == nil, let new else { return }
        if case .unusable(let error) = new { throw error }
        types = new
    }

    private mutating func generate(_ generator: Layer.Generator, of layer: Layer) throws {
        let provenance = provenance(generator.plugin, in: generator.file)
        let manifests: [Manifest]
        switch generator.rule {
        case .data(let rule):
            return try Generator(rule: rule, files: layer.files, file: generator.file, provenance: provenance).run(on: &set)
        case .objects(let objects): manifests = objects
        case .chart(let rule, let chart?): manifests = try rule.manifests(of: chart, files: layer.files)
        case .chart(let rule, nil): throw rule.missing()
        }
        try set.append(
            contentsOf: manifests.map { manifest in
                var resource = resource(of: manifest)
                resource.provenance = provenance
                return resource
            })
    }

    private func resource(of manifest: Manifest) -> Resource {
        var resource = Resource(value: manifest.value, origin: manifest.origin)
        resource.needsHash = resource.takeAnnotation("internal.config.kubernetes.io/needsHashSuffix") == "enabled"
        if let directory { resource.provenance = Provenance(path: Provenance.path(of: manifest.origin.file, from: directory)) }
        return resource
    }

    private func provenance(_ plugin: Provenance.Plugin, in file: String) -> Provenance? {
        directory.map { Provenance(path: Provenance.path(of: file, from: $0), plugin: plugin) }
    }

    private mutating func define(_ new: [Variable]) throws {
        for variable in new {
            guard !variables.contains(where: { $0.name == variable.name }) else { throw variable.alreadyDefined() }
            variables.append(variable)
        }
    }

    private mutating func mergeFields(of layer: Layer) throws {
        var own: FieldConfiguration?
        if !layer.additions.isEmpty {
            var standard = FieldConfiguration.standard
            try standard.merge(layer.additions, file: layer.file)
            own = standard
        }
        try mergeFields(own, file: layer.file)
        guard !layer.crdFields.isEmpty else { return }
        var all = fields
        try all.merge(layer.crdFields, file: layer.file)
        ownFields = all
    }

    /// Merges the fields of a layer; nil are Kustomize's own. What was merged first stands for what comes later.
    private mutating func mergeFields(_ new: FieldConfiguration?, file: String) throws {
        defer { hasFields = true }
        guard ownFields != nil || new != nil else { return }
        var all = hasFields ? fields : FieldConfiguration()
        try all.merge(new ?? .standard, file: file)
        ownFields = all
    }

    private mutating func transform(_ layer: Layer) throws {
        for rule in try TransformerRule.rules(of: layer.rules, fields: fields, file: layer.file) {
            try rule.apply(to: &set, files: layer.files, file: layer.file)
            note(Provenance.Plugin(apiVersion: "builtin", kind: rule.kind), in: layer.file)
        }
        for transformer in layer.transformers {
            try transformer.rule.apply(to: &set, files: layer.files, file: transformer.file)
            note(transformer.plugin, in: transformer.file)
        }
    }

    private mutating func note(_ plugin: Provenance.Plugin, in file: String) {
        guard let provenance = provenance(plugin, in: file) else { return }
        for index in set.resources.indices {
            set.resources[index].transformations.append(provenance)
            if notesTransformations { set.resources[index].detachAnnotations() }
        }
    }

    /// A validator may add the label that says so, and change nothing else.
    private mutating func validate(_ layer: Layer) throws {
        for validator in layer.validators {
            let before = set.resources.map(\.value)
            try validator.rule.apply(to: &set, files: layer.files, file: validator.file)
            let after = set.resources.map { resource in
                var resource = resource
                resource.removeLabel("validated-by")
                return resource.value
            }
            guard before == after else {
                throw PlumbError(
                    .invalid, "The validator \(validator.plugin.kind) \(validator.plugin.name) changes objects.",
                    remedy: "List it under transformers.", at: Origin(file: validator.file))
            }
        }
    }

    /// A patch may have taken the kind or the name.
    private func checkNames() throws {
        for resource in set.resources {
            let missing = resource.kind.isEmpty ? "kind" : resource.name.isEmpty ? "metadata.name" : ""
            guard !missing.isEmpty, !resource.kind.hasSuffix("List") else { continue }
            throw PlumbError(
                .invalid, "\(resource.originalID) has no \(missing) once everything is applied to it.",
                remedy: "Correct the patch that removes it.", at: resource.origin)
        }
    }

    /// Objects that only configure the kustomization itself never leave it.
    private mutating func dropLocalConfiguration() {
        set.resources.removeAll { resource in
            resource.annotations["config.kubernetes.io/local-config"].map { $0 != "false" } ?? false
        }
    }
}
