import Crypto
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A directory as a source: what a person or a pipeline has checked out.
package enum DirectorySource {
    /// What the files are now. In a Git work tree the revision is the commit it is at, marked when files differ from it (ignored
    /// ones do not count); elsewhere it is a digest of all files below `path`, `directory@sha256:…`. In a large tree that
    /// takes its time.
    ///
    /// Throws `notFound`, `denied`, `limit`. A directory that Git refuses to look at is taken as a plain one.
    package static func revision(
        root: String, path: TreePath = .root, environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> Revision {
        if let revision = await WorkTree(root: root, environment: environment).revision() { return revision }
        let tree = try await DirectoryTree(path.isRoot ? root : "\(root)/\(path)")
        return Revision(name: "directory", digest: try await tree.digest())
    }

    /// One file of a directory: a packed chart. The revision is a digest of its content. Throws as `snapshot` does.
    package static func snapshot(of file: TreePath, in directory: String) async throws -> Snapshot {
        let tree = try await DirectoryTree(directory)
        let digest = SHA256.hash(data: try await tree.read(file)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return Snapshot(revision: Revision(name: "archive", digest: try Revision.Digest(digest.joined())), tree: tree)
    }
}

/// The work tree of a Git repository, asked where it is.
private struct WorkTree {
    let root: String
    let program: GitProgram

    private static let deadline = Duration.seconds(60)

    init(root: String, environment: [String: String]) {
        self.root = root
        // No home: neither configuration nor credentials of a person are needed to ask for the state.
        let environment = GitEnvironment(
            inheriting: environment, files: GitEnvironment.Files(home: "/nonexistent"), stall: .seconds(30))
        program = GitProgram(environment: environment.dictionary, redactor: Redactor(), workingDirectory: "/")
    }

    /// The commit, with its mark, or nil where there is no work tree, no commit or no Git.
    func revision() async -> Revision? {
        guard let status = await lines(["status", "--porcelain=v2", "--branch", "--untracked-files=normal"]),
            let commit = Self.value("branch.oid", in: status).flatMap({ try? Revision.Digest($0) })
        else { return nil }
        let branch = Self.value("branch.head", in: status).flatMap { $0 == "(detached)" ? nil : $0 }
        let revision = Revision(name: branch, digest: commit, isModified: status.contains { !$0.hasPrefix("#") })
        guard let object = try? await program.run(["-C", root, "cat-file", "commit", commit.hex], deadline: Self.deadline),
            object.succeeded,
            let parsed = try? GitCommitObject(object.output)
        else { return revision }
        return revision.with(parsed.about)
    }

    private func lines(_ arguments: [String]) async -> [Substring]? {
        guard let outcome = try? await program.run(["-C", root] + arguments, deadline: Self.deadline), outcome.succeeded else {
            return nil
        }
        return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
    }

    private static func value(_ name: String, in lines: [Substring]) -> String? {
        lines.first { $0.hasPrefix("# \(name) ") }.map { String($0.dropFirst(name.count + 3)) }
    }
}
