/// A scalar as written, and what it means.
///
/// The rules are those of go-yaml 2, which Kubernetes reads manifests with: YAML 1.1's words and prefixes, without its
/// numbers to the base of 60; dates stay strings because JSON has none.
struct YAMLScalar {
    var text: String
    var tag: String?
    /// Without quotes, and no block.
    var isPlain: Bool

    static let mergeKey = "<<"

    /// What a plain scalar is, before any tag.
    enum Meaning: Equatable {
        case null
        case bool(Bool)
        case integer(Int64)
        /// An integer that only an unsigned number of 64 bits can hold.
        case unsigned(UInt64)
        case double(Double)
        case timestamp
        case string

        var name: String {
            switch self {
            case .null: "null"
            case .bool: "a boolean"
            case .integer, .unsigned: "an integer"
            case .double: "a number with a fraction"
            case .timestamp: "a date"
            case .string: "a string"
            }
        }
    }

    var isMergeKey: Bool { text == Self.mergeKey && (tag == "tag:yaml.org,2002:merge" || (tag == nil && isPlain)) }

    /// Whether the text stands for itself: true for nearly every key and most values, and cheap to say.
    var isCertainlyString: Bool { tag == nil && (!isPlain || !Self.mayBeOther(text)) }

    /// Whether what it means depends on variables that have no values yet.
    var isTemplate: Bool { isPlain && tag == nil && text.utf8.contains(UInt8(ascii: "$")) && text.contains("${") }

    /// Throws a `ManifestError` without a place.
    func resolve(_ dialect: YAML.Dialect) throws(ManifestError) -> Value {
        if isCertainlyString { return .string(text) }
        guard let tag else { return try value(of: Self.meaning(of: text, in: dialect), in: dialect) }
        let prefix = "tag:yaml.org,2002:"
        guard tag.hasPrefix(prefix) else { return .string(text) }
        let meaning = Self.meaning(of: text, in: dialect)
        switch (tag.dropFirst(prefix.count), meaning) {
        case ("binary", _): return .string(try decodeBase64())
        case ("null", .null), ("bool", .bool), ("int", .integer), ("int", .unsigned), ("float", .double), ("timestamp", .timestamp):
            return try value(of: meaning, in: dialect)
        case ("float", .integer(let integer)): return Value(number: Double(integer))
        case ("float", .unsigned(let integer)): return Value(number: Double(integer))
        case ("null", _), ("bool", _), ("int", _), ("float", _), ("timestamp", _):
            throw ManifestError("the tag !!\(tag.dropFirst(prefix.count)) does not fit \(text.quoted), which is \(meaning.name)")
        default: return .string(text)
        }
    }

    /// The scalar as a mapping's key, which is always a string; nil for what Kubernetes takes for none.
    func key(_ dialect: YAML.Dialect) -> String? {
        if isCertainlyString { return text }
        if tag != nil { return (try? resolve(dialect)).flatMap { $0.string ?? $0.integer.map { String($0) } } }
        switch Self.meaning(of: text, in: dialect) {
        case .null, .unsigned: return nil
        case .bool(let bool): return bool ? "true" : "false"
        case .integer(let integer): return String(integer)
        case .double(let double): return double.isFinite ? NumberText.key(double) : text
        case .timestamp, .string: return text
        }
    }

    private func value(of meaning: Meaning, in dialect: YAML.Dialect) throws(ManifestError) -> Value {
        switch meaning {
        case .null: return .null
        case .bool(let bool): return .bool(bool)
        case .integer(let integer): return .integer(integer)
        case .unsigned(let integer): return Value(number: Double(integer))
        case .double(let double):
            guard double.isFinite else {
                throw ManifestError("\(text) is a number that Kubernetes and JSON do not have; quote it if it is a string")
            }
            return Value(number: double)
        case .timestamp: return .string(dialect.isKustomize ? YAMLTimestamp.withTime(text) : text)
        case .string: return .string(text)
        }
    }

    private func decodeBase64() throws(ManifestError) -> String {
        guard let bytes = Base64.decode(text) else { throw ManifestError("the value tagged !!binary is not valid base64") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
