/// sprig's functions on URLs.
enum URLFunctions {
    static let functions: [String: GoFunction] = [
        "urlParse": GoFunction([.string]) { arguments in
            let url = try GoURL(arguments.bytes(0))
            func text(_ bytes: [UInt8]) -> GoValue { .text(bytes) }
            return .map(
                GoMap([
                    ("fragment", text(url.fragment)), ("host", text(url.host)), ("hostname", text(url.hostname)),
                    ("opaque", text(url.opaque)), ("path", text(url.path)), ("query", text(url.query)),
                    ("scheme", text(url.scheme)), ("userinfo", text(url.userInfo ?? [])),
                ]))
        },
        "urlJoin": GoFunction([.map]) { arguments in
            func part(_ name: String) throws -> [UInt8] {
                guard let value = arguments.map(0)[name] else { return [] }
                guard let bytes = value.bytes else {
                    throw GoError("unable to parse \(name) key, must be of type string, but \(value.kindName) found")
                }
                return bytes
            }
            var url = GoURL()
            (url.scheme, url.host, url.path) = (try part("scheme"), try part("host"), try part("path"))
            (url.query, url.opaque, url.fragment) = (try part("query"), try part("opaque"), try part("fragment"))
            let user = try part("userinfo")
            url.userInfo = user.isEmpty ? nil : user
            return .text(url.text)
        },
    ]
}
