/// Whether a text is an IP address.
package enum IPAddress {
    /// Without a zone.
    package static func isSix(_ text: [UInt8]) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        return text.contains(":") && InternetAddress.bytes(text) != nil
    }
}

/// IP addresses in text.
enum InternetAddress {
    /// 4 or 16 bytes, or nil for what is no address.
    static func bytes(_ text: String) -> [UInt8]? { text.contains(":") ? six(text) : four(text) }

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isCanonical = part == "0" || !part.hasPrefix("0")
            guard isCanonical, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let byte = UInt8(part) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: String) -> [UInt8]? {
        let halves = Bytes.split(Array(text.utf8), by: Array("::".utf8)).map { String(decoding: $0, as: UTF8.self) }
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt8]] = []
        for half in halves {
            guard let bytes = half.isEmpty ? [] : self.groups(half) else { return nil }
            groups.append(bytes)
        }
        if groups.count == 1 { return groups[0].count == 16 ? groups[0] : nil }
        let missing = 16 - groups[0].count - groups[1].count
        return missing >= 2 ? groups[0] + Array(repeating: 0, count: missing) + groups[1] : nil
    }

    private static func groups(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains("."), index == parts.count - 1 {
                guard let tail = four(part) else { return nil }
                bytes += tail
            } else {
                guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes
    }
}
