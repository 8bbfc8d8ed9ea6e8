/// The files of another repository at one commit.
package struct RemoteTree: Sendable {
    package var tree: any FileTree
    /// All digits of it.
    package var commit: String

    package init(tree: any FileTree, commit: String) {
        self.tree = tree
        self.commit = commit
    }
}

/// Finds a remote tree by the URL of its repository, as `git clone` takes it, and the name of a tag or all digits of a commit.
///
/// Throws `denied` for a repository that nobody has permitted, and what reading a repository throws.
package typealias RemoteTrees = @Sendable (_ url: String, _ reference: String) async throws -> RemoteTree
