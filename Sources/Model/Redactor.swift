/// Takes secrets out of text that comes from outside: what a program printed, what a server answered.
///
/// A secret is found as it is, line by line where it has several, percent-encoded, and in Base64 wherever it starts in
/// the encoded text. Whatever stands before the `@` of a URL goes too, except the plain user name of an `ssh` URL.
/// Secrets of fewer than four characters are not looked for: they would be in every text.
package struct Redactor: Sendable {
    package static let mark = "•••"

    private let needles: [String]

    package init(secrets: [String] = []) {
        let lines = secrets.flatMap { [$0] + $0.split(whereSeparator: \.isNewline).map(String.init) }
        let long = Set(lines).filter { $0.utf8.count >= 4 }
        let forms = long.flatMap {
            [$0, $0.percentEncoded(hex: "0123456789ABCDEF"), $0.percentEncoded(hex: "0123456789abcdef")] + $0.base64Cores
        }
        // The longest first: a secret that contains another one is replaced as a whole.
        needles = Set(forms).filter { $0.utf8.count >= 4 }.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    package func callAsFunction(_ text: String) -> String {
        needles.reduce(Self.withoutUserInformation(text)) { $0.replacingEach($1, with: Self.mark) }
    }

    /// `https://user:secret@host/x` becomes `https://•••@host/x`.
    private static func withoutUserInformation(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let separator = rest.firstRange(of: "://") {
            let isSSH = rest[..<separator.lowerBound].hasSuffix("ssh")
            result += rest[..<separator.upperBound]
            rest = rest[separator.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/?#'\"<>".contains($0) }
            if let at = authority.lastIndex(of: "@"), !(isSSH && !authority[..<at].contains(":")) {
                result += mark
                rest = rest[at...]
            }
        }
        return result + rest
    }
}

extension StringProtocol {
    fileprivate func firstRange(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start != endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}

extension String {
    /// Compares bytes, not characters: a combining mark after a secret must not hide it.
    fileprivate func replacingEach(_ needle: String, with replacement: String) -> String {
        let text = Array(utf8)
        let pattern = Array(needle.utf8)
        guard text.count >= pattern.count else { return self }
        var result: [UInt8] = []
        var position = 0
        while position < text.count {
            if text.count - position >= pattern.count, text[position] == pattern[0],
                text[position..<position + pattern.count].elementsEqual(pattern)
            {
                result += replacement.utf8
                position += pattern.count
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    fileprivate func percentEncoded(hex digits: String) -> String {
        let hex = Array(digits.utf8)
        var result: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: result.append(byte)
            default: result += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What every Base64 text that holds these bytes contains, for each of the three places they can start at (as in
    /// `user:password`), in both alphabets. Digits that share bits with neighbouring bytes are left out.
    fileprivate var base64Cores: [String] {
        let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let url = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let bytes = Array(utf8)
        return (0..<3).flatMap { offset in
            let first = (offset * 8 + 5) / 6
            let end = (offset + bytes.count) * 8 / 6
            let values: [Int] = (first..<max(first, end)).map { digit in
                let bit = digit * 6 - offset * 8
                let high = Int(bytes[bit / 8])
                let low = bit / 8 + 1 < bytes.count ? Int(bytes[bit / 8 + 1]) : 0
                return ((high << 8 | low) >> (10 - bit % 8)) & 63
            }
            return [standard, url].map { alphabet in String(decoding: values.map { alphabet[$0] }, as: UTF8.self) }
        }
    }
}
