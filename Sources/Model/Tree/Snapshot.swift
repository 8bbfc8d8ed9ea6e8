/// A source's files at one revision.
package struct Snapshot: Sendable {
    package let revision: Revision
    package let tree: any FileTree

    package init(revision: Revision, tree: any FileTree) {
        self.revision = revision
        self.tree = tree
    }
}
