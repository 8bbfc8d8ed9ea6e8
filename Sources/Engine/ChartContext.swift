package import Model
package import Rendering

/// What an application's charts get from the target that they go to.
package struct ChartContext: Sendable {
    /// When a chart draws random values and its application has no key yet.
    package enum MissingKey: Sendable {
        /// Makes one and keeps it on the target.
        case make
        /// Nothing may be written: other values each time. It is told.
        case makeUp(@Sendable () -> Void)
    }

    /// Asked for when it is needed: most sources are no charts.
    private let target: @Sendable () async throws -> any Target
    private let application: String
    private let formerName: String?
    private let missingKey: MissingKey

    package init(
        application: String, formerName: String?, missingKey: MissingKey, target: @escaping @Sendable () async throws -> any Target
    ) {
        self.application = application
        self.formerName = formerName
        self.missingKey = missingKey
        self.target = target
    }

    /// The release has the application's name. `namespace`, `zone` and `charts` as `RenderContext` has them.
    package func rendering(
        namespace: @escaping @Sendable () async throws -> String, zone: @escaping @Sendable (String) -> [UInt8]?,
        charts: ChartFetching?
    ) -> RenderContext {
        var context = RenderContext(release: application)
        context.charts = charts
        context.namespace = namespace
        context.zone = zone
        context.capabilities = { try await target().capabilities() }
        context.live = LiveReader(read: { try await target().read($0) }, stamp: { try await target().stamp(of: $0) })
        context.revision = { try await revision(of: $0) }
        context.key = { isMade in try await key(isMade: isMade) }
        return context
    }

    /// A renamed application goes on with its numbers; one that takes over a release of Helm's, with that one's.
    private func revision(of wanted: WantedRevision) async throws -> Int {
        let target = try await target()
        let installation = try await target.installation()
        for name in [application, formerName].compactMap(\.self) {
            let inventory = try await target.inventory(of: ApplicationIdentity(installation: installation, name: name))
            if let number = inventory?.releaseNumber(of: wanted.inputs) { return number }
        }
        return try await Predecessor.revision(of: wanted, on: target).map { $0 + 1 } ?? 1
    }

    /// A renamed application keeps its key, and with it the passwords that were drawn from it.
    private func key(isMade: Bool) async throws -> ChartKey? {
        let target = try await target()
        let installation = try await target.installation()
        let identity = ApplicationIdentity(installation: installation, name: application)
        if let key = try await target.chartKey(of: identity) { return key }
        var inherited: ChartKey?
        if let formerName {
            inherited = try await target.chartKey(of: ApplicationIdentity(installation: installation, name: formerName))
        }
        guard isMade else { return inherited }
        switch missingKey {
        case .make: return try await target.keep(inherited ?? .random(madeAt: SyncEngine.now), of: identity)
        case .makeUp(let told):
            if let inherited { return inherited }
            told()
            return .random(madeAt: SyncEngine.now)
        }
    }
}
