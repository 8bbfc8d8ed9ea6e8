import Manifests
import Model

/// A field of some kinds of objects: `spec/template/metadata/labels` of every Deployment.
///
/// Steps are separated by `/` (`\/` is one inside a key); lists on the way are entered, each element.
struct FieldSpec: Sendable, Hashable {
    var type: GVK
    var path: [String]
    /// Whether the field is made where it is missing.
    var create: Bool

    init(_ path: String, kind: String = "", group: String = "", version: String = "", create: Bool = false) {
        type = GVK(group: group, version: version, kind: kind)
        self.path = Self.split(path)
        self.create = create
    }

    var pathText: String { path.joined(separator: "/") }

    /// What a missing field is made as.
    enum Creation {
        case mapping, scalar
    }

    /// Calls `change` on each place of `value` that the spec names; does nothing to objects of other kinds.
    func update(
        _ value: inout Value, of gvk: GVK, creating creation: Creation? = nil, _ change: (inout Value) throws -> Void
    ) throws {
        guard gvk.isSelected(by: type) else { return }
        let creation = create ? creation : nil
        // Most fields of most objects are not there: looking costs less than taking the object apart.
        guard creation != nil || mayReach(value) else { return }
        try Self.update(&value, path[...], creation, change)
    }

    /// Calls `change` on each place of `value` that is there, of whatever kind the object is.
    func updateAnyKind(_ value: inout Value, _ change: (inout Value) throws -> Void) throws {
        try Self.update(&value, path[...], nil, change)
    }

    /// False where the path surely leads nowhere.
    func mayReach(_ value: Value) -> Bool { Self.mayReach(value, path[...]) }

    /// The places of `value` that the spec names, and what is there.
    func places(in value: Value, of gvk: GVK) -> [(path: ValuePath, value: Value)] {
        guard gvk.isSelected(by: type), mayReach(value) else { return [] }
        return Self.places(in: value, path[...], at: ValuePath())
    }

    private static func places(in value: Value, _ path: ArraySlice<String>, at place: ValuePath) -> [(
        path: ValuePath, value: Value
    )] {
        guard let step = path.first else { return [(place, value)] }
        switch value {
        case .array(let elements):
            return elements.enumerated().flatMap { places(in: $0.element, path, at: place.appending(.index($0.offset))) }
        case .object(let members):
            let name = Step(step).name
            return members[name].map { places(in: $0, path.dropFirst(), at: place.appending(.key(name))) } ?? []
        default: return []
        }
    }

    private static func mayReach(_ value: Value, _ path: ArraySlice<String>) -> Bool {
        guard let step = path.first else { return true }
        return switch value {
        case .null: false
        case .array(let elements): elements.contains { mayReach($0, path) }
        case .object(let members):
            members[Step(step).name].map { mayReach($0, path.dropFirst()) } ?? false
        // An error, which the update throws.
        default: true
        }
    }

    private static func update(
        _ value: inout Value, _ path: ArraySlice<String>, _ creation: Creation?, _ change: (inout Value) throws -> Void
    ) throws {
        guard let step = path.first else { return try change(&value) }
        switch value {
        case .null: return
        case .array(var elements):
            // Released while it changes, so that nothing is copied.
            value = .null
            defer { value = .array(elements) }
            for index in elements.indices { try update(&elements[index], path, creation, change) }
        case .object(var members):
            let step = Step(step)
            let name = step.name
            let rest = path.dropFirst()
            let mayCreate = creation != nil && !step.isList
            guard mayCreate || members[name] != nil else { return }
            value = .null
            defer { value = .object(members) }
            let isLast = rest.isEmpty
            if mayCreate, members[name] ?? .null == .null { members[name] = isLast && creation == .scalar ? "" : .object(Object()) }
            try update(&members[name, default: .null], rest, creation, change)
        default:
            throw ManifestError("there is \(value.typeName) where \(path.joined(separator: "/")) should be")
        }
    }

    /// A key on the way, `containers` or, where a list must be there, `containers[]`.
    private struct Step {
        let name: String
        let isList: Bool

        init(_ text: String) {
            // The last byte alone tells it of nearly all.
            isList = text.utf8.last == UInt8(ascii: "]") && text.hasSuffix("[]")
            name = isList ? String(text.dropLast(2)) : text
        }
    }

    private static func split(_ path: String) -> [String] {
        var result: [String] = []
        var joins = false
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            let continues = part.hasSuffix("\\")
            let text = String(continues ? part.dropLast() : part)
            if joins, let last = result.popLast() { result.append("\(last)/\(text)") } else { result.append(text) }
            joins = continues
        }
        return result
    }
}

extension Resource {
    /// Changes each place that one of the specs names. Errors say which object, and where it is written.
    mutating func update(
        _ specs: [FieldSpec], creating creation: FieldSpec.Creation? = nil, _ change: (inout Value) throws -> Void
    ) throws {
        try updateEach(specs, creating: creation) { value, _ in try change(&value) }
    }

    /// The same, with the spec that led there.
    mutating func updateEach(
        _ specs: [FieldSpec], creating creation: FieldSpec.Creation? = nil, _ change: (inout Value, FieldSpec) throws -> Void
    ) throws {
        let gvk = gvk
        for spec in specs {
            do {
                try spec.update(&value, of: gvk, creating: creation) { try change(&$0, spec) }
            } catch let error as ManifestError {
                throw cannotChange(spec, error)
            }
        }
    }

    func cannotChange(_ spec: FieldSpec, _ error: ManifestError) -> PlumbError {
        PlumbError(.invalid, "\(id) cannot be changed at \(spec.pathText): \(error.message).", at: origin)
    }
}
