/// A read-only tree of files at one revision. Nothing is checked out; every reader goes through it.
///
/// Symlinks are followed inside the tree. One that leads out of it, or in a circle, is an error that names it.
package protocol FileTree: Sendable {
    /// What `path` is after following symlinks, or nil where there is nothing.
    func entry(at path: TreePath) async throws -> TreeEntry?

    /// Where the symlink at `path` points, as it is written; nil where there is none, and where the tree has none. Symlinks on the
    /// way to it are followed.
    func symlink(at path: TreePath) async throws -> String?

    /// The names in a directory, sorted by their bytes. Throws `notFound` where there is none.
    func list(_ path: TreePath) async throws -> [String]

    /// The bytes of a file. Throws `notFound` where there is none, `limit` where it is larger than `TreeLimits.fileSize`,
    /// `unsupported` for a submodule or a Git LFS pointer.
    func read(_ path: TreePath) async throws -> [UInt8]

    /// What a reader gets at `path`, in short; nil where there is nothing. Of a file its content and executable bit, of a directory
    /// the names in it and not what they name; symlinks are followed. Throws what `entry` throws.
    func fingerprint(at path: TreePath) async throws -> TreeFingerprint?

    /// All that a reader gets below the directory `path`, in short; nil where that is not known without reading it.
    func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint?
}

package enum TreeEntry: Sendable, Hashable {
    /// `size` in bytes.
    case file(size: Int, executable: Bool)
    case directory
}

/// Bounds that every tree keeps, so that no repository can fill the memory.
package enum TreeLimits {
    /// In bytes. Far above any manifest; a chart's or a page's largest file still fits.
    package static let fileSize = 16 << 20
    package static let entriesInDirectory = 20_000
    package static let symlinks = 32
}
