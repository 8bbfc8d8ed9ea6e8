import Manifests

/// The part of a live object that lies on the paths another one declares.
///
/// Mappings are followed by key, lists as the server merges them. What a declaration does not mention (defaults, other
/// managers' fields, status) is not in it; a declared field that is gone from the live object is missing in it.
struct Projection {
    private let isBuiltIn: Bool

    /// Types of a group with a dot in it that is not Kubernetes' own are custom ones, of which no list keys are known.
    init(group: String) { isBuiltIn = group.isEmpty || !group.contains(".") || group.hasSuffix(".k8s.io") }

    func project(_ live: Value, on declared: Value) -> Value {
        project(live, declared, field: "", ManagedFields(of: live).nodes)
    }

    private func project(_ live: Value, _ declared: Value, field: String, _ nodes: FieldNodes) -> Value {
        switch (declared, live) {
        case (.object(let wanted), .object(let there)):
            return .object(
                Object(
                    wanted.compactMap { member in
                        there[member.key].map { live in
                            (member.key, project(live, member.value, field: member.key, nodes.descending(.key(member.key))))
                        }
                    }))
        case (.array(let wanted), .array(let there)):
            let shape = ListShape(field: field, elements: there, nodes: nodes, isBuiltIn: isBuiltIn)
            return shape == .atomic ? live : .array(project(there, wanted, shape, nodes))
        default:
            return live
        }
    }

    /// In the declaration's order, so that a reordered list is no change.
    private func project(_ there: [Value], _ wanted: [Value], _ shape: ListShape, _ nodes: FieldNodes) -> [Value] {
        wanted.compactMap { element in
            guard let step = shape.step(to: element), let match = there.first(where: { shape.step(to: $0) == step }) else {
                return nil
            }
            return project(match, element, field: "", nodes.descending(step))
        }
    }

    func shape(field: String, elements: [Value], nodes: FieldNodes) -> ListShape {
        ListShape(field: field, elements: elements, nodes: nodes, isBuiltIn: isBuiltIn)
    }
}
