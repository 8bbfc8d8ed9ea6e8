import Manifests
import Model

/// Follows the names that a build changed into the fields that refer to them.
struct NameReferences {
    /// What an object is and was called; fixed while references are rewritten.
    private struct Candidate {
        let id: ResourceID
        let former: [ResourceID]
        let first: ResourceID
        let namespace: String
        let prefixes: [String]
        let suffixes: [String]
    }

    static func fix(_ set: inout ResourceSet, table: ReferenceTable) throws {
        let names = NameReferences(set, table)
        for index in set.resources.indices { try names.fix(&set.resources[index], at: index) }
    }

    private let candidates: [Candidate]
    private let byFormerName: [String: [Int]]
    /// The rules for each type that there is.
    private let rules: [GVK: [ReferenceTable.Rule]]

    private init(_ set: ResourceSet, _ table: ReferenceTable) {
        candidates = set.resources.map {
            Candidate(
                id: $0.id, former: $0.formerIDs, first: $0.originalID, namespace: $0.namespace, prefixes: $0.prefixes,
                suffixes: $0.suffixes
            )
        }
        var index: [String: [Int]] = [:]
        for (position, candidate) in candidates.enumerated() {
            for name in Set(candidate.former.map(\.name)) { index[name, default: []].append(position) }
        }
        byFormerName = index
        rules = Dictionary(
            uniqueKeysWithValues: Set(candidates.map(\.first.gvk)).map { type in
                (type, table.rules(forKind: type.kind).filter { type.isSelected(by: $0.field.type) })
            })
    }

    private func fix(_ resource: inout Resource, at index: Int) throws {
        let first = candidates[index].first.gvk
        let rules = rules[first] ?? []
        let subjectNamespaces = rules.isEmpty ? [] : try Self.subjectNamespaces(of: resource)
        for rule in rules where rule.field.mayReach(resource.value) {
            let lookup = Lookup(
                names: self, referrer: index, resource: resource, rule: rule, subjectNamespaces: subjectNamespaces)
            do {
                // The rule was chosen by the type that the object had first.
                try rule.field.updateAnyKind(&resource.value) { try lookup.update(&$0) }
            } catch let error as ManifestError {
                throw resource.cannotChange(rule.field, error)
            }
        }
    }

    /// The namespaces of the accounts that a RoleBinding names: it may refer to what is there.
    private static func subjectNamespaces(of resource: Resource) throws -> Set<String> {
        guard resource.kind == "RoleBinding", let subjects = resource.value["subjects"]?.array else { return [] }
        var result: Set<String> = []
        for (index, subject) in subjects.enumerated() {
            func invalid(_ message: String) -> PlumbError {
                PlumbError(.invalid, "subjects[\(index)] of \(resource.id) \(message)", at: resource.origin)
            }
            guard subject.object != nil else { throw invalid("must be a mapping, but is \(subject.typeName).") }
            guard let namespace = subject["namespace"], let kind = subject["kind"] else { continue }
            guard let kind = kind.string else { throw invalid("has a kind that is no string.") }
            guard kind == "ServiceAccount" else { continue }
            guard let text = namespace.string else { throw invalid("has a namespace that is no string.") }
            result.insert(text)
        }
        return result
    }

    /// Finds what one field of one object refers to.
    private struct Lookup {
        let names: NameReferences
        let referrer: Int
        let rule: ReferenceTable.Rule
        private let subjectNamespaces: Set<String>
        private let roleType: GVK?

        init(
            names: NameReferences, referrer: Int, resource: Resource, rule: ReferenceTable.Rule, subjectNamespaces: Set<String>
        ) {
            self.names = names
            self.referrer = referrer
            self.rule = rule
            self.subjectNamespaces = subjectNamespaces
            let role = resource.value["roleRef"]
            roleType =
                if rule.isOfRole, let group = role?["apiGroup"]?.string,
                    let kind = role?["kind"]?.string
                {
                    GVK(group: group, kind: kind)
                } else { nil }
        }

        func update(_ value: inout Value) throws(ManifestError) {
            switch value {
            case .null: return
            case .array(var elements):
                value = .null
                defer { value = .array(elements) }
                for index in elements.indices {
                    if elements[index].array != nil { throw ManifestError("there is a list in the list, not a name") }
                    try update(&elements[index])
                }
            case .object: try updateMapping(&value)
            default:
                guard let name = value.scalarText, let target = try find(name, in: nil, compareNamespaces: false) else { return }
                value = .string(target.id.name)
            }
        }

        /// A mapping with `name` and perhaps `namespace`.
        private func updateMapping(_ value: inout Value) throws(ManifestError) {
            guard let member = value["name"] else { throw ManifestError("there is no name in it") }
            guard let name = member.scalarText else { return }
            // A namespace without a text is none that an object could be in.
            let namespace = value["namespace"].map { $0.scalarText ?? "" }
            guard let target = try find(name, in: namespace, compareNamespaces: true) else { return }
            if target.id.name == name, target.namespace.isEmpty { return }
            value["name"] = .string(target.id.name)
            if !target.namespace.isEmpty { value["namespace"] = .string(target.namespace) }
        }

        private func find(_ name: String, in namespace: String?, compareNamespaces: Bool) throws(ManifestError) -> Candidate? {
            guard let former = names.byFormerName[name] else { return nil }
            let own = names.candidates[referrer]
            var found = former.map { names.candidates[$0] }.filter(isReachable)
            if let namespace {
                // Grouped over everything in reach, whatever its name: an original namespace of that name goes first.
                let original = names.candidates.contains { isReachable($0) && $0.first.namespace == namespace }
                found = found.filter { (original ? $0.first.namespace : $0.id.namespace) == namespace }
            }
            found = found.filter { candidate in candidate.former.contains { $0.gvk.isSelected(by: rule.target) } }
            if let roleType { found = found.filter { candidate in candidate.former.contains { $0.gvk.isSelected(by: roleType) } } }
            if !own.id.isClusterScoped {
                found = found.filter {
                    $0.id.isClusterScoped || $0.id.gvk.kind == "ServiceAccount" || $0.id.namespace == own.id.namespace
                }
            }
            for allowsEmpty in [true, false] where found.count > 1 {
                found = found.filter { Self.sameAffixes($0, own, allowsEmpty: allowsEmpty) }
            }
            guard let target = found.first else { return nil }
            let agree = found.allSatisfy {
                $0.id.name == target.id.name && (!compareNamespaces || $0.namespace == target.namespace)
            }
            guard agree else {
                throw ManifestError("\(name) may be \(found.map(\.id.description).joined(separator: " or "))")
            }
            return target
        }

        /// Whether the referrer could see the candidate at all.
        private func isReachable(_ candidate: Candidate) -> Bool {
            let own = names.candidates[referrer]
            return own.id.isClusterScoped || candidate.id.isClusterScoped || candidate.id.namespace == own.id.namespace
                || subjectNamespaces.contains(candidate.namespace)
        }

        /// Whether two objects went through the same renaming kustomizations.
        private static func sameAffixes(_ left: Candidate, _ right: Candidate, allowsEmpty: Bool) -> Bool {
            sameEnding(left.prefixes, right.prefixes, allowsEmpty) && sameEnding(left.suffixes, right.suffixes, allowsEmpty)
        }

        private static func sameEnding(_ left: [String], _ right: [String], _ allowsEmpty: Bool) -> Bool {
            if left.isEmpty || right.isEmpty { return allowsEmpty || left.count == right.count }
            return zip(left.reversed(), right.reversed()).allSatisfy(==)
        }
    }
}
