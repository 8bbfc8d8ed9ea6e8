/// Builds the trees of a YAML stream from its events.
struct YAMLComposer {
    private let events: YAMLEvents
    private let file: String
    private let dialect: YAML.Dialect
    private let limits: YAML.Limits
    private var anchors: [String: Anchored] = [:]
    /// What aliases have added to the stream so far, in bytes of `Node.weight`.
    private var expansion = 0

    /// A node with what it costs to repeat it.
    private struct Node {
        var value: Value
        /// Roughly the bytes it takes to write the node out.
        var weight: Int
        /// How many lists and mappings are inside each other, the node itself included.
        var height: Int
        /// Where in it the scalars are that are templates; each path from its end to its beginning.
        var templates: [[ValuePath.Segment]] = []
    }

    /// Where in an object a node is, as far as that matters: Kustomize takes annotations as the texts they are written as.
    private enum Place {
        case object, metadata, labels, annotations, elsewhere

        func member(_ key: String) -> Place {
            switch (self, key) {
            case (.object, "metadata"): .metadata
            case (.metadata, "annotations"): .annotations
            case (.metadata, "labels"): .labels
            default: .elsewhere
            }
        }
    }

    private enum Anchored {
        /// The node is still being read, so an alias would put it inside itself.
        case open
        case node(Node)
    }

    init(events: YAMLEvents, file: String, dialect: YAML.Dialect, limits: YAML.Limits) {
        self.events = events
        self.file = file
        self.dialect = dialect
        self.limits = limits
    }

    mutating func parseStream() throws(ManifestError) -> [YAML.Document] {
        var documents: [YAML.Document] = []
        while true {
            let event = try events.next()
            if case .streamEnd = event.kind { return documents }
            guard case .documentStart = event.kind else { continue }
            anchors.removeAll()
            let content = try events.next()
            let node = try compose(content, depth: 0, at: dialect.isKustomize ? .object : .elsewhere)
            guard !node.value.isNull else { continue }
            let templates = Set(node.templates.map { ValuePath($0.reversed()) })
            documents.append(YAML.Document(value: node.value, line: content.line, templates: templates))
        }
    }

    /// The first document, up to its end.
    mutating func parseFirst() throws(ManifestError) -> Value? {
        while true {
            let event = try events.next()
            if case .streamEnd = event.kind { return nil }
            guard case .documentStart = event.kind else { continue }
            let node = try compose(try events.next(), depth: 0, at: dialect == .kustomize ? .object : .elsewhere)
            _ = try events.next()
            return node.value.isNull ? nil : node.value
        }
    }

    private mutating func compose(_ event: YAMLEvent, depth: Int, at place: Place) throws(ManifestError) -> Node {
        if case .alias = event.kind { return try expand(event, depth: depth) }
        if let anchor = event.anchor { anchors[anchor] = .open }
        let node: Node
        switch event.kind {
        case .scalar(let scalar):
            node = Node(
                value: try resolve(scalar, line: event.line), weight: scalar.text.utf8.count + 4, height: 0,
                templates: scalar.isTemplate ? [[]] : [])
        case .sequenceStart: node = try composeSequence(line: event.line, depth: depth + 1)
        default: node = try composeMapping(line: event.line, depth: depth + 1, at: place)
        }
        if let anchor = event.anchor { anchors[anchor] = .node(node) }
        return node
    }

    private mutating func composeSequence(line: Int, depth: Int) throws(ManifestError) -> Node {
        try check(depth: depth, line: line)
        var elements: [Value] = []
        var templates: [[ValuePath.Segment]] = []
        var weight = 4
        var height = 0
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind {
                return Node(value: .array(elements), weight: weight, height: height + 1, templates: templates)
            }
            let node = try compose(event, depth: depth, at: .elsewhere)
            templates += node.templates.map { $0 + [.index(elements.count)] }
            elements.append(node.value)
            weight += node.weight
            height = max(height, node.height)
        }
    }

    private mutating func composeMapping(line: Int, depth: Int, at place: Place) throws(ManifestError) -> Node {
        try check(depth: depth, line: line)
        var mapping = YAMLMapping(file: file, isLenient: dialect == .helm)
        var weight = 4
        var height = 0
        while true {
            let keyEvent = try events.next()
            if case .mappingEnd = keyEvent.kind { break }
            let isMerge = if case .scalar(let scalar) = keyEvent.kind { scalar.isMergeKey } else { false }
            let key = isMerge ? YAMLScalar.mergeKey : try composeKey(keyEvent, depth: depth)
            let node = try composeMember(try events.next(), of: key, depth: depth, at: place)
            if isMerge {
                try mapping.merge(node.value, templates: node.templates, line: keyEvent.line)
            } else {
                mapping.append(node.value, templates: node.templates, for: key, line: keyEvent.line)
            }
            weight += node.weight + key.utf8.count + 4
            height = max(height, node.height)
        }
        let object = try mapping.object()
        return Node(value: .object(object), weight: weight, height: height + 1, templates: mapping.templates)
    }

    private mutating func composeMember(_ event: YAMLEvent, of key: String, depth: Int, at place: Place) throws(ManifestError)
        -> Node
    {
        var event = event
        if place == .annotations || (place == .labels && dialect == .kustomizeLentPatch), case .scalar(var scalar) = event.kind,
            scalar.tag == nil,
            !(dialect == .kustomizePatch && scalar.isPlain && YAMLScalar.meaning(of: scalar.text, in: dialect) == .null)
        {
            scalar.isPlain = scalar.isTemplate
            event.kind = .scalar(scalar)
        }
        return try compose(event, depth: depth, at: place.member(key))
    }

    /// A key as Kubernetes makes a string of it: booleans and numbers as they are printed.
    private mutating func composeKey(_ event: YAMLEvent, depth: Int) throws(ManifestError) -> String {
        if case .scalar(let scalar) = event.kind {
            if let anchor = event.anchor {
                anchors[anchor] = .node(
                    Node(value: try resolve(scalar, line: event.line), weight: scalar.text.utf8.count, height: 0))
            }
            if let key = scalar.key(dialect) { return key }
        } else {
            let node = try compose(event, depth: depth, at: .elsewhere)
            if case .alias = event.kind, case .string(let text) = node.value { return text }
        }
        throw error(
            "a mapping has a key that is neither a string nor a boolean or number; write the key in quotes", line: event.line)
    }

    private func check(depth: Int, line: Int) throws(ManifestError) {
        guard depth > limits.depth else { return }
        throw error("the document is nested more than \(limits.depth) levels deep", line: line)
    }

    private mutating func expand(_ event: YAMLEvent, depth: Int) throws(ManifestError) -> Node {
        let name = event.anchor ?? ""
        switch anchors[name] {
        case .node(let node):
            expansion += node.weight
            guard expansion <= limits.bytes else {
                throw error(
                    "the aliases expand this file to more than \(limits.bytes) bytes; the one over it is *\(name)", line: event.line
                )
            }
            try check(depth: depth + node.height, line: event.line)
            return node
        case .open: throw error("the alias *\(name) stands inside the value it refers to", line: event.line)
        case nil:
            throw error(
                "the alias *\(name) refers to no anchor of this document; write &\(name) before the value it means",
                line: event.line)
        }
    }

    private func resolve(_ scalar: YAMLScalar, line: Int) throws(ManifestError) -> Value {
        do { return try scalar.resolve(dialect) } catch { throw self.error(error.message, line: line) }
    }

    private func error(_ message: String, line: Int) -> ManifestError {
        ManifestError(message, at: Origin(file: file, line: line))
    }
}
