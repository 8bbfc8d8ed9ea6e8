/// What a registry asks for: the header `WWW-Authenticate` of an answer 401. Pure.
enum AuthenticationChallenge: Hashable {
    case basic
    /// The token flow of the distribution specification.
    case bearer(realm: String, service: String?, scope: String?)

    /// The first one that is known; nil for none.
    init?(_ headers: [String]) {
        let found = headers.compactMap(Self.read)
        guard let bearer = found.first(where: { $0 != .basic }) ?? found.first else { return nil }
        self = bearer
    }

    private static func read(_ header: String) -> AuthenticationChallenge? {
        let trimmed = header.drop { $0 == " " }
        let scheme = trimmed.prefix { $0 != " " }.lowercased()
        if scheme == "basic" { return .basic }
        guard scheme == "bearer" else { return nil }
        let parameters = parameters(trimmed.dropFirst(6))
        return parameters["realm"].map { .bearer(realm: $0, service: parameters["service"], scope: parameters["scope"]) }
    }

    /// `key="value",key=value`; a backslash in quotes keeps what follows it.
    private static func parameters(_ text: Substring) -> [String: String] {
        var result: [String: String] = [:]
        var rest = text
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            let key = rest.prefix { $0 != "=" && $0 != "," }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, rest.first == "=" else { return result }
            rest.removeFirst()
            let value: String
            (value, rest) = Self.value(rest)
            result[key.lowercased()] = value
        }
    }

    private static func value(_ text: Substring) -> (String, Substring) {
        guard text.first == "\"" else {
            let value = text.prefix { $0 != "," && $0 != " " }
            return (String(value), text.dropFirst(value.count))
        }
        var rest = text.dropFirst()
        var value = ""
        while let next = rest.popFirst(), next != "\"" {
            if next == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(next) }
        }
        return (value, rest)
    }
}
