/// Encodings that other modules need as templates have them.
package enum GoEncoding {
    /// Base 64 with padding.
    package static func base64(_ bytes: [UInt8]) -> [UInt8] { Base64Text.encode(bytes) }

    /// In double quotes, as `%q`.
    package static func quoted(_ bytes: [UInt8]) -> String { GoQuote.double(bytes) }

    /// As `toYaml`. Throws `GoError` for what YAML does not hold.
    package static func yaml(_ value: GoValue) throws -> [UInt8] { try GoYAML.encode(value) }
}
