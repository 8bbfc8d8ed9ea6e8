package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How Plumb proves to a chart repository or a registry who it is, and which server it believes. Never printed.
package struct ChartCredentials: Sendable, Hashable {
    package enum Method: Sendable, Hashable {
        case none
        case userPassword(user: String, password: Secret)
        case bearerToken(Secret)
    }

    package let method: Method
    /// PEM: the authorities trusted for this server, in place of the system's.
    package let certificateAuthority: String?

    package init(_ method: Method = .none, certificateAuthority: String? = nil) {
        self.method = method
        self.certificateAuthority = certificateAuthority
    }

    package static let none = ChartCredentials()

    /// Of the header `Authorization`; nil where there is nothing to send.
    var authorization: Secret? {
        switch method {
        case .none: nil
        case .userPassword(let user, let password): Self.basic(user, password)
        case .bearerToken(let token): Secret("Bearer \(token.reveal())")
        }
    }

    static func basic(_ user: String, _ password: Secret) -> Secret {
        Secret("Basic " + Data("\(user):\(password.reveal())".utf8).base64EncodedString())
    }

    /// Throws `invalid` for what no header can carry.
    func validate(for url: ChartURL) throws {
        let texts: [String] =
            switch method {
            case .none: []
            case .userPassword(let user, let password): [user, password.reveal()]
            case .bearerToken(let token): [token.reveal()]
            }
        guard texts.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f } }) else {
            throw PlumbError(.invalid, "The user name, password or token for \(url) has a line break or control character in it.")
        }
        if case .userPassword(let user, _) = method, user.contains(":") {
            throw PlumbError(.invalid, "The user name for \(url) has a colon in it, which HTTP does not permit.")
        }
    }
}

/// Which directory of credentials is for which URLs, where none is named.
package struct CredentialTemplates: Sendable {
    /// By the name of the directory.
    private let prefixes: [(name: String, prefix: [String])]

    /// - Parameter urls: what the file `url` of each directory says.
    package init(urls: [String: String]) {
        prefixes = urls.sorted { $0.key < $1.key }.compactMap { name, url in
            Self.segments(url).map { (name, $0) }
        }
    }

    /// The directory whose URL `url` begins with, whole segments of the path compared; of several the longest. nil for none.
    package func name(for url: String) -> String? {
        guard let wanted = Self.segments(url) else { return nil }
        return prefixes.filter { wanted.starts(with: $0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.name
    }

    /// Scheme and host, then each name of the path; nil for what is no URL, or tries to lead back up.
    private static func segments(_ url: String) -> [String]? {
        guard let separator = url.range(ofFirst: "://") else { return nil }
        let rest = url[separator.upperBound...].split(separator: "/").map(String.init)
        guard let host = rest.first, !host.contains("@"), !rest.contains(where: ChartURL.leadsElsewhere) else { return nil }
        return [url[..<separator.lowerBound].lowercased(), host.lowercased()] + rest.dropFirst()
    }
}
