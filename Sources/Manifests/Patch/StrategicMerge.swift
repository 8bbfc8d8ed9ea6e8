/// The Kubernetes strategic merge patch in the way of Kustomize 5 (its kyaml library), fault for fault.
///
/// Mappings merge member by member, null removes a member, lists of built-in kinds whose elements have a merge key
/// merge element by element with the patch's new elements first, every other list is replaced. A mapping of the patch
/// with `$patch: delete` or `$patch: replace` removes or replaces. `$retainKeys`, `$setElementOrder/…` and
/// `$deleteFromPrimitiveList/…`, which API servers know, mean nothing to Kustomize: they are members like any other.
/// Lists of unknown kinds (custom resources) are replaced.
package enum StrategicMerge {
    /// The merged document, or nil where the patch deletes all of it. A `schema` takes the place of the built-in one.
    ///
    /// Throws where the patch and the document disagree on what a field is (a list here, a mapping there) and for an
    /// unknown `$patch`.
    package static func apply(_ patch: Value, to target: Value, schema: OpenAPISchema? = nil) throws(ManifestError) -> Value? {
        try merge(target, patch, schema: PatchSchema(schema.map { .document($0) } ?? .builtin), at: FieldPath()).value
    }

    /// What merging two values gave.
    struct Merged {
        /// Nil: nothing stays.
        var value: Value?
        /// Whether the value grew out of the target's own, rather than standing in its place.
        var isTarget = false
    }

    /// Merges `patch` over `target`; nil on either side means that the side has no such field. `isWithinNew`: the mapping around it
    /// was not there either.
    static func merge(
        _ target: Value?, _ patch: Value?, schema: PatchSchema, at path: FieldPath, isWithinNew: Bool = false
    ) throws(ManifestError) -> Merged {
        let schema = schema.resolved(target, patch)
        switch target.nonNull ?? patch.nonNull {
        case .object?:
            try check(target, patch, path) { $0.object != nil }
            return try mergeMappings(target, patch, schema: schema, at: path)
        case .array?:
            try check(target, patch, path) { $0.array != nil }
            guard case .keyed(let keys, let element) = schema.list else {
                return Merged(value: patch ?? target, isTarget: patch == nil)
            }
            // A list that alone is new is taken with what it says of itself, another fault.
            guard target.nonNull != nil || isWithinNew, let items = patch?.array,
                let (directive, rest) = try Directive.ofList(items, at: path)
            else {
                return try mergeLists(target, patch, keys: keys, element: element, at: path)
            }
            if directive == .delete { return Merged(value: nil) }
            // What is new is merged with nothing, here, too.
            return try mergeLists(
                directive == .replace ? nil : target, .array(rest), keys: keys, element: element, at: path)
        case .some:
            try check(target, patch, path) { $0.object == nil && $0.array == nil }
            return Merged(value: patch.map { quoted($0, like: target) } ?? target, isTarget: patch == nil)
        case nil:
            // A null of the target that the patch does not speak of stays written.
            return Merged(value: patch == nil ? target : nil, isTarget: true)
        }
    }

    private static func mergeMappings(_ target: Value?, _ patch: Value?, schema: PatchSchema, at path: FieldPath)
        throws(ManifestError) -> Merged
    {
        if let patch, patch.isNull { return Merged(value: nil) }
        var patchMembers = patch?.object
        let directive = try patchMembers.map { members throws(ManifestError) in try Directive(in: members, at: path) } ?? .merge
        patchMembers?["$patch"] = nil
        if directive == .delete { return Merged(value: nil) }

        let replaces = directive == .replace || target.nonNull == nil
        // What is new is merged with nothing: that drops the nulls and directives inside it.
        let base = replaces ? Object() : target?.object ?? Object()
        var result = base
        for member in patchMembers?.members ?? [] {
            let merged = try merge(
                base[member.key], member.value, schema: schema.field(member.key), at: path.appending(member.key),
                isWithinNew: replaces)
            result[member.key] = merged.value.nonNull
        }
        // What the patch does not speak of is walked all the same: of elements with one key only one stays.
        for key in schema.fields(of: base) where patchMembers?[key] == nil {
            result[key] = try merge(base[key], nil, schema: schema.field(key), at: path.appending(key)).value
        }
        return Merged(value: .object(result), isTarget: !replaces)
    }

    /// A scalar keeps the quotes of the one whose place it takes: over `"80"`, an 81 becomes `"81"`.
    ///
    /// Quotes are known where a text needs them to be a string; those that it could do without are forgotten.
    private static func quoted(_ patch: Value, like target: Value?) -> Value {
        guard let text = target?.string, YAML.needsQuotes(text) else { return patch }
        return switch patch {
        case .integer, .double, .bool: .string(patch.json)
        default: patch
        }
    }

    private static func check(_ target: Value?, _ patch: Value?, _ path: FieldPath, _ fits: (Value) -> Bool) throws(ManifestError) {
        guard let target = target.nonNull, let patch = patch.nonNull, !fits(target) || !fits(patch) else { return }
        throw ManifestError("The patch has \(patch.typeName) for \(path), but there it is \(target.typeName).")
    }
}

/// The value of a `$patch`.
private enum Directive: String {
    case merge, replace, delete

    init(in members: Object, at path: FieldPath) throws(ManifestError) {
        guard let value = members["$patch"] else {
            self = .merge
            return
        }
        guard let text = value.string, let known = Directive(rawValue: text) else {
            throw ManifestError("The patch has an unknown $patch at \(path): only merge, replace and delete exist.")
        }
        self = known
    }

    /// What the first element that has a `$patch` says of the whole list, and the list without it; nil where there is none, or where
    /// it has other members: then it speaks of itself alone.
    static func ofList(_ elements: [Value], at path: FieldPath) throws(ManifestError) -> (Directive, [Value])? {
        guard let index = elements.firstIndex(where: { $0["$patch"] != nil }), let members = elements[index].object,
            members.count == 1
        else { return nil }
        var rest = elements
        rest.remove(at: index)
        return (try Directive(in: members, at: path), rest)
    }
}

/// Where a merge stands, for its errors.
struct FieldPath: CustomStringConvertible {
    private var names: [String] = []

    func appending(_ name: String) -> FieldPath {
        var copy = self
        copy.names.append(name)
        return copy
    }

    var description: String { names.isEmpty ? "the document" : names.joined(separator: ".") }
}

extension Value? {
    /// The value, unless it is null or missing.
    var nonNull: Value? {
        switch self {
        case .null?, nil: nil
        case let value: value
        }
    }
}
