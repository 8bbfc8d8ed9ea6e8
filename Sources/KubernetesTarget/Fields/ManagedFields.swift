import Manifests

/// Who owns which fields of a live object: `metadata.managedFields`, in the FieldsV1 format of structured-merge-diff.
struct ManagedFields {
    struct Entry {
        /// As the server gave it.
        var value: Value

        var manager: String { value["manager"]?.string ?? "" }
        var isApply: Bool { value["operation"]?.string == "Apply" }
        /// Empty for the object itself; `status`, `scale` for what was written through a subresource.
        var subresource: String { value["subresource"]?.string ?? "" }
        var time: String { value["time"]?.string ?? "" }
        var fields: Value {
            get { value["fieldsV1"] ?? .object(Object()) }
            set { value["fieldsV1"] = newValue }
        }
    }

    var entries: [Entry]

    init(of object: Value) {
        entries = (object.at("metadata", "managedFields")?.array ?? []).map(Entry.init)
    }

    /// What every manager owns, as one place to walk down from.
    var nodes: FieldNodes { FieldNodes(entries.map(\.fields)) }

    /// The manager that wrote the field at `path` last, as far as the server recorded one.
    func owner(of path: FieldPath) -> String? {
        entries.filter { FieldNodes([$0.fields]).owns(path) }.max { $0.time < $1.time }?.manager
    }

    /// Whether `manager` owns the field at `path`, or part of it, by having applied it.
    func applies(_ manager: String, _ path: FieldPath) -> Bool {
        entries.contains { $0.manager == manager && $0.isApply && FieldNodes([$0.fields]).owns(path) }
    }
}

/// One place in the field sets of several managers at once.
struct FieldNodes {
    private let nodes: [Value]

    init(_ nodes: [Value]) { self.nodes = nodes }

    func descending(_ step: FieldPath.Step) -> FieldNodes {
        switch step {
        case .key(let key): FieldNodes(nodes.compactMap { $0["f:" + key] })
        case .element(let pairs):
            FieldNodes(nodes.flatMap { node in Self.elements(of: node).filter { $0.key.isElement(pairs) }.map(\.node) })
        case .value(let text):
            FieldNodes(nodes.flatMap { node in Self.members(of: node, "v:").filter { $0.key.scalarText == text }.map(\.node) })
        }
    }

    /// The keys that tell the elements of the list here apart; empty for a list that the managers treat as a set, nil
    /// where they treat it as one value or say nothing.
    var listKeys: [String]? {
        for node in nodes {
            if let element = Self.elements(of: node).first { return element.key.object?.keys }
            if !Self.members(of: node, "v:").isEmpty { return [] }
        }
        return nil
    }

    /// Whether no manager has anything here.
    var isEmpty: Bool { nodes.isEmpty }

    /// Whether some manager owns what is here as one value.
    var hasLeaf: Bool { nodes.contains { $0.object?.isEmpty ?? true } }

    /// Whether the field at `path`, or part of it, is owned: a leaf on the way owns all that is below.
    func owns(_ path: FieldPath) -> Bool {
        var current = self
        for step in path.steps {
            if current.hasLeaf { return true }
            current = current.descending(step)
        }
        return !current.nodes.isEmpty
    }

    private static func elements(of node: Value) -> [(key: Value, node: Value)] { members(of: node, "k:") }

    private static func members(of node: Value, _ prefix: String) -> [(key: Value, node: Value)] {
        (node.object ?? Object()).compactMap { member in
            guard member.key.hasPrefix(prefix), let key = JSONText.value(String(member.key.dropFirst(2))) else { return nil }
            return (key, member.value)
        }
    }
}
