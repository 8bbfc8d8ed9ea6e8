import Manifests
import Model
import Template

/// Reads `--set a.b[0]=x,c={1,2}` and the like into values.
struct SetExpression {
    enum Kind {
        /// Numbers, booleans and null by their look.
        case typed
        case string
        case json
        /// The value is all that follows, as it stands.
        case literal
    }

    private let text: [UInt8]
    private let kind: Kind
    private let flag: String
    /// In errors.
    private let shown: String
    private var position = 0

    private static let maximumIndex = 65536
    private static let maximumDepth = 30

    private init(_ text: String, kind: Kind, flag: String, shown: String? = nil) {
        self.text = Array(text.utf8)
        self.kind = kind
        self.flag = flag
        self.shown = shown ?? text
    }

    /// Adds what the expression says to `values`. `flag` names it in errors, which are `invalid`.
    static func apply(_ text: String, kind: Kind, flag: String, to values: GoMap) throws {
        var parser = SetExpression(text, kind: kind, flag: flag)
        while parser.position < parser.text.count { try parser.key(in: values, depth: 0) }
    }

    /// Puts one value at a path. The value is all of `value`, whatever is in it, and no part of an error.
    static func apply(_ value: String, at path: String, isLiteral: Bool, what: String, to values: GoMap) throws {
        var (kind, text) = (isLiteral ? Kind.literal : .typed, value)
        if !isLiteral {
            for quote in ["'", "\""] where text.utf8.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) && kind == .typed {
                (kind, text) = (.literal, String(text.dropFirst().dropLast()))
            }
            if kind == .typed { text = escaped(text) }
        }
        var parser = SetExpression("\(path)=\(text)", kind: kind, flag: what, shown: path)
        try parser.key(in: values, depth: 0)
    }

    /// `{a,b}` stays a list, as `--set` reads it; a comma or brace in anything else is a part of the value.
    private static func escaped(_ value: String) -> String {
        let bytes = Array(value.utf8)
        let isList = bytes.first == UInt8(ascii: "{") && bytes.firstIndex(of: UInt8(ascii: "}")) == bytes.count - 1
        if isList { return value }
        var result: [UInt8] = bytes.first == UInt8(ascii: "{") ? [UInt8(ascii: "\\")] : []
        for byte in bytes {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private var current: UInt8? { position < text.count ? text[position] : nil }

    private func error(_ problem: String) -> PlumbError {
        PlumbError(.invalid, "\(flag) \(shown.quoted): \(problem).")
    }

    /// Up to one of `stops`, which is taken and given back; a backslash takes the next character as it is.
    private mutating func runes(until stops: String) -> (String, UInt8?) {
        var result: [UInt8] = []
        while let byte = current {
            position += 1
            if stops.utf8.contains(byte) { return (String(decoding: result, as: UTF8.self), byte) }
            if byte == UInt8(ascii: "\\"), kind != .literal, let next = current {
                result.append(next)
                position += 1
            } else {
                result.append(byte)
            }
        }
        return (String(decoding: result, as: UTF8.self), nil)
    }

    // MARK: Keys

    private mutating func key(in map: GoMap, depth: Int) throws {
        guard depth < Self.maximumDepth else { throw error("it is nested more than \(Self.maximumDepth) levels deep") }
        let (name, stop) = runes(until: kind == .literal ? "=[." : "=[,.")
        switch stop {
        case nil:
            if name.isEmpty { return }
            throw error("the key \(name.quoted) has no value; write \(name)=VALUE")
        case UInt8(ascii: "["):
            let index = try self.index()
            guard !name.isEmpty else { throw error("a list has no name") }
            let list: [GoValue]
            switch map[name] {
            case .list(let existing)?: list = existing.elements
            default: list = []
            }
            map[name] = .list(try element(of: list, at: index, depth: depth + 1))
        case UInt8(ascii: "="):
            guard !name.isEmpty else { throw error("a value has no key") }
            map[name] = try value()
        case UInt8(ascii: ","):
            map[name] = .string("")
            throw error("the key \(name.quoted) has no value; a comma in a value is written \\,")
        default:
            let inner: GoMap
            if case .map(let existing)? = map[name] { inner = existing } else { inner = GoMap() }
            try key(in: inner, depth: depth + 1)
            guard inner.count > 0 else { throw error("the key \(name.quoted) has no value") }
            map[name] = .map(inner)
        }
    }

    private mutating func index() throws -> Int {
        let (digits, stop) = runes(until: "]")
        guard stop != nil, let index = Int(digits), index >= 0 else { throw error("the index [\(digits)] is no number") }
        guard index <= Self.maximumIndex else { throw error("the index \(index) is greater than \(Self.maximumIndex)") }
        return index
    }

    private mutating func element(of list: [GoValue], at index: Int, depth: Int) throws -> [GoValue] {
        guard depth < Self.maximumDepth else { throw error("it is nested more than \(Self.maximumDepth) levels deep") }
        var list = list
        while list.count <= index { list.append(.null) }
        let stop = current
        if stop != nil { position += 1 }
        switch stop {
        case UInt8(ascii: "=")?: list[index] = try value()
        case UInt8(ascii: "[")?:
            let inner: [GoValue]
            if case .list(let existing) = list[index] { inner = existing.elements } else { inner = [] }
            let next = try self.index()
            list[index] = .list(try element(of: inner, at: next, depth: depth + 1))
        case UInt8(ascii: ".")?:
            let inner: GoMap
            if case .map(let existing) = list[index] { inner = existing } else { inner = GoMap() }
            try key(in: inner, depth: depth + 1)
            list[index] = .map(inner)
        case nil: throw error("an element of a list has no value")
        default: throw error("there is \(Character(Unicode.Scalar(stop ?? 0)).description.quoted) behind an index")
        }
        return list
    }

    // MARK: Values

    private mutating func value() throws -> GoValue {
        switch kind {
        case .literal:
            defer { position = text.count }
            return .string(String(decoding: text[position...], as: UTF8.self))
        case .json: return try json()
        case .typed, .string: break
        }
        if current == UInt8(ascii: "{") {
            position += 1
            return .list(try list())
        }
        let (text, _) = runes(until: ",")
        return typed(text)
    }

    private mutating func list() throws -> [GoValue] {
        var elements: [GoValue] = []
        while true {
            let (text, stop) = runes(until: ",}")
            switch stop {
            case UInt8(ascii: "}")?:
                if current == UInt8(ascii: ",") { position += 1 }
                // `{}` is a list of one empty text: that is how Helm reads it.
                elements.append(typed(text))
                return elements
            case nil: throw error("a list has no closing }")
            default: elements.append(typed(text))
            }
        }
    }

    /// One JSON value; what follows its comma is the next key.
    private mutating func json() throws -> GoValue {
        let rest = text[position...]
        var depth = 0
        var isInString = false
        var end = rest.startIndex
        while end < rest.endIndex {
            let byte = rest[end]
            if isInString {
                if byte == UInt8(ascii: "\\") { end += 1 } else if byte == UInt8(ascii: "\"") { isInString = false }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
            } else if byte == UInt8(ascii: ","), depth == 0 {
                break
            }
            end += 1
        }
        end = min(end, rest.endIndex)
        let part = Array(rest[rest.startIndex..<end])
        position = min(end + 1, text.count)
        if part.allSatisfy({ $0 == 0x20 }) { return .null }
        do { return GoValue(try JSON.parse(part, lastKeyCounts: true)) } catch {
            throw self.error("the value is no JSON: \(error.message)")
        }
    }

    private func typed(_ text: String) -> GoValue {
        guard kind == .typed else { return .string(text) }
        switch text {
        case "true", "True", "TRUE", "tRUE", "TrUE": return .bool(true)
        case _ where text.lowercased() == "true": return .bool(true)
        case _ where text.lowercased() == "false": return .bool(false)
        case _ where text.lowercased() == "null": return .null
        case "0": return .int64(0)
        default: break
        }
        // A number with a leading zero is a code of some kind.
        if !text.hasPrefix("0"), let number = GoParsing.int(text) { return .int64(number) }
        return .string(text)
    }
}
