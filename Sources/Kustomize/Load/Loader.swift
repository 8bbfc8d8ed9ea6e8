import Manifests
import Model

/// Reads the graph of kustomizations from a file tree, each directory once.
struct Loader {
    let tree: any FileTree
    private var loaded: [TreePath: Layer] = [:]
    private var open: [TreePath] = []
    private var bytesRead = 0

    init(tree: any FileTree) { self.tree = tree }

    mutating func load(_ directory: TreePath) async throws -> Layer {
        if let layer = loaded[directory] { return layer }
        if let first = open.firstIndex(of: directory) {
            let circle = (open[first...] + [directory]).map { $0.isRoot ? "\".\"" : $0.description }.joined(separator: " → ")
            throw PlumbError(
                .invalid, "These kustomizations name each other in a circle: \(circle).", remedy: "Remove one of the references.")
        }
        guard open.count < KustomizeLimits.depth else {
            throw PlumbError(.limit, "Kustomizations are nested more than \(KustomizeLimits.depth) deep at \(directory).")
        }
        open.append(directory)
        defer { open.removeLast() }
        let layer = try await read(directory)
        guard layer.size <= KustomizeLimits.layers else {
            throw PlumbError(.limit, "The kustomization \(layer.file) consists of more than \(KustomizeLimits.layers) others.")
        }
        loaded[directory] = layer
        return layer
    }

    private mutating func read(_ directory: TreePath) async throws -> Layer {
        let path = try await kustomizationFile(in: directory)
        let file = path.description
        let documents = try await parse(path, .kubernetes)
        guard let document = documents.first, documents.count == 1 else {
            let found = documents.isEmpty ? "is empty" : "holds \(documents.count)"
            throw PlumbError(.invalid, "A kustomization file holds one document, but this one \(found).", at: Origin(file: file))
        }
        let rules = try KustomizationReader.read(document.value, file: file)
        var layer = Layer(file: file, directory: directory, rules: rules)
        for name in rules.resources {
            let resource = try await loadResource(name, from: directory, field: "resources", file: file)
            if case .layer(let inner) = resource { layer.size += inner.size }
            layer.resources.append(resource)
        }
        for name in rules.components {
            let component = try await load(try local(name, in: directory, field: "components", file: file))
            guard component.rules.isComponent else {
                throw PlumbError(
                    .invalid, "\(name.quoted) under components is not of kind Component.", at: Origin(file: component.file))
            }
            layer.size += component.size
            layer.components.append(component)
        }
        try await loadConfigurations(into: &layer)
        try await loadPlugins(into: &layer)
        try await loadFiles(into: &layer)
        return layer
    }

    private func kustomizationFile(in directory: TreePath) async throws -> TreePath {
        var found: [TreePath] = []
        for name in Kustomize.fileNames {
            if case .file? = try await tree.entry(at: directory.child(name)) { found.append(directory.child(name)) }
        }
        guard let first = found.first else {
            throw PlumbError(
                .notFound, "There is no kustomization in \(directory.isRoot ? "the source" : directory.description).",
                remedy: "Add a file \(Kustomize.fileNames[0]) there, or name another directory."
            )
        }
        guard found.count == 1 else {
            let names = found.map(\.name).joined(separator: " and ")
            throw PlumbError(
                .invalid,
                "There are several kustomization files in \(directory.isRoot ? "the source" : directory.description): \(names).",
                remedy: "Keep one of them.")
        }
        return first
    }

    private mutating func loadResource(_ name: String, from directory: TreePath, field: String, file: String) async throws
        -> Layer.Resource
    {
        let path = try local(name, in: directory, field: field, file: file)
        switch try await tree.entry(at: path) {
        case .file?:
            return .documents(try ResourceReader.manifests(in: try await parse(path, .kustomize), file: path.description))
        case .directory?:
            let layer = try await load(path)
            guard !layer.rules.isComponent else {
                throw PlumbError(
                    .invalid, "\(name.quoted) under \(field) is a Component.", remedy: "List it under components.",
                    at: Origin(file: file)
                )
            }
            return .layer(layer)
        case nil: throw missing(name, field, file)
        }
    }

    /// What `configurations:`, `openapi:` and `crds:` name.
    private mutating func loadConfigurations(into layer: inout Layer) async throws {
        for (index, entry) in layer.rules.configurations.enumerated() {
            let loaded = try await loadFile(entry, "configurations[\(index)]", of: layer)
            try layer.additions.merge(FieldConfigurationReader.read(loaded.bytes, file: loaded.path), file: loaded.path)
        }
        if let path = layer.rules.schema {
            let loaded = try await loadFile(path, "openapi.path", of: layer)
            let document = try Documents.parse(loaded.bytes, file: loaded.path, dialect: .kubernetes).first
            do {
                layer.schema = try OpenAPISchema(document?.value ?? .object(Object()))
            } catch {
                throw PlumbError(.invalid, error.message, at: Origin(file: loaded.path))
            }
        }
        for (index, entry) in layer.rules.crds.enumerated() {
            let loaded = try await loadFile(entry, "crds[\(index)]", of: layer)
            try layer.additions.merge(CRDReader.read(loaded.bytes, file: loaded.path), file: loaded.path)
        }
    }

    private mutating func loadPlugins(into layer: inout Layer) async throws {
        let reader = PluginReader(directory: layer.directory)
        layer.generators = layer.rules.generators.map { rule in
            let plugin = Provenance.Plugin(apiVersion: "builtin", kind: "\(rule.kind.rawValue)Generator")
            return Layer.Generator(rule: .data(rule), plugin: plugin, file: layer.file)
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
        return result
    }

    private mutating func loadFiles(into layer: inout Layer) async throws {
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

    private mutating func loadFile(_ name: String, _ field: String, of layer: Layer) async throws -> LoadedFile {
        let path = try local(name, in: layer.directory, field: field, file: layer.file)
        guard case .file? = try await tree.entry(at: path) else { throw missing(name, field, layer.file) }
        return LoadedFile(path: path.description, bytes: try await readBytes(path))
    }

    /// Resolves a path of the kustomization. What is not in the tree (URLs) is refused: the source is the repository.
    private func local(_ name: String, in directory: TreePath, field: String, file: String) throws -> TreePath {
        guard !Self.isRemote(name) else {
            throw PlumbError(
                .unsupported, "\(name.quoted) under \(field) is a remote resource, which is never fetched while rendering.",
                remedy: "Copy it into the repository.", at: Origin(file: file)
            )
        }
        do {
            return try directory.resolving(name)
        } catch let error as PlumbError {
            throw PlumbError(error.code, "Under \(field): \(error.message)", remedy: error.remedy, at: Origin(file: file))
        }
    }

    private static func isRemote(_ name: String) -> Bool {
        name.contains("://") || name.contains("?ref=") || name.hasPrefix("git@") || name.hasPrefix("git::")
            || name.hasPrefix("github.com/") || name.hasPrefix("github.com:")
    }

    private func missing(_ name: String, _ field: String, _ file: String) -> PlumbError {
        PlumbError(
            .notFound, "\(name.quoted) under \(field) does not exist.", remedy: "Add the file, or remove the entry.",
            at: Origin(file: file))
    }

    private mutating func readBytes(_ path: TreePath) async throws -> [UInt8] {
        let bytes = try await tree.read(path)
        bytesRead += bytes.count
        guard bytesRead <= KustomizeLimits.input else {
            throw PlumbError(.limit, "The kustomization reads more than \(KustomizeLimits.input >> 20) MiB.")
        }
        return bytes
    }

    private mutating func parse(_ path: TreePath, _ dialect: YAML.Dialect) async throws -> [YAML.Document] {
        let bytes = try await readBytes(path)
        return try Documents.parse(bytes, file: path.description, dialect: dialect)
    }
}
