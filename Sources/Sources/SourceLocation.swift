package import Model

/// What a person means by the `DIR` or `URL` of a command.
package enum SourceLocation: Sendable, Hashable {
    /// `path` inside the tree at `root`, an absolute path.
    case directory(root: String, path: TreePath)
    /// A packed chart: the file `name` of a directory, an absolute path.
    case archive(directory: String, name: String)
    case git(GitSpec)

    /// Reads an argument: a directory or a packed chart (`.tgz`) where there is one of that name, else the URL of a repository.
    ///
    /// The root of a directory's tree is the Git work tree it is in, so that `../base` is part of the source; without
    /// one it is the directory itself. Throws `notFound` when it is neither a directory nor a URL, `invalid`.
    package static func of(_ argument: String) async throws -> SourceLocation {
        if let place = try await BlockingWork("plumb.location").run({ try DirectoryPlace.find(argument) }) {
            return .directory(root: place.root, path: try TreePath(place.inside))
        }
        if try await BlockingWork("plumb.location").run({ DirectoryPlace.isFile(argument) }) {
            if [".tgz", ".tar.gz"].contains(where: argument.hasSuffix) {
                let place = try await BlockingWork("plumb.location").run { try DirectoryPlace.file(argument) }
                return .archive(directory: place.root, name: place.inside)
            }
            throw PlumbError(
                .invalid, "\(argument.quoted) is a file, and a source is a directory.",
                remedy: "Name the directory that it is in; only a packed chart (.tgz) is a file.")
        }
        let url = try GitURL(argument)
        guard url.kind != .local else {
            throw PlumbError(
                .notFound, "There is no directory \(argument.quoted).", remedy: "Name a directory, or the URL of a Git repository.")
        }
        return .git(GitSpec(url: url))
    }
}

/// A repository and what to take from it: the `git` of a source.
package struct GitSpec: Sendable, Hashable {
    package let url: GitURL
    package let reference: GitReference

    package init(url: GitURL, reference: GitReference = .head) {
        self.url = url
        self.reference = reference
    }

    /// What an Application or a Repository names. Throws `invalid`.
    package init(_ source: Application.GitSource) throws {
        self.init(url: try GitURL(source.url), reference: try GitReference(source.reference))
    }
}
