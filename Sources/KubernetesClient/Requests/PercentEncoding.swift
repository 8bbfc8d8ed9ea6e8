/// Percent-encoding after RFC 3986: everything but the unreserved characters, and those a place allows besides.
enum PercentEncoding {
    static func queryValue(_ text: String) -> String { encode(text, alsoAllowed: "") }

    /// `:` is common in the names of roles and may stand in a path segment.
    static func pathSegment(_ text: String) -> String { encode(text, alsoAllowed: ":") }

    /// The key of an extra field in the name of an `Impersonate-Extra-` header. Header names are case-insensitive,
    /// and the server decodes `%`; so capitals are encoded too.
    static func headerKey(_ text: String) -> String {
        text.utf8.map { byte in
            isUnreserved(byte) && !(0x41...0x5a).contains(byte) ? String(UnicodeScalar(byte)) : escape(byte)
        }.joined()
    }

    private static func encode(_ text: String, alsoAllowed: String) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        return text.utf8.map { byte in
            isUnreserved(byte) || alsoAllowed.utf8.contains(byte) ? String(UnicodeScalar(byte)) : escape(byte)
        }.joined()
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: true
        default: false
        }
    }
}
