/// A path to a value inside a document (RFC 6901): `/spec/containers/0/image`; the empty text is the whole document.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The steps of the path, unescaped.
    package var tokens: [String]

    package init(tokens: [String]) { self.tokens = tokens }

    package init(_ text: String) throws(ManifestError) {
        guard text.isEmpty || text.hasPrefix("/") else { throw ManifestError("the path \"\(text)\" does not start with \"/\".") }
        tokens = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { Self.unescaped($0) }
    }

    package var description: String { tokens.map { "/" + Self.escaped($0) }.joined() }

    package func isInside(_ other: JSONPointer) -> Bool { tokens.starts(with: other.tokens) }

    /// The position that a token names in a list: digits without a leading zero.
    package static func listIndex(_ token: String) -> Int? {
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), token == "0" || !token.hasPrefix("0") else {
            return nil
        }
        return Int(token)
    }

    private static func unescaped(_ token: Substring) -> String {
        var result = ""
        var rest = token
        while let tilde = rest.firstIndex(of: "~") {
            result += rest[..<tilde]
            let after = rest.index(after: tilde)
            switch after < rest.endIndex ? rest[after] : nil {
            case "0": result += "~"
            case "1": result += "/"
            default:
                // Not an escape: kept as it is written.
                result += "~"
                rest = rest[after...]
                continue
            }
            rest = rest[rest.index(after: after)...]
        }
        return result + rest
    }

    private static func escaped(_ token: String) -> String {
        var result = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
