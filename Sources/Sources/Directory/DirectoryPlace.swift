import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a directory is: which tree it belongs to, and its path there.
struct DirectoryPlace {
    let root: String
    let inside: String

    /// Whether there is something of that name that is no directory. Blocks on the file system.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// The directory of a file, and the file's name in it. Blocks on the file system.
    static func file(_ path: String) throws -> DirectoryPlace {
        guard let resolved = realpath(path, nil) else { throw Descriptor.failure("find the file \(path)", errno) }
        defer { free(resolved) }
        guard let absolute = String(validatingCString: resolved) else { throw TreeErrors.nameNotText(path.utf8, in: .root) }
        let parts = absolute.split(separator: "/").map(String.init)
        return DirectoryPlace(root: "/" + parts.dropLast().joined(separator: "/"), inside: parts.last ?? "")
    }

    /// Nil where there is no such directory. Blocks on the file system.
    static func find(_ path: String) throws -> DirectoryPlace? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        guard let resolved = realpath(path, nil) else { throw Descriptor.failure("find the directory \(path)", errno) }
        defer { free(resolved) }
        guard let absolute = String(validatingCString: resolved) else { throw TreeErrors.nameNotText(path.utf8, in: .root) }
        let parts = absolute.split(separator: "/").map(String.init)
        for count in stride(from: parts.count, through: 1, by: -1) {
            let candidate = "/" + parts.prefix(count).joined(separator: "/")
            if access("\(candidate)/.git", F_OK) == 0 {
                return DirectoryPlace(root: candidate, inside: parts.dropFirst(count).joined(separator: "/"))
            }
        }
        return withoutRepository(absolute)
    }

    /// Without a repository a directory is a tree of its own, but for an overlay: its bases lie beside it, and the tree is
    /// the working directory where that holds it.
    private static func withoutRepository(_ absolute: String) -> DirectoryPlace {
        let isOverlay = ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains {
            access("\(absolute)/\($0)", F_OK) == 0
        }
        guard isOverlay, let resolved = realpath(".", nil) else { return DirectoryPlace(root: absolute, inside: ".") }
        defer { free(resolved) }
        guard let current = String(validatingCString: resolved), current != "/", absolute.hasPrefix(current + "/") else {
            return DirectoryPlace(root: absolute, inside: ".")
        }
        return DirectoryPlace(root: current, inside: String(absolute.dropFirst(current.count + 1)))
    }
}
