import Model

/// The sentences that every kind of tree says alike.
enum TreeErrors {
    static func noFile(_ path: TreePath) -> PlumbError { PlumbError(.notFound, "There is no file \(path).") }

    static func noDirectory(_ path: TreePath) -> PlumbError { PlumbError(.notFound, "There is no directory \(path).") }

    static func isDirectory(_ path: TreePath) -> PlumbError {
        PlumbError(.notFound, "There is no file \(path): it is a directory.")
    }

    static func tooLarge(_ path: TreePath, size: Int) -> PlumbError {
        PlumbError(
            .limit, "The file \(path) is too large: \(size) bytes, where at most \(TreeLimits.fileSize) are read.",
            remedy: "Keep desired state in smaller files.")
    }

    static func tooManyEntries(_ path: TreePath) -> PlumbError {
        PlumbError(.limit, "The directory \(path) has more than \(TreeLimits.entriesInDirectory) entries.")
    }

    static func nameNotText(_ name: some Sequence<UInt8>, in path: TreePath) -> PlumbError {
        PlumbError(
            .unsupported, "The name \(String(decoding: Array(name), as: UTF8.self).quoted) in the directory \(path) is not UTF-8.",
            remedy: "Rename the file.")
    }

    static func submodule(_ path: TreePath) -> PlumbError {
        PlumbError(
            .unsupported, "\(path) is a Git submodule, which Plumb does not read.",
            remedy: "Name that repository as a source of its own, or copy its files.")
    }

    /// Refuses the pointer files that Git LFS leaves in place of content.
    static func refuseLargeFilePointer(_ bytes: [UInt8], at path: TreePath) throws {
        guard bytes.count < 1024, bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) else { return }
        throw PlumbError(
            .unsupported, "The file \(path) is kept in Git LFS; the repository has only a pointer to it.",
            remedy: "Keep desired state in the repository itself.")
    }
}
