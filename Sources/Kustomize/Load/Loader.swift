import Manifests
import Model

/// Reads the graph of kustomizations from a file tree, each directory once.
struct Loader {
    let tree: any FileTree
    /// Goes before the names of files: which repository they are in, where that is another one.
    private let label: String
    var remote: RemoteState
    var remoteLayers: [RemoteReference: Layer] = [:]
    var bytesRead = 0
    private var loaded: [TreePath: Layer] = [:]
    private var open: [TreePath] = []

    init(tree: any FileTree, remote: RemoteTrees?) {
        self.tree = tree
        label = ""
        self.remote = RemoteState(remote)
    }

    /// For the tree of a remote base that `parent` has met.
    init(tree: any FileTree, below parent: Loader, at reference: RemoteReference) {
        self.tree = tree
        label = "\(reference.repository)?ref=\(reference.reference)//"
        remote = parent.remote
        remote.open.append(reference)
        bytesRead = parent.bytesRead
    }

    /// As errors name a file.
    private func name(_ path: TreePath) -> String { label + path.description }

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
        let file = name(path)
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
            let component = try await loadComponent(name, from: directory, file: file)
            guard component.rules.isComponent else {
                throw PlumbError(
                    .invalid, "\(name.quoted) under components is not of kind Component.", at: Origin(file: component.file))
            }
            layer.size += component.size
            layer.components.append(component)
        }
        try await loadConfigurations(into: &layer)
        try await loadPlugins(into: &layer)
        try await loadCharts(into: &layer)
        try await loadFiles(into: &layer)
        return layer
    }

    private func place(_ directory: TreePath) -> String { directory.isRoot && label.isEmpty ? "the source" : name(directory) }

    private mutating func loadComponent(_ name: String, from directory: TreePath, file: String) async throws -> Layer {
        if RemoteReference.isRemote(name) { return try await loadRemote(name, field: "components", file: file) }
        return try await load(try local(name, in: directory, field: "components", file: file))
    }

    private func kustomizationFile(in directory: TreePath) async throws -> TreePath {
        var found: [TreePath] = []
        for name in Kustomize.fileNames {
            if case .file? = try await tree.entry(at: directory.child(name)) { found.append(directory.child(name)) }
        }
        guard let first = found.first else {
            throw PlumbError(
                .notFound, "There is no kustomization in \(place(directory)).",
                remedy: "Add a file \(Kustomize.fileNames[0]) there, or name another directory."
            )
        }
        guard found.count == 1 else {
            let names = found.map(\.name).joined(separator: " and ")
            throw PlumbError(
                .invalid,
                "There are several kustomization files in \(place(directory)): \(names).",
                remedy: "Keep one of them.")
        }
        return first
    }

    mutating func loadResource(_ name: String, from directory: TreePath, field: String, file: String) async throws
        -> Layer.Resource
    {
        if field == "resources", RemoteReference.isRemote(name) {
            return .layer(try base(await loadRemote(name, field: field, file: file), name, field, file))
        }
        let path = try local(name, in: directory, field: field, file: file)
        switch try await tree.entry(at: path) {
        case .file?:
            return .documents(try ResourceReader.manifests(in: try await parse(path, .kustomize), file: self.name(path)))
        case .directory?: return .layer(try base(await load(path), name, field, file))
        case nil: throw missing(name, field, file)
        }
    }

    private func base(_ layer: Layer, _ name: String, _ field: String, _ file: String) throws -> Layer {
        guard layer.rules.isComponent else { return layer }
        throw PlumbError(
            .invalid, "\(name.quoted) under \(field) is a Component.", remedy: "List it under components.", at: Origin(file: file))
    }

    mutating func loadFile(_ name: String, _ field: String, of layer: Layer) async throws -> LoadedFile {
        let path = try local(name, in: layer.directory, field: field, file: layer.file)
        guard case .file? = try await tree.entry(at: path) else { throw missing(name, field, layer.file) }
        return LoadedFile(path: self.name(path), bytes: try await readBytes(path))
    }

    /// Resolves a path of the kustomization. What is not in the tree (URLs) is refused: the source is the repository.
    func local(_ name: String, in directory: TreePath, field: String, file: String) throws -> TreePath {
        guard !RemoteReference.isRemote(name) else {
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
        return try Documents.parse(bytes, file: name(path), dialect: dialect)
    }
}
