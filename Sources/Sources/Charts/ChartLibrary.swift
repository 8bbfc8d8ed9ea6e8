import Crypto
package import Logging
package import Model

/// Where charts come from: followers of repositories, and what charts ask for beside themselves. Owns the connections.
package actor ChartLibrary {
    private nonisolated let web: WebClient
    private nonisolated let files: ChartFiles
    private nonisolated let directory: String
    private nonisolated let credentials: @Sendable (String) async throws -> ChartCredentials
    private nonisolated let keepsMemory: Bool
    private nonisolated let logger: Logger

    /// Those that dependencies of charts come from, by URL.
    private var others: [String: ChartFollower] = [:]
    private var fetched: [ChartPlace: Revision.Digest] = [:]

    private static let kept = 1000

    /// - Parameters:
    ///   - directory: what is fetched is kept below it, by its digest; and where `keepsMemory`, what versions were when first seen.
    ///   - credentials: for a URL for which nobody names a secret.
    package init(
        directory: String, userAgent: String, keepsMemory: Bool, limits: WebLimits = WebLimits(), logger: Logger = .current,
        credentials: @escaping @Sendable (String) async throws -> ChartCredentials
    ) {
        web = WebClient(userAgent: userAgent, limits: limits)
        files = ChartFiles(directory: directory + "/files", limit: limits.cache)
        self.directory = directory
        self.keepsMemory = keepsMemory
        self.logger = logger
        self.credentials = credentials
    }

    /// Ends the connections.
    package func close() async { await web.close() }

    /// A follower of a repository; its owner runs and closes it. `named` are the credentials of a secret that somebody named.
    ///
    /// Throws `invalid` for credentials that cannot be used with the URL.
    package nonisolated func follower(
        of url: ChartURL, named: ChartCredentials? = nil, interval: Duration = Repository.interval
    ) async throws -> ChartFollower {
        let used = if let named { named } else { try await credentials(url.description) }
        try used.validate(for: url)
        let catalog: any ChartCatalog =
            switch url.kind {
            case .index: try IndexCatalog(url: url, credentials: used, web: web, files: files)
            case .registry:
                RegistryCatalog(registry: try Registry(url: url, credentials: used, web: web), files: files, limits: web.limits)
            }
        let name = SHA256.hash(data: Array(url.description.utf8)).prefix(16).map { hex($0) }.joined()
        return ChartFollower(
            url: url, catalog: catalog, memory: keepsMemory ? "\(directory)/versions/\(name).json" : nil, interval: interval,
            logger: logger)
    }

    /// One version of a chart that a chart asks for, packed. What was seen before is not asked for again.
    ///
    /// Throws `invalid` for a URL that is none, and what following a repository throws.
    package func archive(
        _ chart: String, _ version: String, from repository: String
    ) async throws -> (bytes: [UInt8], digest: Revision.Digest) {
        let follower = try await other(repository)
        let revision: Revision
        if let known = try await follower.known(chart, version) {
            revision = known
        } else {
            revision = try await Self.revision(ChartReference(name: chart, version: version), of: follower)
        }
        let bytes = try await follower.archive(at: revision).bytes
        if fetched.count >= Self.kept { fetched = [:] }
        fetched[ChartPlace(repository: repository, chart: chart, version: version)] = revision.digest
        return (bytes, revision.digest)
    }

    /// What `archive` gave for the same last; nil where it was not asked.
    package func digest(of chart: String, _ version: String, from repository: String) -> Revision.Digest? {
        fetched[ChartPlace(repository: repository, chart: chart, version: version)]
    }

    /// Nobody looks at these from time to time: what is not there may have been published since the last look.
    private static func revision(_ reference: ChartReference, of follower: ChartFollower) async throws -> Revision {
        do { return try await follower.revision(of: reference) } catch let error as PlumbError where !error.isRetryable {
            _ = await follower.look()
            return try await follower.revision(of: reference)
        }
    }

    private func other(_ repository: String) async throws -> ChartFollower {
        if let known = others[repository] { return known }
        let follower = try await follower(of: try ChartURL(repository))
        if let known = others[repository] { return known }
        if others.count >= Self.kept { others = [:] }
        others[repository] = follower
        return follower
    }
}

private struct ChartPlace: Hashable {
    let repository: String
    let chart: String
    let version: String
}
