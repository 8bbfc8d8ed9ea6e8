/// Where a text stops being what it should be.
struct CorruptInput: Error {
    let offset: Int
}

/// Base 64 with padding, as Go's encoding/base64 reads and writes it.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            for index in 0..<4 {
                result.append(index <= count ? alphabet[Int(group >> UInt32(18 - 6 * index)) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }

    /// Line breaks are skipped.
    static func decode(_ text: [UInt8]) -> Result<[UInt8], CorruptInput> {
        var result: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 0x0A || byte == 0x0D {
                index += 1
                continue
            }
            guard let value = value(byte) else {
                guard byte == UInt8(ascii: "=") else { return .failure(CorruptInput(offset: index)) }
                return finish(text, at: index, group: group, count: count, result)
            }
            group = group << 6 | UInt32(value)
            count += 1
            index += 1
            if count == 4 {
                result += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
                (group, count) = (0, 0)
            }
        }
        return count == 0 ? .success(result) : .failure(CorruptInput(offset: index - count))
    }

    private static func finish(
        _ text: [UInt8], at start: Int, group: UInt32, count: Int, _ result: [UInt8]
    ) -> Result<[UInt8], CorruptInput> {
        guard count >= 2 else { return .failure(CorruptInput(offset: start)) }
        var index = start + 1
        func skipBreaks() { while index < text.count, text[index] == 0x0A || text[index] == 0x0D { index += 1 } }
        skipBreaks()
        if count == 2 {
            guard index < text.count else { return .failure(CorruptInput(offset: text.count)) }
            guard text[index] == UInt8(ascii: "=") else { return .failure(CorruptInput(offset: index)) }
            index += 1
            skipBreaks()
        }
        guard index >= text.count else { return .failure(CorruptInput(offset: index)) }
        let bits = group << UInt32(6 * (4 - count))
        return .success(result + [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255)].prefix(count - 1))
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

/// Base 32 with padding, as Go's encoding/base32 reads and writes it.
enum Base32Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 5) {
            let part = bytes[start..<min(start + 5, bytes.count)]
            let group = part.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << UInt64(8 * (5 - part.count))
            let count = (part.count * 8 + 4) / 5
            for index in 0..<8 {
                result.append(index < count ? alphabet[Int(group >> UInt64(35 - 5 * index)) & 31] : UInt8(ascii: "="))
            }
        }
        return result
    }

    static func decode(_ text: [UInt8]) -> Result<[UInt8], CorruptInput> {
        let text = text.filter { $0 != 0x0A && $0 != 0x0D }
        var result: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 8) {
            let part = text[start..<min(start + 8, text.count)]
            let digits = part.prefix { $0 != UInt8(ascii: "=") }
            var group: UInt64 = 0
            for (index, byte) in digits.enumerated() {
                guard let digit = alphabet.firstIndex(of: byte) else { return .failure(CorruptInput(offset: start + index)) }
                group = group << 5 | UInt64(digit)
            }
            guard part.count == 8 else { return .failure(CorruptInput(offset: text.count - part.count)) }
            guard let count = [8: 5, 7: 4, 5: 3, 4: 2, 2: 1][digits.count],
                part.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") }),
                digits.count == 8 || start + 8 >= text.count
            else { return .failure(CorruptInput(offset: start + digits.count)) }
            group <<= UInt64(5 * (8 - digits.count))
            for index in 0..<count { result.append(UInt8(group >> UInt64(32 - 8 * index) & 255)) }
        }
        return .success(result)
    }
}
