import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Which way a request may be sent on. Pure.
enum Redirect {
    /// Where `location` leads from `url`. Throws `failed` for what is no web address, and for one without TLS that one with TLS
    /// leads to, unless a person permits it.
    static func target(_ location: String, from url: URL, permitsPlain: Bool) throws -> URL {
        guard location.utf8.count <= 8192, let next = URL(string: location, relativeTo: url)?.absoluteURL,
            let scheme = next.scheme?.lowercased(), scheme == "https" || scheme == "http", next.host()?.isEmpty == false,
            next.user() == nil, next.password() == nil
        else { throw PlumbError(.failed, "\(url.shown) leads to what is no web address, or has a user or password in it.") }
        guard scheme == "https" || url.scheme?.lowercased() == "http" || permitsPlain else {
            throw PlumbError(
                .denied, "\(url.shown) leads to \(next.shown), which is plain HTTP, and is not followed there.",
                remedy: "Have the server name an https address.")
        }
        return next
    }
}

/// Whom credentials are for.
struct WebOrigin: Hashable {
    private let scheme: String
    private let host: String
    private let port: Int

    init(_ url: URL) {
        scheme = url.scheme?.lowercased() ?? ""
        host = url.host()?.lowercased() ?? ""
        port = url.port ?? (scheme == "http" ? 80 : 443)
    }
}

extension URL {
    /// Without what may be a secret: the query and the fragment.
    var shown: String {
        "\(scheme ?? "")://\(host() ?? "")\(port.map { ":\($0)" } ?? "")\(path(percentEncoded: true))"
    }
}
