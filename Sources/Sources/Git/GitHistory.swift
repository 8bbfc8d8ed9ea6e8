import Model

/// Commits without files: what it takes to tell whether a branch went forward or was rewound.
///
/// A copy of its own beside the one that files are read from. That one has single commits without their history, and
/// Git, which is told that it has a commit, never asks for its directories again.
struct GitHistory: Sendable {
    let store: GitStore

    /// Enough for what happens between two looks; more is fetched when it does not answer the question.
    private static let depth = 1000
    private static let tip = "refs/plumb/tip"

    /// Whether `older` is `newer` or one of its ancestors. A commit that the repository no longer has is none.
    func isAncestor(_ older: String, of newer: String) async throws -> Bool {
        guard store.url.kind != .local else { return try await answer(older, newer) }
        try await store.fetchHistory(of: newer, to: Self.tip, ["--depth=\(Self.depth)"])
        if try await answer(older, newer) { return true }
        guard try await store.isShallow() else { return false }
        try await store.fetchHistory(of: newer, to: Self.tip, ["--unshallow"])
        return try await answer(older, newer)
    }

    private func answer(_ older: String, _ newer: String) async throws -> Bool {
        let outcome = try await store.run(["merge-base", "--is-ancestor", older, newer], store.limits.fetch)
        switch outcome.status {
        case 0: return true
        case 1: return false
        default:
            // It names the one it does not find.
            let isUnknown = outcome.errors.lowercased().contains("not a valid commit name \(older)")
            guard isUnknown else { throw GitFailure(url: store.url.description).explainStore(outcome.errors) }
            return false
        }
    }
}
