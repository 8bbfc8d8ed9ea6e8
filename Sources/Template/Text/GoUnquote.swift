/// The value of a quoted constant, as Go's `strconv.Unquote` gives it.
enum GoUnquote {
    /// Takes the text with its quotes. Nil for one that Go refuses.
    static func string(_ quoted: [UInt8]) -> [UInt8]? {
        guard quoted.count >= 2, let mark = quoted.first, mark == quoted.last else { return nil }
        let body = quoted[1..<quoted.count - 1]
        if mark == UInt8(ascii: "`") { return body.filter { $0 != 0x0D } }
        var result: [UInt8] = []
        result.reserveCapacity(body.count)
        var index = body.startIndex
        while index < body.endIndex {
            let byte = body[index]
            if byte == UInt8(ascii: "\\") {
                guard let (bytes, next) = escape(body, at: index + 1, quote: mark) else { return nil }
                result += bytes
                index = next
            } else {
                if byte == 0x0A || byte == mark { return nil }
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    /// The one character of a constant in single quotes.
    static func character(_ quoted: [UInt8]) -> Unicode.Scalar? {
        guard let bytes = string(quoted), !bytes.isEmpty else { return nil }
        if bytes.count == 1, bytes[0] >= 0x80 { return Unicode.Scalar(bytes[0]) }
        guard let (scalar, length) = Runes.decode(bytes, at: 0), length == bytes.count else { return nil }
        return scalar
    }

    private static func escape(_ body: ArraySlice<UInt8>, at index: Int, quote: UInt8) -> ([UInt8], Int)? {
        guard index < body.endIndex else { return nil }
        let letter = body[index]
        switch letter {
        case UInt8(ascii: "a"): return ([7], index + 1)
        case UInt8(ascii: "b"): return ([8], index + 1)
        case UInt8(ascii: "f"): return ([12], index + 1)
        case UInt8(ascii: "n"): return ([10], index + 1)
        case UInt8(ascii: "r"): return ([13], index + 1)
        case UInt8(ascii: "t"): return ([9], index + 1)
        case UInt8(ascii: "v"): return ([11], index + 1)
        case UInt8(ascii: "\\"), quote: return ([letter], index + 1)
        case UInt8(ascii: "x"):
            guard let value = number(body, from: index + 1, digits: 2, base: 16) else { return nil }
            return ([UInt8(value)], index + 3)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = letter == UInt8(ascii: "u") ? 4 : 8
            guard let value = number(body, from: index + 1, digits: digits, base: 16), let scalar = Unicode.Scalar(value) else {
                return nil
            }
            return (Array(String(scalar).utf8), index + 1 + digits)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            guard let value = number(body, from: index, digits: 3, base: 8), value < 256 else { return nil }
            return ([UInt8(value)], index + 3)
        default: return nil
        }
    }

    private static func number(_ body: ArraySlice<UInt8>, from start: Int, digits: Int, base: Int) -> UInt32? {
        guard start + digits <= body.endIndex else { return nil }
        var result: UInt32 = 0
        for byte in body[start..<start + digits] {
            guard let digit = GoNumbers.digitValue(byte), digit < base else { return nil }
            result = result * UInt32(base) + UInt32(digit)
        }
        return result
    }
}
