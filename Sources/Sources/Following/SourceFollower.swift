package import Model

/// Follows a repository of whichever kind for everybody who uses it.
package enum SourceFollower: Sendable {
    case git(RepositoryFollower)
    case charts(ChartFollower)

    /// Looks, waits, looks again, until cancelled; `report` gets how a look went after each that found something else. At most one
    /// `run` at a time.
    package func run(_ report: @escaping @Sendable (SourceState) async -> Void) async {
        switch self {
        case .git(let follower): await follower.run { await report($0.look) }
        case .charts(let follower): await follower.run { await report($0.look) }
        }
    }

    /// Looks now, and returns how that went.
    package func look() async -> SourceState {
        switch self {
        case .git(let follower): await follower.look().look
        case .charts(let follower): await follower.look().look
        }
    }

    /// Whether anything was ever known of it.
    package var isKnown: Bool {
        get async {
            switch self {
            case .git(let follower): await follower.state.references != nil
            case .charts(let follower): await follower.state.look.checkedAt != nil
            }
        }
    }

    /// What `reference` leads to, as of the last good look. Throws the reference's own error, and `invalid` for one of another kind.
    package func revision(of reference: SourceReference) async throws -> Revision {
        switch (self, reference) {
        case (.git(let follower), .git(let reference)): return try await follower.revision(of: reference)
        case (.charts(let follower), .chart(let reference)): return try await follower.revision(of: reference)
        case (.git(let follower), .chart(let chart)):
            throw PlumbError(
                .invalid, "\(follower.url) is a Git repository, and has no chart \(chart.name).", remedy: "Name a path.")
        case (.charts(let follower), .git):
            throw PlumbError(.invalid, "\(follower.url) is a repository of charts.", remedy: "Name a chart of it.")
        }
    }

    /// The files at a revision.
    package func snapshot(at revision: Revision) async throws -> Snapshot {
        switch self {
        case .git(let follower): try await follower.snapshot(at: revision)
        case .charts(let follower): try await follower.snapshot(at: revision)
        }
    }

    /// Whether `older` is `newer` or one of its ancestors. Versions of charts have none.
    package func isAncestor(_ older: Revision, of newer: Revision) async throws -> Bool {
        switch self {
        case .git(let follower): try await follower.isAncestor(older, of: newer)
        case .charts: true
        }
    }

    package func close() async {
        switch self {
        case .git(let follower): await follower.close()
        case .charts(let follower): await follower.close()
        }
    }
}

/// What somebody takes from a repository.
package enum SourceReference: Sendable, Hashable {
    case git(GitReference)
    case chart(ChartReference)
}
