import Model

/// Tells whether a commit, or the annotated tag that it is asked for by, is signed by one of the keys that are trusted.
struct CommitVerifier: Sendable {
    let keys: [SigningKey]
    /// Git, in an environment that has the keys.
    let program: GitProgram
    /// The `--git-dir`.
    let directory: String
    let url: GitURL
    let deadline: Duration

    /// Throws `signatureNotTrusted`, and `unsupported` for an X.509 signature.
    func verify(_ revision: Revision, in objects: GitObjects) async throws {
        let id = revision.digest.hex
        guard let kind = SignatureKind(inCommit: try await objects.content(id)) else {
            throw PlumbError(
                .signatureNotTrusted, "The commit \(id) of \(url) is not signed.",
                remedy: "Sign it with a key that is in verify.keys (git commit -S), or take verify out.")
        }
        try await check("verify-commit", id, kind, "The commit \(id) of \(url)")
    }

    /// Returns false where the tag has no signature of its own; then its commit's counts. Throws as for a commit, and where
    /// it was signed under another name or leads to another commit.
    func verify(_ tag: ReferenceList.AnnotatedTag, of revision: Revision, in objects: GitObjects) async throws -> Bool {
        let content = try await objects.content(tag.object)
        guard let kind = SignatureKind(inTag: content) else { return false }
        let what = "The tag \(tag.name.quoted) of \(url)"
        try await check("verify-tag", tag.object, kind, what)
        // A signed tag can be copied to another name, and a server can say that it leads anywhere.
        guard Self.name(inTag: content) == tag.name else {
            throw PlumbError(
                .signatureNotTrusted, "\(what) was signed as another one, \((Self.name(inTag: content) ?? "").quoted).",
                remedy: "Find out who pushed it.")
        }
        guard try await objects.commit(ledToBy: tag.object) == revision.digest.hex else {
            throw PlumbError(
                .signatureNotTrusted, "\(what) does not lead to the commit \(revision.digest.hex), as the server says.",
                remedy: "Check the server.")
        }
        return true
    }

    private func check(_ verb: String, _ id: String, _ kind: SignatureKind, _ what: String) async throws {
        guard kind != .other else {
            throw PlumbError(
                .unsupported, "\(what) has a signature that is neither OpenPGP's nor SSH's.", remedy: "Sign with one of the two.")
        }
        let hasKeys = keys.contains { if case .ssh = $0 { kind == .ssh } else { kind == .openPGP } }
        guard hasKeys else {
            let (one, other) = kind == .ssh ? ("an SSH", "OpenPGP keys") : ("an OpenPGP", "SSH keys")
            throw PlumbError(
                .signatureNotTrusted, "\(what) is signed by \(one) key, and verify.keys has only \(other).",
                remedy: "If that key is to be trusted, add it to verify.keys.")
        }
        let outcome = try await program.run(["--git-dir=\(directory)", verb, "--raw", id], deadline: deadline)
        let verdict = SignatureVerdict(kind, succeeded: outcome.succeeded, errors: outcome.errors)
        if let error = verdict.error(what) { throw error }
    }

    private static func name(inTag object: [UInt8]) -> String? {
        let headers = object.split(separator: 0x0a, omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        return headers.first { $0.starts(with: "tag ".utf8) }.map { String(decoding: $0.dropFirst(4), as: UTF8.self) }
    }
}
