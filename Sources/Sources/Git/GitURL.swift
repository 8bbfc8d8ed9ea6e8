import Model

/// Where a Git repository is. Holds no secret: it may be printed, logged and passed to a program.
package struct GitURL: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case https, http, ssh, git
        /// `file://…`: on this machine, but fetched from like any other remote.
        case file
        /// A path: read in place.
        case local
    }

    package let kind: Kind
    /// As Git takes it.
    package let description: String
    /// `scheme://host:port` of an HTTP URL: what credentials are limited to.
    let origin: String?

    /// Reads `https://`, `http://`, `ssh://`, `git://` and `file://` URLs, `user@host:path`, and absolute or relative paths.
    ///
    /// A user name in an HTTP URL is left out. Throws `invalid` for a password in it, without repeating it.
    package init(_ text: String) throws {
        guard !text.isEmpty, !text.hasPrefix("-"), !text.unicodeScalars.contains(where: { $0.value < 0x21 || $0.value == 0x7f })
        else {
            throw PlumbError(.invalid, "\(Redactor()(text).quoted) is not the URL of a Git repository.", remedy: Self.remedy)
        }
        if let separator = text.range(ofFirst: "://") {
            try self.init(scheme: String(text[..<separator.lowerBound]), rest: text[separator.upperBound...])
        } else if Self.isSecureCopyForm(text) {
            self.init(.ssh, text)
        } else {
            self.init(.local, text)
        }
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.description = text
        self.origin = nil
    }

    private init(scheme: String, rest: Substring) throws {
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        let at = authority.lastIndex(of: "@")
        let user = at.map { authority[..<$0] } ?? ""
        let host = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let kind = Kind(rawValue: scheme.lowercased()), kind != .local, kind == .file || !host.isEmpty, path.count > 1,
            !host.hasPrefix("-")
        else {
            throw PlumbError(
                .invalid, "\(Redactor()("\(scheme)://\(rest)").quoted) is not the URL of a Git repository.", remedy: Self.remedy)
        }
        guard !user.contains(":") else {
            throw PlumbError(
                .invalid, "The repository URL \(scheme)://\(host)\(path) has a password in it.",
                remedy: "Take it out of the URL, and give it as username and password in the repository's secret.")
        }
        let isHTTP = kind == .https || kind == .http
        guard !isHTTP || !path.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw PlumbError(
                .invalid, "The repository URL \(scheme)://\(host) has a query or a fragment.",
                remedy: "Use the URL that git clone takes.")
        }
        self.kind = kind
        self.origin = isHTTP ? "\(kind.rawValue)://\(host)" : nil
        self.description = "\(kind.rawValue)://" + (user.isEmpty || isHTTP ? "" : "\(user)@") + host + path
    }

    private static let remedy =
        "Use https://host/path, ssh://user@host/path, user@host:path, git://host/path, file:///path, or a path."

    /// `user@host:path`: a colon before any slash, as Git itself tells it from a path.
    private static func isSecureCopyForm(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        return !text[..<colon].contains("/") && colon != text.startIndex
    }
}

extension String {
    func range(ofFirst needle: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(needle) }.map { $0..<index($0, offsetBy: needle.count) }
    }
}
