package import Model

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
    /// A file of the tz database by the name of its zone; nil where there is none.
    package var zone: @Sendable (String) -> [UInt8]?
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
    var remotes: Set<RemoteFact> = []

    /// Whether it would be the same now. What cannot be asked for now is another one.
    func hold(in context: RenderContext) async -> Bool {
        do {
            for remote in remotes {
                guard try await context.remoteTrees?(remote.url, remote.reference).commit == remote.commit else { return false }
            }
            guard let namespace else { return true }
            guard try await context.namespace() == namespace, try await context.capabilities() == capabilities else { return false }
            guard let key else { return true }
            return try await context.key(false) == key
        } catch {
            return false
        }
    }
}
