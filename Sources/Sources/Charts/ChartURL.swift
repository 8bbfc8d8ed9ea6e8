import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where charts are: a repository with an index, or a registry. Holds no secret: it may be printed and logged.
package struct ChartURL: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable { case index, registry }

    package let kind: Kind
    /// As it was written, without slashes at its end.
    package let description: String
    /// Whether a person said that it may be read without TLS.
    let isInsecure: Bool
    private let isTLS: Bool
    private let authority: String
    /// Begins with a slash, or is empty.
    let path: String

    /// Reads `https://`, `http://` and `oci://` URLs. Throws `invalid` for others, for a user or password in one (without
    /// repeating it), and for plain HTTP to another machine where `isInsecure` is not said.
    package init(_ text: String, isInsecure: Bool = false) throws {
        let whole = Redactor()(text)
        guard let separator = text.range(ofFirst: "://"), let scheme = Self.schemes[text[..<separator.lowerBound].lowercased()],
            text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x5c })
        else { throw PlumbError(.invalid, "\(whole.quoted) is not the URL of a chart repository.", remedy: Self.remedy) }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else {
            throw PlumbError(
                .invalid, "The URL \(whole) has a user or a password in it.",
                remedy: "Take it out of the URL, and give it as username and password in the repository's secret.")
        }
        let path = String(rest[authority.endIndex...])
        guard !path.contains(where: { $0 == "?" || $0 == "#" }),
            !path.split(separator: "/").contains(where: { Self.leadsElsewhere(String($0)) }),
            let host = URL(string: "https://\(authority)/")?.host(), !host.isEmpty,
            !authority.contains(where: { "?#".contains($0) })
        else { throw PlumbError(.invalid, "\(whole.quoted) is not the URL of a chart repository.", remedy: Self.remedy) }
        kind = scheme.kind
        isTLS = scheme.isTLS
        self.isInsecure = isInsecure
        self.authority = authority.lowercased()
        self.path = String(path.dropLast(while: { $0 == "/" }))
        description = "\(text[..<separator.lowerBound].lowercased())://\(self.authority)\(self.path)"
        guard isTLS || isInsecure || isLoopback else {
            throw PlumbError(
                .invalid, "\(description) is plain HTTP: anybody on the way can change what it says.",
                remedy: "Use https; or say that it may be, with insecure: true beside the url, or --plain-http.")
        }
    }

    private static let schemes: [String: (kind: Kind, isTLS: Bool)] = [
        "https": (.index, true), "http": (.index, false), "oci": (.registry, true),
    ]
    private static let remedy = "Use https://host/path for a repository with an index.yaml, oci://host/path for a registry."

    /// Whether a server might take the part of a path for something else than a name.
    static func leadsElsewhere(_ part: String) -> Bool {
        part == ".." || part == "." || part.lowercased().contains("%2e") || part.lowercased().contains("%2f")
    }

    var isLoopback: Bool { Self.isLoopback(authority) }

    /// Where requests go: a registry on this machine speaks plain HTTP, unless somebody gave the authority of its certificate.
    func address(hasAuthority: Bool) -> String {
        let isPlain = kind == .registry ? isInsecure || (isLoopback && !hasAuthority) : !isTLS
        return (isPlain ? "http://" : "https://") + authority
    }

    static func isLoopback(_ authority: String) -> Bool {
        guard let host = URL(string: "https://\(authority)/")?.host()?.lowercased() else { return false }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        return host == "localhost" || host == "::1" || host == "[::1]"
            || (octets.count == 4 && octets[0] == 127 && host.filter { $0 == "." }.count == 3)
    }
}

extension String {
    /// Without the characters at its end that are so.
    func dropLast(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
