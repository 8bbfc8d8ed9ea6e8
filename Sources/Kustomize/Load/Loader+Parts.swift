import Helm
import Manifests
import Model

/// What a kustomization names beside its resources and components.
extension Loader {
    /// What `configurations:`, `openapi:` and `crds:` name.
    mutating func loadConfigurations(into layer: inout Layer) async throws {
        for (index, entry) in layer.rules.configurations.enumerated() {
            let loaded = try await loadFile(entry, "configurations[\(index)]", of: layer)
            try layer.additions.merge(FieldConfigurationReader.read(loaded.bytes, file: loaded.path), file: loaded.path)
        }
        if let rule = layer.rules.types { layer.types = try await loadTypes(rule, of: layer) }
        for (index, entry) in layer.rules.crds.enumerated() {
            let loaded = try await loadFile(entry, "crds[\(index)]", of: layer)
            try layer.crdFields.merge(CRDReader.read(loaded.bytes, file: loaded.path), file: loaded.path)
        }
    }

    /// What is wrong with them counts only where nothing before them says which types there are; a file has to be there.
    private mutating func loadTypes(_ rule: TypesRule, of layer: Layer) async throws -> Layer.Types? {
        let origin = Origin(file: layer.file)
        var loaded: LoadedFile?
        if let path = rule.path { loaded = try await loadFile(path, "openapi.path", of: layer) }
        switch (loaded, rule.version) {
        case (_?, _?):
            return .unusable(PlumbError(.invalid, "openapi takes either a path or a version, and not both.", at: origin))
        case (let loaded?, nil):
            do {
                let document = try YAML.parse(loaded.bytes, file: loaded.path).first
                return .custom(try OpenAPISchema(document?.value ?? .object(Object())))
            } catch {
                return .unusable(PlumbError(.invalid, error.message, at: error.origin ?? Origin(file: loaded.path)))
            }
        case (nil, nil), (nil, ""): return nil
        case (nil, "v1.21.2"): return .builtin
        case (nil, let version?):
            return .unusable(
                PlumbError(
                    .invalid, "There is no built-in version \(version.quoted) of the API.", remedy: "Write v1.21.2.", at: origin))
        }
    }

    mutating func loadPlugins(into layer: inout Layer) async throws {
        let reader = PluginReader(directory: layer.directory)
        layer.generators = layer.rules.generators.map { rule in
            let plugin = Provenance.Plugin(apiVersion: "builtin", kind: "\(rule.kind.rawValue)Generator")
            return Layer.Generator(rule: .data(rule), plugin: plugin, file: layer.file)
        }
        layer.generators += layer.rules.charts.map { rule in
            let plugin = Provenance.Plugin(apiVersion: "builtin", kind: "HelmChartInflationGenerator")
            return Layer.Generator(rule: .chart(rule, nil), plugin: plugin, file: layer.file)
        }
        layer.generators += try await plugins(layer.rules.pluginGenerators, "generators", of: &layer).map(reader.generator)
        layer.transformers = try await plugins(layer.rules.pluginTransformers, "transformers", of: &layer).map(reader.transformer)
        layer.validators = try await plugins(layer.rules.pluginValidators, "validators", of: &layer).map(reader.transformer)
    }

    /// The documents that configure generators or transformers: those written in place first, then those of files and of
    /// kustomizations.
    private mutating func plugins(_ entries: [String], _ field: String, of layer: inout Layer) async throws -> [Manifest] {
        var result: [Manifest] = []
        var paths: [String] = []
        for entry in entries {
            let documents = try? YAML.parse(Array(entry.utf8), file: layer.file, dialect: .kustomize)
            if let documents, documents.contains(where: { $0.value.object != nil }) {
                let inline = documents.map { YAML.Document(value: $0.value, line: 1) }
                result += try ResourceReader.manifests(in: inline, file: layer.file).map {
                    Manifest(value: $0.value, origin: Origin(file: layer.file))
                }
            } else {
                paths.append(entry)
            }
        }
        for path in paths {
            switch try await loadResource(path, from: layer.directory, field: field, file: layer.file) {
            case .documents(let manifests): result += manifests
            case .layer(let inner):
                layer.size += inner.size
                result += try Builder.accumulated(inner)
            }
        }
        try refuseTwins(result, field, file: layer.file)
        return result
    }

    /// Plugins are objects like others: two of one kind need two names.
    private func refuseTwins(_ plugins: [Manifest], _ field: String, file: String) throws {
        var seen: Set<ResourceID> = []
        for plugin in plugins {
            let id = Resource(value: plugin.value, origin: plugin.origin).id
            guard seen.insert(id).inserted else {
                throw PlumbError(
                    .invalid, "\(plugin.kind) \(plugin.name.quoted) is there twice under \(field).",
                    remedy: "Give one of them another name.", at: plugin.origin)
            }
        }
    }

    /// Charts are read here and rendered when their objects are wanted.
    mutating func loadCharts(into layer: inout Layer) async throws {
        for index in layer.generators.indices {
            guard case .chart(let rule, _) = layer.generators[index].rule else { continue }
            var found: TreePath?
            for place in rule.places where found == nil {
                let path = try local(place, in: layer.directory, field: rule.field, file: layer.file)
                if case .directory? = try await tree.entry(at: path) { found = path }
            }
            guard let found else { throw rule.missing() }
            layer.generators[index].rule = .chart(rule, try await Chart.load(from: tree, at: found))
            for name in rule.files where layer.files[name] == nil {
                layer.files[name] = try await loadFile(name, rule.field, of: layer)
            }
        }
    }

    mutating func loadFiles(into layer: inout Layer) async throws {
        var wanted: [(path: String, field: String)] = []
        for case .data(let rule) in layer.generators.map(\.rule) {
            wanted += rule.envs.map { ($0, "\(rule.field).envs") }
            for source in rule.files {
                wanted.append((try KeyValues.fileSource(source, rule: rule, file: layer.file).path, "\(rule.field).files"))
            }
        }
        let own = try TransformerRule.rules(of: layer.rules, fields: FieldConfiguration(), file: layer.file)
        wanted += (own + layer.transformers.map(\.rule) + layer.validators.map(\.rule)).flatMap(\.files)
        for (name, field) in wanted where layer.files[name] == nil {
            layer.files[name] = try await loadFile(name, field, of: layer)
        }
    }
}
