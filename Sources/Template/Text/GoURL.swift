/// What Go takes for a URL, or a part of one.
package struct URLReference: Sendable {
    /// Whether it has a scheme.
    package let isAbsolute: Bool
    package let hostname: [UInt8]
    /// Whether the host is written in brackets, as an IPv6 address is.
    package let hasBrackets: Bool
    /// As written, where it is not written as Go would write it; else empty.
    package let rawPath: [UInt8]

    package init?(_ text: [UInt8]) {
        guard let url = try? GoURL(text) else { return nil }
        isAbsolute = !url.scheme.isEmpty
        hostname = url.hostname
        hasBrackets = url.host.contains(UInt8(ascii: "[")) && url.host.contains(UInt8(ascii: "]"))
        rawPath = url.rawPath == url.escapedPath ? [] : url.rawPath
    }

    /// A part of it without its escapes; nil where one is wrong.
    package static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? { try? GoURL.unescape(text) }
}

/// A URL in its parts, as Go's net/url reads and writes it.
struct GoURL {
    var scheme: [UInt8] = []
    var opaque: [UInt8] = []
    /// As written, without the `@`.
    var userInfo: [UInt8]?
    var host: [UInt8] = []
    /// Without its escapes.
    var path: [UInt8] = []
    var query: [UInt8] = []
    var fragment: [UInt8] = []
    /// The path as written, where that says more.
    fileprivate private(set) var rawPath: [UInt8] = []

    init() {}

    /// Throws `GoError` in Go's words.
    init(_ text: [UInt8]) throws {
        do { try self.init(parsing: text) } catch let error as GoError {
            throw GoError("unable to parse url: parse \(GoQuote.double(text)): \(error.message)")
        }
    }

    private init(parsing text: [UInt8]) throws {
        var rest = text[...]
        if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = try Self.unescape(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        guard !rest.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw GoError("net/url: invalid control character in URL") }
        if rest.elementsEqual("*".utf8) {
            path = Array("*".utf8)
            return
        }
        (scheme, rest) = try Self.scheme(rest)
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = Array(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        if rest.first != UInt8(ascii: "/") {
            if !scheme.isEmpty {
                opaque = Array(rest)
                return
            }
            let segment = rest.prefix { $0 != UInt8(ascii: "/") }
            guard !segment.contains(UInt8(ascii: ":")) else { throw GoError("first path segment in URL cannot contain colon") }
        }
        if rest.starts(with: "//".utf8), !scheme.isEmpty || !rest.starts(with: "///".utf8) {
            let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            rest = rest.dropFirst(2 + authority.count)
            try readAuthority(authority)
        }
        rawPath = Array(rest)
        path = try Self.unescape(rest)
    }

    private static func scheme(_ text: ArraySlice<UInt8>) throws -> ([UInt8], ArraySlice<UInt8>) {
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if index == 0 { return ([], text) }
            case UInt8(ascii: ":"):
                if index == 0 { throw GoError("missing protocol scheme") }
                let lower = text.prefix(index).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                return (lower, text.dropFirst(index + 1))
            default: return ([], text)
            }
        }
        return ([], text)
    }

    private mutating func readAuthority(_ authority: ArraySlice<UInt8>) throws {
        var hostText = authority
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let user = authority[..<at]
            userInfo = Array(user)
            guard user.allSatisfy(Self.mayBeInUserInfo) else { throw GoError("net/url: invalid userinfo") }
            _ = try Self.unescape(user)
            hostText = authority[(at + 1)...]
        }
        if hostText.first == UInt8(ascii: "[") {
            guard let close = hostText.lastIndex(of: UInt8(ascii: "]")) else { throw GoError("missing ']' in host") }
            try Self.check(port: hostText[(close + 1)...])
        } else if let colon = hostText.lastIndex(of: UInt8(ascii: ":")) {
            try Self.check(port: hostText[colon...])
        }
        if let wrong = hostText.first(where: { !Self.mayBeInHost($0) }) {
            throw GoError("invalid character \(GoQuote.double([wrong])) in host name")
        }
        try Self.checkEscapes(inHost: hostText)
        host = try Self.unescape(hostText)
    }

    private static func mayBeInUserInfo(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._:~!$&'()*+,;=%@".utf8.contains(byte)
    }

    /// Only what is no ASCII may be written so, and the sign itself before a zone.
    private static func checkEscapes(inHost host: ArraySlice<UInt8>) throws {
        for (index, byte) in zip(host.indices, host) where byte == UInt8(ascii: "%") {
            let escape = host[index...].prefix(3)
            guard escape.count == 3, let high = GoNumbers.digitValue(escape[index + 1]), high < 8,
                !escape.elementsEqual("%25".utf8)
            else { continue }
            // A zone may have any.
            if host.first == UInt8(ascii: "["), Bytes.split(Array(host[..<index]), by: Array("%25".utf8)).count > 1 { continue }
            throw GoError("invalid URL escape \(GoQuote.double(Array(escape)))")
        }
    }

    private static func mayBeInHost(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || "!$&'()*+,;=:[]<>\"-_.~%".utf8.contains(byte)
    }

    private static func check(port: ArraySlice<UInt8>) throws {
        guard !port.isEmpty else { return }
        guard port.first == UInt8(ascii: ":"), port.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw GoError("invalid port \(GoQuote.double(Array(port))) after host")
        }
    }

    /// The host without its port and brackets.
    var hostname: [UInt8] {
        if host.first == UInt8(ascii: "["), let close = host.firstIndex(of: UInt8(ascii: "]")) { return Array(host[1..<close]) }
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")),
            host[(colon + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
        else { return host }
        return Array(host[..<colon])
    }

    var text: [UInt8] {
        var result = scheme.isEmpty ? [] : scheme + [UInt8(ascii: ":")]
        if !opaque.isEmpty {
            result += opaque
        } else {
            if !scheme.isEmpty || !host.isEmpty || userInfo != nil {
                if !host.isEmpty || !path.isEmpty || userInfo != nil { result += Array("//".utf8) }
                if let userInfo { result += userInfo + [UInt8(ascii: "@")] }
                result += Self.escape(host, keeping: "!$&'()*+,;=:[]<>\"-_.~")
            }
            let escaped = escapedPath
            if escaped.first != UInt8(ascii: "/"), !path.isEmpty, !host.isEmpty { result.append(UInt8(ascii: "/")) }
            result += escaped
        }
        if !query.isEmpty { result += [UInt8(ascii: "?")] + query }
        if !fragment.isEmpty { result += [UInt8(ascii: "#")] + Self.escape(fragment, keeping: "$&+,/:;=?@-_.~!()*'") }
        return result
    }

    var escapedPath: [UInt8] { Self.escape(path, keeping: "$&+,/:;=@-_.~") }

    private static func escape(_ bytes: [UInt8], keeping kept: String) -> [UInt8] {
        bytes.flatMap { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || kept.utf8.contains(byte)
                ? [byte] : Escaping.percent(byte)
        }
    }

    static func unescape(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
        guard text.contains(UInt8(ascii: "%")) else { return Array(text) }
        var result: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            guard text[index] == UInt8(ascii: "%") else {
                result.append(text[index])
                index += 1
                continue
            }
            guard index + 2 < text.endIndex, let high = GoNumbers.digitValue(text[index + 1]), high < 16,
                let low = GoNumbers.digitValue(text[index + 2]), low < 16
            else {
                let shown = Array(text[index..<min(index + 3, text.endIndex)])
                throw GoError("invalid URL escape \(GoQuote.double(shown))")
            }
            result.append(UInt8(high << 4 | low))
            index += 3
        }
        return result
    }
}
