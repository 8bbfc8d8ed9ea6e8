#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Strings by their bytes, as Go has them. Swift's own comparison equates canonically equivalent texts.
enum Bytes {
    /// Below, at or above 0.
    static func compare(_ left: String, _ right: String) -> Int {
        var left = left
        var right = right
        return left.withUTF8 { a in
            right.withUTF8 { b in
                let count = min(a.count, b.count)
                if count > 0, let x = a.baseAddress, let y = b.baseAddress {
                    let order = memcmp(x, y, count)
                    if order != 0 { return Int(order) }
                }
                return a.count - b.count
            }
        }
    }

    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && compare(left, right) == 0
    }

    /// The first place of `needle` at or after `start`, found in linear time.
    static func find(_ needle: [UInt8], in text: [UInt8], from start: Int = 0) -> Int? {
        guard !needle.isEmpty else { return start <= text.count ? start : nil }
        guard start < text.count else { return nil }
        return needle.count > 16 ? findLong(needle, in: text, from: start) : findShort(needle, in: text, from: start)
    }

    private static func findShort(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + needle.count <= text.count, let found = text[index...(text.count - needle.count)].firstIndex(of: needle[0]) {
            if text[found..<found + needle.count].elementsEqual(needle) { return found }
            index = found + 1
        }
        return nil
    }

    /// After Knuth, Morris and Pratt: no character of the text is looked at anew for each place that it may be in.
    private static func findLong(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        // How much of the needle's beginning ends at each place of the needle.
        var overlaps = [0]
        overlaps.reserveCapacity(needle.count)
        var overlap = 0
        for byte in needle.dropFirst() {
            while overlap > 0, needle[overlap] != byte { overlap = overlaps[overlap - 1] }
            if needle[overlap] == byte { overlap += 1 }
            overlaps.append(overlap)
        }
        var matched = 0
        for index in start..<text.count {
            while matched > 0, needle[matched] != text[index] { matched = overlaps[matched - 1] }
            if needle[matched] == text[index] { matched += 1 }
            if matched == needle.count { return index + 1 - needle.count }
        }
        return nil
    }

    /// Throws what `charge` does, which is told of the bytes that are put in.
    static func replace(
        _ old: [UInt8], with new: [UInt8], in text: [UInt8], limit: Int = .max, charge: (Int) throws -> Void
    ) rethrows -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var start = 0
        var left = limit
        if old.isEmpty { return try replaceEmpty(with: new, in: text, limit: limit, charge: charge) }
        while left > 0, let found = find(old, in: text, from: start) {
            result += text[start..<found]
            try charge(new.count)
            result += new
            start = found + old.count
            left -= 1
        }
        result += text[start...]
        return result
    }

    /// Go puts the new text before every character and at the end.
    private static func replaceEmpty(
        with new: [UInt8], in text: [UInt8], limit: Int, charge: (Int) throws -> Void
    ) rethrows -> [UInt8] {
        var result: [UInt8] = []
        var left = limit
        for character in Runes(text) {
            if left > 0 {
                try charge(new.count)
                result += new
            }
            left -= 1
            result += text[character.range]
        }
        if left > 0 { result += new }
        return result
    }

    static func split(_ text: [UInt8], by separator: [UInt8], limit: Int = -1) -> [[UInt8]] {
        if limit == 0 { return [] }
        var parts: [[UInt8]] = []
        if separator.isEmpty {
            var rest = 0
            for character in Runes(text) {
                if limit > 0, parts.count == limit - 1 { break }
                parts.append(Array(text[character.range]))
                rest = character.range.upperBound
            }
            if rest < text.count { parts.append(Array(text[rest...])) }
            return parts
        }
        var start = 0
        while limit < 0 || parts.count < limit - 1, let found = find(separator, in: text, from: start) {
            parts.append(Array(text[start..<found]))
            start = found + separator.count
        }
        parts.append(Array(text[start...]))
        return parts
    }
}

/// The characters of bytes as Go's `range` over a string decodes them: what is no UTF-8 is U+FFFD, one byte at a time.
struct Runes: Sequence {
    struct Rune {
        let scalar: Unicode.Scalar
        let range: Range<Int>
        let isValid: Bool
    }

    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func makeIterator() -> Iterator { Iterator(bytes: bytes) }

    struct Iterator: IteratorProtocol {
        let bytes: [UInt8]
        var position = 0

        mutating func next() -> Rune? {
            guard position < bytes.count else { return nil }
            let start = position
            if let (scalar, length) = Runes.decode(bytes, at: start) {
                position += length
                return Rune(scalar: scalar, range: start..<position, isValid: true)
            }
            position += 1
            return Rune(scalar: "\u{FFFD}", range: start..<position, isValid: false)
        }
    }

    /// The character at an offset and its length in bytes, or nil for what is no UTF-8.
    static func decode(_ bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int)? {
        let first = bytes[offset]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        guard length > 0, first < 0xF5, offset + length <= bytes.count else { return nil }
        var value = UInt32(first) & (0xFF >> UInt32(length + 1))
        for byte in bytes[offset + 1..<offset + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= smallest[length], let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }
}
