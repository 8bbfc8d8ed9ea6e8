import Helm
package import Model

/// Where charts come from that a chart asks for and has not inside it.
package struct ChartFetching: Sendable {
    package struct Fetched: Sendable {
        package var archive: [UInt8]
        package var digest: Revision.Digest

        package init(archive: [UInt8], digest: Revision.Digest) {
            self.archive = archive
            self.digest = digest
        }
    }

    /// One version of a chart from the URL of a repository.
    package var fetch: @Sendable (_ chart: String, _ version: String, _ repository: String) async throws -> Fetched
    /// What `fetch` gave last; nil where that is not known any more. Asks nobody.
    package var known: @Sendable (_ chart: String, _ version: String, _ repository: String) async -> Revision.Digest?

    package init(
        fetch: @escaping @Sendable (String, String, String) async throws -> Fetched,
        known: @escaping @Sendable (String, String, String) async -> Revision.Digest?
    ) {
        self.fetch = fetch
        self.known = known
    }
}

/// What a rendering depends on beside the source. Charts, and kustomizations with remote bases, ask for
/// each thing only when it is needed.
package struct RenderContext: Sendable {
    /// The name of a chart's release, where its settings say none: the application's name. nil for the chart's own.
    package var release: String?
    /// Where objects without a namespace go.
    package var namespace: @Sendable () async throws -> String
    /// What the cluster is; nil for what Helm assumes without one.
    package var capabilities: @Sendable () async throws -> PlatformCapabilities?
    /// The application's key for random values; nil where there is none. Asked to make one, it does or throws.
    package var key: @Sendable (_ isMade: Bool) async throws -> ChartKey?
    /// What is live where the objects go; nil where nobody can be asked.
    package var live: LiveReader?
    /// Programs that render; nil where there are none.
    package var plugins: PluginRendering?
    /// Which revision of a release something is; the first, where nobody knows of others.
    package var revision: @Sendable (WantedRevision) async throws -> Int
    /// A file of the tz database by the name of its zone; nil where there is none.
    package var zone: @Sendable (String) -> [UInt8]?
    /// nil where charts that are missing are an error.
    package var charts: ChartFetching?
    /// Bases of other repositories; nil where none may be fetched.
    package var remoteTrees: RemoteTrees?

    /// Without a cluster, zones and a key: a chart that draws random values is an error.
    package init(release: String? = nil) {
        self.release = release
        namespace = { "default" }
        capabilities = { nil }
        key = { isMade in
            guard isMade else { return nil }
            throw PlumbError(
                .unsupported, "The chart draws random values, and there is no key to draw them from.",
                remedy: "Set the values that the chart would make up.")
        }
        revision = { _ in 1 }
        zone = { _ in nil }
    }
}

/// What of a `RenderContext` a rendering has used.
struct RenderedFacts: Sendable, Hashable {
    /// nil where nothing of a chart was asked for.
    var namespace: String?
    var capabilities: PlatformCapabilities?
    /// nil where nothing was drawn from it.
    var key: ChartKey?
    /// What was fetched, by what was asked for.
    var charts: [WantedChart: Revision.Digest] = [:]
    var live = LiveFacts()
    /// nil where it makes no difference.
    var release: RenderedRelease?
    var remotes: Set<RemoteFact> = []

    /// Whether it would be the same now. What cannot be asked for now is another one.
    func hold(in context: RenderContext) async -> Bool {
        do {
            for remote in remotes {
                guard try await context.remoteTrees?(remote.url, remote.reference).commit == remote.commit else { return false }
            }
            guard let namespace else { return true }
            guard try await context.namespace() == namespace, try await context.capabilities() == capabilities else { return false }
            for (wanted, digest) in charts {
                guard case .repository(let repository) = wanted.place,
                    await context.charts?.known(wanted.name, wanted.version, repository) == digest
                else { return false }
            }
            if let release, try await context.revision(release.wanted) != release.number { return false }
            if let key, try await context.key(false) != key { return false }
            return await live.hold(in: context.live)
        } catch {
            return false
        }
    }
}
