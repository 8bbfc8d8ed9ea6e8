import Manifests

/// Entries of a live object that nobody declared and that change how it behaves: a container somebody injected, a port,
/// an environment variable, a selector's label.
struct Unmanaged {
    private static let lists: Set<String> = ["containers", "initContainers", "volumes", "env", "ports", "subjects"]
    private static let maps: Set<String> = ["selector", "matchLabels"]
    /// An object with more is in a state that no list of paths explains.
    private static let limit = 100

    private let projection: Projection
    private let isPod: Bool

    init(group: String, kind: String) {
        projection = Projection(group: group)
        isPod = group.isEmpty && kind == "Pod"
    }

    func paths(in live: Value, beside declared: Value, ignoring ignored: [FieldPath] = []) -> [String] {
        var found: [FieldPath] = []
        visit(live, declared, "", ManagedFields(of: live).nodes, FieldPath(), &found)
        return found.filter { path in !ignored.contains { path.isInside($0) } }.prefix(Self.limit).map(\.description)
    }

    private func visit(
        _ live: Value, _ declared: Value, _ field: String, _ nodes: FieldNodes, _ path: FieldPath, _ found: inout [FieldPath]
    ) {
        switch (declared, live) {
        case (.object(let wanted), .object(let there)):
            for member in there where !(path.steps.isEmpty && ["status", "metadata"].contains(member.key)) {
                let below = path.appending(member.key)
                if let declared = wanted[member.key] {
                    visit(member.value, declared, member.key, nodes.descending(.key(member.key)), below, &found)
                } else if Self.lists.contains(member.key), case .array(let elements) = member.value {
                    visit(elements, besides: [], member.key, nodes.descending(.key(member.key)), below, &found)
                } else if member.key == "matchLabels" || member.key == "selector", let labels = member.value.object {
                    found += labels.filter { $0.value.string != nil }.map { below.appending($0.key) }
                } else if Self.maps.contains(field), member.value.string != nil {
                    found.append(below)
                }
            }
        case (.array(let wanted), .array(let there)):
            visit(there, besides: wanted, field, nodes, path, &found)
        default: break
        }
    }

    private func visit(
        _ there: [Value], besides wanted: [Value], _ field: String, _ nodes: FieldNodes, _ path: FieldPath,
        _ found: inout [FieldPath]
    ) {
        let shape = projection.shape(field: field, elements: there, nodes: nodes)
        // A list that is one value is compared as one: an added element is drift.
        if shape == .atomic && !wanted.isEmpty { return }
        for (index, element) in there.enumerated() {
            let step = shape.step(to: element) ?? .key(String(index))
            if let declared = wanted.first(where: { shape.step(to: $0) == step }) {
                visit(element, declared, "", nodes.descending(step), path.appending(step), &found)
            } else if Self.lists.contains(field), !isTokenVolume(element, field) {
                found.append(path.appending(step))
            }
        }
    }

    /// The service account's token, which the server mounts into every Pod.
    private func isTokenVolume(_ element: Value, _ field: String) -> Bool {
        guard isPod, field == "volumes", let name = element["name"]?.string else { return false }
        return name.hasPrefix("kube-api-access-") || element.at("secret", "secretName")?.string?.contains("-token-") == true
    }
}
