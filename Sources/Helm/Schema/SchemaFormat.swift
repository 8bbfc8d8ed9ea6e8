import Template

/// What `format` says of a text, with the rules of Helm's own library (github.com/santhosh-tekuri/jsonschema) where they differ from the
/// standards. Formats that it does not know are passed over.
enum SchemaFormat {
    static func holds(_ format: String, _ text: String) -> Bool {
        guard let rule = rules[format] else { return true }
        return rule(Array(text.utf8))
    }

    private static let rules: [String: @Sendable ([UInt8]) -> Bool] = [
        "json-pointer": { isPointer($0[...]) }, "relative-json-pointer": isRelativePointer, "uuid": isUUID,
        "ipv4": { isFour($0[...]) }, "ipv6": { IPAddress.isSix($0) }, "hostname": { isHostname($0[...]) }, "email": isEmail,
        "date": { TimeFormat.isDate($0[...]) }, "time": { TimeFormat.isTime($0[...]) },
        "date-time": { TimeFormat.isDateTime($0[...]) }, "duration": { TimeFormat.isDuration($0[...]) },
        "period": TimeFormat.isPeriod,
        "uri": { url($0)?.isAbsolute ?? false }, "iri": { url($0)?.isAbsolute ?? false }, "iri-reference": isReference,
        "uri-reference": isReference, "uri-template": isTemplate,
        "regex": { (try? GoPattern(String(decoding: $0, as: UTF8.self))) != nil }, "semver": SemanticVersionFormat.holds,
    ]

    private static func url(_ text: [UInt8]) -> URLReference? {
        guard let url = URLReference(text) else { return nil }
        // Go takes any address in brackets.
        return !url.hostname.contains(UInt8(ascii: ":")) || (url.hasBrackets && IPAddress.isSix(url.hostname)) ? url : nil
    }

    private static func isReference(_ text: [UInt8]) -> Bool { !text.contains(UInt8(ascii: "\\")) && url(text) != nil }

    private static func isTemplate(_ text: [UInt8]) -> Bool {
        guard let url = url(text) else { return false }
        return url.rawPath.split(separator: UInt8(ascii: "/")).allSatisfy { part in
            guard let text = URLReference.unescaped(part) else { return false }
            var isOpen = false
            for byte in text {
                switch byte {
                case UInt8(ascii: "{"):
                    if isOpen { return false }
                    isOpen = true
                case UInt8(ascii: "}"):
                    if !isOpen { return false }
                    isOpen = false
                default: continue
                }
            }
            return !isOpen
        }
    }

    private static func isPointer(_ text: ArraySlice<UInt8>) -> Bool {
        guard !text.isEmpty else { return true }
        guard text.first == UInt8(ascii: "/") else { return false }
        return text.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false).dropFirst().allSatisfy {
            $0.first == UInt8(ascii: "0") || $0.first == UInt8(ascii: "1")
        }
    }

    private static func isRelativePointer(_ text: [UInt8]) -> Bool {
        let digits = text.prefix { $0.isDigit }
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        let rest = text[digits.count...]
        return rest.elementsEqual([UInt8(ascii: "#")]) || isPointer(rest)
    }

    private static func isUUID(_ text: [UInt8]) -> Bool {
        let groups = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexadecimal) }
    }

    /// Each number may have a sign.
    private static func isFour(_ text: ArraySlice<UInt8>) -> Bool {
        let groups = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return groups.count == 4
            && groups.allSatisfy { group in
                if group.count > 1, group.first == UInt8(ascii: "0") { return false }
                return Int(String(decoding: group, as: UTF8.self)).map { (0...255).contains($0) } ?? false
            }
    }

    private static func isHostname(_ text: ArraySlice<UInt8>) -> Bool {
        let name = text.last == UInt8(ascii: ".") ? text.dropLast() : text
        guard name.count <= 253 else { return false }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isEmail(_ text: [UInt8]) -> Bool {
        guard text.count <= 254, let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (text[..<at], text[(at + 1)...])
        guard local.count <= 64, isLocalPart(local) else { return false }
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            let address = Array(domain.dropFirst().dropLast())
            return address.starts(with: "IPv6:".utf8) ? IPAddress.isSix(Array(address.dropFirst(5))) : isFour(address[...])
        }
        return isHostname(domain)
    }

    private static func isLocalPart(_ text: ArraySlice<UInt8>) -> Bool {
        let (quote, dot) = (UInt8(ascii: "\""), UInt8(ascii: "."))
        if text.count > 1, text.first == quote, text.last == quote {
            return !text.dropFirst().dropLast().contains { $0 == quote || $0 == UInt8(ascii: "\\") }
        }
        guard text.first != dot, text.last != dot, !zip(text, text.dropFirst()).contains(where: { $0 == dot && $1 == dot }) else {
            return false
        }
        return text.allSatisfy { $0.isLetter || $0.isDigit || ".!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    var isHexadecimal: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
}

/// A version as semver.org has it: three numbers, what comes before it, and how it was built.
enum SemanticVersionFormat {
    static func holds(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        if let plus = rest.firstIndex(of: UInt8(ascii: "+")) {
            guard parts(rest[(plus + 1)...], allowsZeros: true) else { return false }
            rest = rest[..<plus]
        }
        if let minus = rest.firstIndex(of: UInt8(ascii: "-")) {
            guard parts(rest[(minus + 1)...], allowsZeros: false) else { return false }
            rest = rest[..<minus]
        }
        let numbers = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 3 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) && !isPadded($0) }
    }

    private static func parts(_ text: ArraySlice<UInt8>, allowsZeros: Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }
                && (allowsZeros || !part.allSatisfy(\.isDigit) || !isPadded(part))
        }
    }

    private static func isPadded(_ number: ArraySlice<UInt8>) -> Bool { number.count > 1 && number.first == UInt8(ascii: "0") }
}
