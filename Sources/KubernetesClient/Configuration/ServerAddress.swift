import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The address of an API server: scheme, host, port, and the path before `/api` where a proxy adds one.
package struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    package let port: Int
    /// Empty, or with a slash at its start and none at its end.
    package let basePath: String

    package var isTLS: Bool { scheme == "https" }

    /// Reads `https://host:port/path`. Throws `PlumbError` for anything that is not exactly an address.
    package init(_ text: String) throws {
        func refuse(_ why: String) -> PlumbError {
            PlumbError(.invalid, "\(text.quoted) is not the address of an API server: \(why).", remedy: "Write https://HOST:PORT.")
        }
        guard let components = URLComponents(string: text), let url = URL(string: text) else { throw refuse("it is not a URL") }
        guard components.user == nil, components.password == nil else {
            throw PlumbError(
                .invalid, "The address of an API server must not hold a user name or password.",
                remedy: "Move them to the user of the context.")
        }
        guard let scheme = components.scheme?.lowercased(), scheme == "https" || scheme == "http" else {
            throw refuse("it does not start with https:// or http://")
        }
        guard let host = components.host, !host.isEmpty else { throw refuse("it names no host") }
        guard components.query == nil, components.fragment == nil else { throw refuse("it has a query or fragment") }
        if let port = components.port, !(1...65535).contains(port) { throw refuse("\(port) is not a port") }
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = components.port ?? (scheme == "https" ? 443 : 80)
        var path = url.path(percentEncoded: true)
        while path.hasSuffix("/") { path.removeLast() }
        basePath = path
    }

    /// The same server under another name: for `tls-server-name`.
    func origin(host: String) -> String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)\(basePath)"
    }

    /// Host and port as the `Host` header has them.
    var hostHeader: String {
        let isStandard = port == (isTLS ? 443 : 80)
        return (host.contains(":") ? "[\(host)]" : host) + (isStandard ? "" : ":\(port)")
    }

    package var description: String { "\(scheme)://\(hostHeader)\(basePath)" }
}
