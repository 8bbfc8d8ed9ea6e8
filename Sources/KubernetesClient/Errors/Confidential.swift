import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps what a Secret holds, and what a plugin prints by mistake, out of messages.
enum Confidential {
    static let placeholder = Redactor.mark

    /// Every text in a Secret, or in a patch of one, that is data; also decoded, since servers quote either form.
    static func values(ofSecret body: Value) -> [String] {
        var found: [String] = []
        collect(body, into: &found)
        return found
    }

    /// The text on one line, of bounded length, without the given values.
    static func clean(_ text: String, hiding values: [String]) -> String {
        var result = text
        if !values.isEmpty {
            // Decoding errors of older servers quote the bytes around the place, which may be half a password.
            for marker in ["error found in #", "bigger context"] {
                if let range = result.firstRange(of: marker) { result = result[..<range.lowerBound] + placeholder }
            }
        }
        result = Redactor(secrets: values)(result)
        let printable = String(String.UnicodeScalarView(result.unicodeScalars.map { isControl($0) ? " " : $0 }))
        return printable.count > 4000 ? printable.prefix(4000) + "…" : printable
    }

    /// What a program wrote to stderr, its last part, with whatever looks like a credential masked.
    static func masked(_ text: String) -> String {
        let tail = clean(String(text.suffix(1000)), hiding: [])
        return tail.split(separator: " ").map { mask($0) }.joined(separator: " ")
    }

    private static func mask(_ word: Substring) -> String {
        let separators: Set<Character> = ["=", ":", "\"", "'", ",", "&", "?", "{", "}", "(", ")"]
        var result = ""
        var part = ""
        for character in word {
            if separators.contains(character) {
                result += (looksSecret(part) ? placeholder : part) + String(character)
                part = ""
            } else {
                part.append(character)
            }
        }
        return result + (looksSecret(part) ? placeholder : part)
    }

    /// Long, and mixing letters with digits as tokens and keys do; paths and host names have their separators.
    private static func looksSecret(_ text: String) -> Bool {
        if text.hasPrefix("eyJ") { return true }
        guard text.utf8.count >= 16, !text.contains("/") || text.utf8.count >= 40 else { return false }
        let hasDigit = text.utf8.contains { (0x30...0x39).contains($0) }
        let hasLetter = text.utf8.contains { (0x41...0x5a).contains($0 & 0xdf) }
        return hasDigit && hasLetter && text.utf8.filter { $0 == 0x2e || $0 == 0x2d }.count * 8 < text.utf8.count
    }

    private static let descriptive: Set<String> = ["apiVersion", "kind", "metadata", "type", "immutable", "op", "path", "from"]

    private static func collect(_ value: Value, into found: inout [String]) {
        switch value {
        case .string(let text):
            found.append(text)
            if let data = Data(base64Encoded: text), let decoded = String(validating: data, as: UTF8.self) { found.append(decoded) }
        case .array(let elements): elements.forEach { collect($0, into: &found) }
        case .object(let members):
            for member in members where !descriptive.contains(member.key) { collect(member.value, into: &found) }
        case .integer, .double: found.append(value.json)
        case .bool, .null: break
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x202a...0x202e).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }
}
