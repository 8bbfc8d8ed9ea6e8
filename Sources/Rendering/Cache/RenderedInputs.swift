import Model

/// What one rendering depended on.
struct RenderedInputs: Sendable {
    /// nil: there was nothing. Empty where all below `root` counts.
    let prints: [TreePath: TreeFingerprint?]
    /// The directory of the source, and what stands for all below it where the tree can tell.
    let root: TreePath
    let subtree: TreeFingerprint?

    /// Whether rendering from `tree` would read the same. An input that cannot be looked at now is another one.
    func hold(in tree: any FileTree) async -> Bool {
        do {
            // Most of what is rendered is in its own directory, which one look answers for.
            let covers = if let subtree { try await tree.subtreeFingerprint(at: root) == subtree } else { false }
            if prints.isEmpty { return covers }
            for (path, print) in prints where !(covers && path.isInside(root)) {
                guard try await tree.fingerprint(at: path) == print else { return false }
            }
            return true
        } catch {
            return false
        }
    }
}
