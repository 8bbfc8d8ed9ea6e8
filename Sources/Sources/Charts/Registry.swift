import Manifests
import Model
import NIOHTTP1
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A registry, as the distribution specification has it, read with one set of credentials.
actor Registry {
    nonisolated let url: ChartURL
    nonisolated let base: String
    private nonisolated let web: WebClient
    private nonisolated let credentials: ChartCredentials
    private nonisolated let trust: TLSConfiguration?
    /// What it takes, by repository.
    private var granted: [String: Grant] = [:]

    private struct Grant {
        let authorization: Secret
        /// nil: for good.
        let until: ContinuousClock.Instant?
    }

    private static let keptGrants = 1000

    /// Throws `invalid` for an authority that is none.
    init(url: ChartURL, credentials: ChartCredentials, web: WebClient) throws {
        self.url = url
        self.credentials = credentials
        self.web = web
        trust = try WebClient.trust(credentials.certificateAuthority, for: url)
        base = url.address(hasAuthority: credentials.certificateAuthority != nil)
    }

    /// All tags of a repository, page by page. Throws `notFound`, `denied`, `limit` and what `WebClient` throws.
    func tags(of repository: String) async throws -> [String] {
        var tags: [String] = []
        var next: URL? = try address("/v2/\(repository)/tags/list?n=1000")
        for _ in 0..<web.limits.pages {
            guard let page = next else { return tags }
            let what = "list of the versions of \(shown(repository))"
            let answer = try await get(page, repository, accept: "application/json", limit: web.limits.manifest, what)
            guard let list = try? JSON.parse(answer.body).object else {
                throw PlumbError(.failed, "The \(what) is not JSON.", remedy: "Check that the URL is that of a registry.")
            }
            tags += list["tags"]?.array?.compactMap(\.string) ?? []
            guard tags.count <= web.limits.tags else { break }
            next = try Self.next(answer, page)
        }
        throw PlumbError(
            .limit, "\(shown(repository)) has more than \(web.limits.tags) versions, or more than \(web.limits.pages) pages.")
    }

    /// The digest that a tag has now, without its content where the registry tells. nil where there is no such tag.
    func digest(of tag: String, in repository: String) async throws -> Revision.Digest? {
        let url = try address("/v2/\(repository)/manifests/\(tag)")
        let what = "chart \(shown(repository)):\(tag)"
        let answer = try await send(url, repository, isHead: true, accept: ChartManifest.accepted, limit: 0, what)
        if answer.status == 404 { return nil }
        guard answer.isGood else { throw answer.failure(what) }
        if let digest = answer.headers.first(name: "Docker-Content-Digest").flatMap(Self.digest) { return digest }
        let whole = try await get(url, repository, accept: ChartManifest.accepted, limit: web.limits.manifest, what)
        return await ContentDigest.of(whole.body)
    }

    /// A manifest by its digest, which its content has.
    func manifest(_ digest: Revision.Digest, in repository: String) async throws -> [UInt8] {
        let url = try address("/v2/\(repository)/manifests/\(digest)")
        let what = "chart \(shown(repository))@\(digest)"
        let answer = try await get(url, repository, accept: ChartManifest.accepted, limit: web.limits.manifest, what)
        try await ContentDigest.check(answer.body, is: digest, what)
        return answer.body
    }

    /// A blob of at most `size` bytes by its digest, which its content has. It may come from another server, without credentials.
    func blob(_ digest: Revision.Digest, in repository: String, size: Int) async throws -> [UInt8] {
        let url = try address("/v2/\(repository)/blobs/\(digest)")
        let what = "content \(digest) of \(shown(repository))"
        let answer = try await get(url, repository, accept: nil, limit: size, what)
        try await ContentDigest.check(answer.body, is: digest, what)
        return answer.body
    }

    // MARK: Requests

    private nonisolated func shown(_ repository: String) -> String {
        "oci://\(base.split(separator: "/").last.map(String.init) ?? "")/\(repository)"
    }

    private nonisolated func address(_ path: String) throws -> URL {
        guard let url = URL(string: base + path) else { throw PlumbError(.invalid, "\(base)\(path) is no web address.") }
        return url
    }

    private func get(
        _ url: URL, _ repository: String, accept: String?, limit: Int, _ what: String
    ) async throws -> WebClient.Answer {
        let answer = try await send(url, repository, isHead: false, accept: accept, limit: limit, what)
        guard answer.isGood else { throw answer.failure(what) }
        return answer
    }

    private func send(
        _ url: URL, _ repository: String, isHead: Bool, accept: String?, limit: Int, _ what: String
    ) async throws -> WebClient.Answer {
        var request = WebClient.Request(url: url, isHead: isHead, limit: limit)
        request.trust = trust
        request.permitsPlain = self.url.isInsecure
        if let accept { request.headers.append((name: "Accept", value: accept)) }
        request.authorization = grant(repository)
        let answer = try await web.answer(to: request)
        guard answer.status == 401, WebOrigin(answer.url) == WebOrigin(url) else { return answer }
        granted[repository] = nil
        guard let challenge = AuthenticationChallenge(answer.headers["WWW-Authenticate"]),
            let grant = try await grant(for: challenge, repository, what)
        else { throw answer.failure(what) }
        if granted.count >= Self.keptGrants { granted = [:] }
        granted[repository] = grant
        request.authorization = grant.authorization
        return try await web.answer(to: request)
    }

    private func grant(_ repository: String) -> Secret? {
        guard let grant = granted[repository] else { return nil }
        if let until = grant.until, until <= .now { return nil }
        return grant.authorization
    }

    private func grant(
        for challenge: AuthenticationChallenge, _ repository: String, _ what: String
    ) async throws -> Grant? {
        switch (challenge, credentials.method) {
        case (_, .bearerToken): return credentials.authorization.map { Grant(authorization: $0, until: nil) }
        case (.basic, _): return credentials.authorization.map { Grant(authorization: $0, until: nil) }
        case (.bearer(let realm, let service, let scope), _):
            return try await token(realm, service, scope ?? "repository:\(repository):pull", what)
        }
    }

    /// The registry itself names who gives tokens, and that one gets the credentials: over TLS, as the registry was asked.
    private func token(_ realm: String, _ service: String?, _ scope: String, _ what: String) async throws -> Grant {
        guard let whole = URL(string: realm), let scheme = whole.scheme?.lowercased(), whole.user() == nil, whole.password() == nil,
            scheme == "https" || (scheme == "http" && base.hasPrefix("http:")), whole.host()?.isEmpty == false
        else { throw PlumbError(.denied, "\(url) names a giver of tokens that is no https address.") }
        let parameters = [service.map { "service=\(Self.encoded($0))" }, "scope=\(Self.encoded(scope))"].compactMap(\.self)
        let text = whole.absoluteString + (whole.query() == nil ? "?" : "&") + parameters.joined(separator: "&")
        guard let address = URL(string: text) else {
            throw PlumbError(.failed, "\(url) names a giver of tokens that is no web address.")
        }
        var request = WebClient.Request(url: address, limit: web.limits.words)
        if case .userPassword = credentials.method { request.authorization = credentials.authorization }
        if let origin = URL(string: base), WebOrigin(origin) == WebOrigin(address) { request.trust = trust }
        request.permitsPlain = url.isInsecure
        let answer = try await web.answer(to: request)
        guard answer.isGood else { throw answer.failure("token for the \(what) from \(address.shown)") }
        let value = try? JSON.parse(answer.body)
        guard let token = (value?["token"] ?? value?["access_token"])?.string, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw PlumbError(.failed, "\(address.shown) gave no token for the \(what).") }
        let lifetime = min(max(value?["expires_in"]?.integer ?? 60, 10), 86_400)
        return Grant(authorization: Secret("Bearer \(token)"), until: .now + .seconds(lifetime - 5))
    }

    // MARK: Reading answers

    /// `Link: </v2/…?last=x&n=1000>; rel="next"`: on the same server, or it is no page of this list.
    private static func next(_ answer: WebClient.Answer, _ page: URL) throws -> URL? {
        guard let link = answer.headers.first(name: "Link"), link.contains("rel=\"next\"") || link.contains("rel=next"),
            let open = link.firstIndex(of: "<"), let close = link[open...].firstIndex(of: ">")
        else { return nil }
        let target = String(link[link.index(after: open)..<close])
        guard let next = URL(string: target, relativeTo: page)?.absoluteURL, WebOrigin(next) == WebOrigin(page), next != page else {
            throw PlumbError(.failed, "\(page.shown) has a next page on another server, or is its own next page.")
        }
        return next
    }

    private static func digest(_ text: String) -> Revision.Digest? {
        guard text.hasPrefix("sha256:"), text.utf8.count == 71 else { return nil }
        return try? Revision.Digest(text.dropFirst(7))
    }

    private static func encoded(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: [byte]
            default: [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
