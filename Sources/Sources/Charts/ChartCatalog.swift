import Model
import NIOHTTP1
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a repository of charts or a registry has.
protocol ChartCatalog: Sendable {
    /// What each of the references leads to, looked at now; where `mayBeKnown`, as of the last look where that is enough.
    ///
    /// Throws where nothing could be asked; a reference that leads nowhere has an error of its own.
    func releases(
        _ references: [ChartReference], mayBeKnown: Bool
    ) async throws -> [ChartReference: Result<ChartRelease, PlumbError>]

    /// The packed chart of a release whose digest is known.
    func archive(of release: ChartRelease, _ digest: Revision.Digest) async throws -> [UInt8]

    /// The digest of a release that says none itself.
    func digest(of release: ChartRelease) async throws -> Revision.Digest
}

/// A repository with an `index.yaml`.
actor IndexCatalog: ChartCatalog {
    private nonisolated let url: ChartURL
    private nonisolated let credentials: ChartCredentials
    private nonisolated let web: WebClient
    private nonisolated let files: ChartFiles
    private let base: URL
    private let trust: TLSConfiguration?
    private let work = BlockingWork("plumb.charts.index")
    private let turnstile = Turnstile()

    private var index: ChartIndex?
    private var tag: String?
    private var modified: String?

    /// Throws `invalid` for an authority that is none.
    init(url: ChartURL, credentials: ChartCredentials, web: WebClient, files: ChartFiles) throws {
        self.url = url
        self.credentials = credentials
        self.web = web
        self.files = files
        trust = try WebClient.trust(credentials.certificateAuthority, for: url)
        guard let base = URL(string: url.address(hasAuthority: true) + url.path + "/") else {
            throw PlumbError(.invalid, "\(url) is no web address.")
        }
        self.base = base
    }

    func releases(
        _ references: [ChartReference], mayBeKnown: Bool
    ) async throws -> [ChartReference: Result<ChartRelease, PlumbError>] {
        let index = try await turnstile.pass { () async throws -> ChartIndex in
            if mayBeKnown, let index = self.index { return index }
            return try await look()
        }
        var result: [ChartReference: Result<ChartRelease, PlumbError>] = [:]
        for reference in references {
            do { result[reference] = .success(try index.release(reference, in: "\(url)")) } catch let error as PlumbError {
                result[reference] = .failure(error)
            }
        }
        return result
    }

    func archive(of release: ChartRelease, _ digest: Revision.Digest) async throws -> [UInt8] {
        if let kept = try await files.read(digest) { return kept }
        var release = release
        if release.urls.isEmpty {
            let reference = ChartReference(name: release.chart, version: release.version)
            guard let found = try await releases([reference], mayBeKnown: true)[reference] else { return [] }
            release = try found.get()
        }
        let bytes = try await fetch(release)
        try await ContentDigest.check(bytes, is: digest, "archive of \(release.chart) \(release.version) in \(url)")
        try await files.keep(bytes, digest)
        return bytes
    }

    func digest(of release: ChartRelease) async throws -> Revision.Digest {
        let bytes = try await fetch(release)
        guard let digest = await ContentDigest.of(bytes) else { throw PlumbError(.failed, "\(release.chart) has no digest.") }
        try await files.keep(bytes, digest)
        return digest
    }

    // MARK: Requests

    /// What has not changed is not sent again.
    private func look() async throws -> ChartIndex {
        var request = WebClient.Request(url: base.appending(path: "index.yaml"), limit: web.limits.index)
        request.authorization = credentials.authorization
        request.trust = trust
        request.permitsPlain = url.isInsecure
        if index != nil {
            if let tag { request.headers.append((name: "If-None-Match", value: tag)) }
            if let modified { request.headers.append((name: "If-Modified-Since", value: modified)) }
        }
        let answer = try await web.answer(to: request)
        if answer.status == 304, let index { return index }
        guard answer.isGood else { throw answer.failure("index.yaml of \(url)") }
        let (url, limit) = (url, web.limits.index)
        let index = try await work.run { try ChartIndex(answer.body, from: "\(url)", limit: limit) }
        self.index = index
        (tag, modified) = (answer.headers.first(name: "ETag"), answer.headers.first(name: "Last-Modified"))
        return index
    }

    /// From the first address of the release; on another server without credentials.
    private func fetch(_ release: ChartRelease) async throws -> [UInt8] {
        let what = "archive of \(release.chart) \(release.version) in \(url)"
        guard let text = release.urls.first else { throw PlumbError(.invalid, "The \(what) has no address.") }
        if text.hasPrefix("oci://") { return try await fromRegistry(text, release) }
        var request = WebClient.Request(
            url: try Redirect.target(text, from: base, permitsPlain: url.isInsecure), limit: web.limits.archive)
        request.permitsPlain = url.isInsecure
        if WebOrigin(request.url) == WebOrigin(base) {
            request.authorization = credentials.authorization
            request.trust = trust
        }
        let answer = try await web.answer(to: request)
        guard answer.isGood else { throw answer.failure(what) }
        return answer.body
    }

    /// An index may name a registry: `oci://host/path/chart:1.2.3`. It is asked without credentials.
    private func fromRegistry(_ text: String, _ release: ChartRelease) async throws -> [UInt8] {
        let tag = release.version.registryTag
        guard text.hasSuffix(":\(tag)") else {
            throw PlumbError(
                .invalid, "\(url) has \(release.chart) \(release.version) at \(text.quoted), which is another version.")
        }
        let place = try ChartURL(String(text.dropLast(tag.utf8.count + 1)), isInsecure: url.isInsecure)
        let catalog = RegistryCatalog(
            registry: try Registry(url: place, credentials: .none, web: web), files: files, limits: web.limits)
        let repository = String(place.path.dropFirst())
        return try await catalog.archive(tag: tag, repository: repository)
    }
}
