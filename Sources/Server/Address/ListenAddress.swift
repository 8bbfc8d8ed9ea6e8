import Model

/// `HOST:PORT`, where a server listens: `127.0.0.1:7420`, `[::1]:0`, `0.0.0.0:80`.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// Without brackets.
    package let host: String
    /// 0 takes a port that is free.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// nil for what is no host and port; the brackets around an IPv6 address are required.
    package init?(parsing text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        let isAllowed = host.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || ":.-_%".utf8.contains(byte)
        }
        guard !host.isEmpty, isAllowed else { return nil }
        self.init(host: String(host), port: port)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    package var isLoopback: Bool { Self.isLoopback(host) }

    /// What a program on this machine connects to.
    package var localURL: String {
        switch host {
        case "0.0.0.0": "http://\(ListenAddress(host: "127.0.0.1", port: port))"
        case "::": "http://\(ListenAddress(host: "::1", port: port))"
        default: "http://\(self)"
        }
    }

    /// Whether a request that names this `Host` was meant for a server on loopback. A name that only resolves to it is how a
    /// page on the web reaches one (DNS rebinding).
    func permits(authority: String?) -> Bool {
        guard isLoopback else { return true }
        guard let authority else { return false }
        return Self.isLoopback(Self.host(of: authority.lowercased()))
    }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
