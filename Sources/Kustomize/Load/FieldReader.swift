import Manifests
import Model

/// Reads the members of one mapping: a wrong type is an error that names file and field, and so is an unknown member where
/// the reading is strict. Names count whatever their case, as they do for Kustomize.
struct FieldReader {
    let object: Object
    let file: String
    /// Where the mapping stands: `images[0].`; empty at the top.
    let prefix: String
    private let isStrict: Bool

    init(_ value: Value, file: String, at path: String = "", known: Set<String>, isStrict: Bool = true) throws {
        self.file = file
        self.isStrict = isStrict
        prefix = path.isEmpty ? "" : path + "."
        switch value {
        case .object(let object): self.object = Self.named(object, known)
        case .null: self.object = Object()
        default:
            throw PlumbError(
                .invalid, "\(path.isEmpty ? "A kustomization" : path) must be a mapping, but is \(value.typeName).",
                at: Origin(file: file))
        }
        guard isStrict else { return }
        for key in object.keys where !known.contains(key) {
            throw PlumbError(
                .invalid, "There is no field \((prefix + key).quoted) in a kustomization.",
                remedy: "Correct its name, or remove it.", at: Origin(file: file)
            )
        }
    }

    /// The members under the names that are known, where only the case differs.
    private static func named(_ object: Object, _ known: Set<String>) -> Object {
        guard object.members.contains(where: { !known.contains($0.key) }) else { return object }
        let byCase = Dictionary(known.map { ($0.lowercased(), $0) }) { first, _ in first }
        return Object(
            object.members.map { ((known.contains($0.key) ? $0.key : byCase[$0.key.lowercased()]) ?? $0.key, $0.value) })
    }

    func name(_ key: String) -> String { prefix + key }

    func string(_ key: String) throws -> String {
        switch object[key] {
        case nil, .null?: return ""
        case let value?:
            guard let text = text(value) else { throw wrongType(name(key), value, "a string", remedy: "Put it in quotes.") }
            return text
        }
    }

    /// The members of a plugin's configuration itself may be numbers and booleans, too, which count as they are written.
    private func text(_ value: Value) -> String? {
        value.string ?? (isStrict || !prefix.isEmpty ? nil : value.scalarText)
    }

    func bool(_ key: String) throws -> Bool {
        switch object[key] {
        case nil, .null?: return false
        case .bool(let flag)?: return flag
        case let value?: throw wrongType(name(key), value, "true or false")
        }
    }

    func integer(_ key: String) throws -> Int64 {
        switch object[key] {
        case nil, .null?: return 0
        case let value?:
            guard let number = value.integer else { throw wrongType(name(key), value, "a whole number") }
            return number
        }
    }

    func values(_ key: String) throws -> [(path: String, value: Value)] {
        switch object[key] {
        case nil, .null?: return []
        case .array(let values)?: return values.enumerated().map { ("\(name(key))[\($0.offset)]", $0.element) }
        case let value?: throw wrongType(name(key), value, "a list")
        }
    }

    func strings(_ key: String) throws -> [String] {
        try values(key).map { item in
            guard let text = item.value.string else { throw wrongType(item.path, item.value, "a string") }
            return text
        }
    }

    func list<Element>(_ key: String, known: Set<String>, _ read: (FieldReader, String) throws -> Element) throws -> [Element] {
        try values(key).map {
            try read(FieldReader($0.value, file: file, at: $0.path, known: known, isStrict: isStrict), $0.path)
        }
    }

    func mapping<Result>(_ key: String, known: Set<String>, _ read: (FieldReader) throws -> Result) throws -> Result? {
        switch object[key] {
        case nil, .null?: return nil
        case let value?: return try read(FieldReader(value, file: file, at: name(key), known: known, isStrict: isStrict))
        }
    }

    /// A mapping whose members may be anything.
    func mapping(_ key: String) throws -> Object {
        switch object[key] {
        case nil, .null?: return Object()
        case .object(let members)?: return members
        case let value?: throw wrongType(name(key), value, "a mapping")
        }
    }

    func stringMap(_ key: String) throws -> [String: String] {
        switch object[key] {
        case nil, .null?: return [:]
        case .object(let members)?:
            var result: [String: String] = [:]
            for member in members {
                guard let text = member.value.isNull ? "" : text(member.value) else {
                    throw wrongType("\(name(key)).\(member.key)", member.value, "a string", remedy: "Put it in quotes.")
                }
                result[member.key] = text
            }
            return result
        case let value?: throw wrongType(name(key), value, "a mapping")
        }
    }

    func error(_ message: String, remedy: String? = nil) -> PlumbError {
        PlumbError(.invalid, message, remedy: remedy, at: Origin(file: file))
    }

    private func wrongType(_ field: String, _ value: Value, _ wanted: String, remedy: String? = nil) -> PlumbError {
        error("The field \(field) must be \(wanted), but is \(value.typeName).", remedy: remedy)
    }
}
