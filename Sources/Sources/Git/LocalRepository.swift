import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A repository on this machine that is read where it is. Every call blocks on the file system.
enum LocalRepository {
    /// The Git directory of the repository at `path`: its `.git`, or itself when it is bare.
    ///
    /// Throws `repositoryNotFound`, and `denied` when it belongs to somebody else: a repository's own configuration can
    /// make Git run programs, so Git itself refuses such ones, though not when it is told the directory as it is here.
    static func directory(of path: String) throws -> String {
        let candidates = ["\(path)/.git", path]
        guard let directory = candidates.first(where: { isThere("\($0)/HEAD") || isFile($0) }) else {
            throw GitFailure(url: path).explain("not a git repository")
        }
        var status = stat()
        guard stat(directory, &status) == 0 else { throw Descriptor.failure("look at \(directory)", errno) }
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw GitFailure(url: path).explain("dubious ownership") }
        return directory
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// `.git` is a file in a linked work tree; Git follows it.
    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
