import Manifests
import Model

/// Computes the objects of a layer and all beneath it. Pure: everything was read before.
struct Builder {
    static func build(_ layer: Layer) throws -> [Manifest] {
        var builder = Builder(root: layer)
        try builder.accumulate(layer)
        try NameHash.apply(to: &builder.set)
        let table = builder.additions.isEmpty ? ReferenceTable.standard : ReferenceTable(try builder.fields(layer).nameReferences)
        try NameReferences.fix(&builder.set, table: table)
        try Variables.expand(builder.variables, in: &builder.set, fields: builder.fields(layer).variables)
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
    /// What configurations add to Kustomize's own fields; it holds for the layers above, too.
    private var additions = FieldConfiguration()
    private var variables: [Variable] = []
    /// Nil where nobody asks where objects come from.
    private let directory: [String]?

    /// The first that any kustomization brings holds for all that comes after it.
    private var schema: OpenAPISchema?

    private init(root: Layer) { directory = root.rules.metadata.isEmpty ? nil : root.directory.components }

    private init(below parent: Builder) {
        directory = parent.directory
        schema = parent.schema
    }

    /// Adds what a layer gives. A component works on what its parent has gathered; any other layer starts empty.
    private mutating func accumulate(_ layer: Layer) throws {
        schema = schema ?? layer.schema
        for resource in layer.resources {
            switch resource {
            case .documents(let manifests):
                try set.append(contentsOf: manifests.map(resource(of:)))
            case .layer(let inner):
                var builder = Builder(below: self)
                try builder.accumulate(inner)
                schema = builder.schema
                try set.append(contentsOf: builder.set.resources)
                try additions.merge(builder.additions, file: inner.file)
                try define(builder.variables)
            }
        }
        set.use(schema)
        try additions.merge(layer.additions, file: layer.file)
        for generator in layer.generators { try generate(generator, of: layer) }
        for component in layer.components { try accumulate(component) }
        set.use(schema)
        try transform(layer)
        try validate(layer)
        for variable in layer.rules.variables { try variable.mark(in: &set) }
        try define(layer.rules.variables)
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

    private func fields(_ layer: Layer) throws -> FieldConfiguration {
        guard !additions.isEmpty else { return .standard }
        var result = FieldConfiguration.standard
        try result.merge(additions, file: layer.file)
        return result
    }

    private mutating func transform(_ layer: Layer) throws {
        for rule in try TransformerRule.rules(of: layer.rules, fields: fields(layer), file: layer.file) {
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
        for index in set.resources.indices { set.resources[index].transformations.append(provenance) }
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

    /// Objects that only configure the kustomization itself never leave it.
    private mutating func dropLocalConfiguration() {
        set.resources.removeAll { resource in
            resource.annotations["config.kubernetes.io/local-config"].map { $0 != "false" } ?? false
        }
    }
}
