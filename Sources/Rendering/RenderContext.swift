package import Model

/// What a rendering depends on beside the source. Only charts ask for any of it, and for each thing only when it is needed.
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
    /// A file of the tz database by the name of its zone; nil where there is none.
    package var zone: @Sendable (String) -> [UInt8]?

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
    var namespace: String
    var capabilities: PlatformCapabilities?
    /// nil where nothing was drawn from it.
    var key: ChartKey?
    var live = LiveFacts()

    /// Whether it would be the same now. What cannot be asked for now is another one.
    func hold(in context: RenderContext) async -> Bool {
        do {
            guard try await context.namespace() == namespace, try await context.capabilities() == capabilities else { return false }
            if let key, try await context.key(false) != key { return false }
            return await live.hold(in: context.live)
        } catch {
            return false
        }
    }
}
