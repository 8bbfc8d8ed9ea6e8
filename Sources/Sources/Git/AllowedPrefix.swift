import Model

/// The beginning of repositories' URLs, in whole steps of their path: `https://github.com/org` covers `…/org/repo`, and not
/// `…/organisation/repo`. `=NAME` after it names the credentials for what it covers.
package struct AllowedPrefix: Sendable, Hashable {
    /// The name of a secret; nil where repositories are read without credentials.
    package let secret: String?
    private let place: Place

    /// Throws `invalid` for what cannot begin the URL of a remote repository.
    package init(_ text: String) throws {
        let equals = text.lastIndex(of: "=")
        let prefix = equals.map { String(text[..<$0]) } ?? text
        secret = equals.map { String(text[text.index(after: $0)...]) }
        guard let place = Place(prefix), !place.segments.contains(where: Self.isTricky), secret.map(Self.isName) ?? true else {
            throw PlumbError(
                .invalid, "\(Redactor()(text).quoted) cannot begin the URL of a repository.",
                remedy:
                    "Write a scheme and a host, and as much of the path as is meant: https://github.com/org; after it, =NAME for credentials."
            )
        }
        self.place = place
    }

    /// In how many steps it says what it means: of two that cover a URL, the longer one counts.
    var length: Int { place.segments.count }

    private static func isName(_ secret: String) -> Bool { !secret.isEmpty && !secret.contains("/") && !secret.hasPrefix(".") }

    /// Whether a repository of this URL may be fetched. No URL that a server could read as another path is covered.
    package func covers(_ url: GitURL) -> Bool {
        guard let other = Place(url.description), other.authority == place.authority,
            !other.segments.contains(where: Self.isTricky)
        else { return false }
        return other.segments.starts(with: place.segments)
    }

    /// Steps that lead elsewhere once a server has read them.
    private static func isTricky(_ segment: String) -> Bool {
        segment == "." || segment == ".." || segment.utf8.contains(UInt8(ascii: "%")) || segment.utf8.contains(UInt8(ascii: "\\"))
    }

    /// A URL, or `user@host:path`, in its parts; the last one without `.git`.
    private struct Place: Hashable {
        let authority: String
        let segments: [String]

        init?(_ text: String) {
            let path: Substring
            if let scheme = text.range(ofFirst: "://") {
                let rest = text[scheme.upperBound...]
                let host = rest.prefix { $0 != "/" }
                authority = (text[..<scheme.upperBound] + host).lowercased()
                path = rest[host.endIndex...]
                guard !host.isEmpty || authority == "file://" else { return nil }
            } else {
                guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, !text[..<colon].contains("/") else {
                    return nil
                }
                authority = text[...colon].lowercased()
                path = text[text.index(after: colon)...]
            }
            var segments = path.split(separator: "/").map(String.init)
            if let last = segments.last, last.hasSuffix(".git"), last.count > 4 {
                segments[segments.count - 1] = String(last.dropLast(4))
            }
            self.segments = segments
        }
    }
}
