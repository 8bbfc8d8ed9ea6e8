/// JSON text (RFC 8259) to values and back.
package enum JSON {
    /// Arrays and objects inside each other; deeper input is refused, so that no reader of the tree runs out of stack.
    package static let depthLimit = 200

    /// Reads one JSON text in UTF-8.
    ///
    /// Throws on everything the RFC does not permit, on duplicate keys unless the last one is to count, on invalid UTF-8 and on text
    /// after the value. A byte order mark before it is not an error. A number without a fraction that fits is an `integer`, however it
    /// is written.
    package static func parse(
        _ bytes: [UInt8], file: String = "JSON", lastKeyCounts: Bool = false
    ) throws(ManifestError) -> Value {
        var parser = JSONParser(bytes, file: file, lastKeyCounts: lastKeyCounts)
        return try parser.parseText()
    }

    /// The value in UTF-8, members sorted by the bytes of their keys, numbers and escapes as Go's encoding/json writes them
    /// without its escapes for HTML. `pretty` indents by two spaces; no newline follows the end.
    ///
    /// JSON has no infinity and no NaN: such a double is written as `null`. No reader of this module makes one.
    package static func serialize(_ value: Value, pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(sink: [UInt8](), pretty: pretty)
        writer.write(value)
        return writer.sink
    }
}

extension Value {
    /// The value as compact JSON.
    package var json: String { String(decoding: JSON.serialize(self), as: UTF8.self) }
}
