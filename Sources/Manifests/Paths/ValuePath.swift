/// Where something stands in a value, or which places of it are meant: a JSON pointer (RFC 6901) with selectors for list
/// elements, as in `/spec/template/spec/containers/[name=app]/image`.
package struct ValuePath: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        /// A member of an object. In a list: the element of that index, or with `-` the one after the last.
        case key(String)
        /// The elements of a list that are objects in which `field` is the string or number `value`: `[field=value]`.
        case match(field: String, value: String)
        /// Every member or element: `*`.
        case any

        package static func index(_ index: Int) -> Segment { .key(String(index)) }
    }

    package var segments: [Segment]

    package init(_ segments: [Segment] = []) { self.segments = segments }

    /// A path of object keys, taken as they are.
    package init(keys: String...) { segments = keys.map { .key($0) } }

    package func appending(_ segment: Segment) -> ValuePath { ValuePath(segments + [segment]) }
}

extension ValuePath: CustomStringConvertible {
    /// Reads what `description` prints. `~0` stands for `~` and `~1` for `/`, as in the RFC; beyond it, `~2` stands for a
    /// `*` and `~3` for a `[` that begin a key and mean themselves.
    ///
    /// Throws unless the text is empty (the whole value) or begins with `/`.
    package init(parsing text: String) throws(ManifestError) {
        segments = []
        for token in try Self.tokens(of: text) { segments.append(try Self.segment(token, in: text)) }
    }

    package var description: String { segments.map { "/" + $0.token }.joined() }

    private static func tokens(of text: String) throws(ManifestError) -> [Substring] {
        if text.isEmpty { return [] }
        guard text.utf8.first == UInt8(ascii: "/") else { throw ManifestError("the path \(text.quoted) does not begin with \"/\"") }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    private static func segment(_ token: Substring, in text: String) throws(ManifestError) -> Segment {
        if token == "*" { return .any }
        guard token.first == "[" else { return .key(try unescape(token, in: text)) }
        guard token.last == "]", let sign = token.firstIndex(of: "="), sign > token.index(after: token.startIndex) else {
            throw ManifestError("the path \(text.quoted) has the selector \(String(token).quoted); one is written [field=value]")
        }
        let field = token[token.index(after: token.startIndex)..<sign]
        let value = token[token.index(after: sign)...].dropLast()
        return .match(field: try unescape(field, in: text), value: try unescape(value, in: text))
    }

    private static func unescape(_ token: Substring, in text: String) throws(ManifestError) -> String {
        guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
        var result: [UInt8] = []
        var bytes = token.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "~") else {
                result.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "0"): result.append(byte)
            case UInt8(ascii: "1"): result.append(UInt8(ascii: "/"))
            case UInt8(ascii: "2"): result.append(UInt8(ascii: "*"))
            case UInt8(ascii: "3"): result.append(UInt8(ascii: "["))
            default:
                throw ManifestError(
                    "the path \(text.quoted) has a \"~\" that no digit of an escape follows; a \"~\" itself is written ~0")
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension ValuePath.Segment {
    fileprivate var token: String {
        switch self {
        case .any: "*"
        case .match(let field, let value): "[\(Self.escape(field))=\(Self.escape(value))]"
        case .key("*"): "~2"
        case .key(let key):
            if key.utf8.first == UInt8(ascii: "[") { "~3" + Self.escape(String(key.dropFirst())) } else { Self.escape(key) }
        }
    }

    private static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
