/// Encodings that other modules need as templates have them.
package enum GoEncoding {
    /// Base 64 with padding.
    package static func base64(_ bytes: [UInt8]) -> [UInt8] { Base64Text.encode(bytes) }

    /// In double quotes, as `%q`.
    package static func quoted(_ bytes: [UInt8]) -> String { GoQuote.double(bytes) }

    /// As a string of JSON: for each byte that belongs to no character there is a replacement character.
    package static func string(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for rune in Runes(bytes) { text.append(rune.scalar) }
        return String(text)
    }

    /// As `toYaml`. Throws `GoError` for what YAML does not hold.
    package static func yaml(_ value: GoValue) throws -> [UInt8] { try GoYAML.encode(value) }
}
