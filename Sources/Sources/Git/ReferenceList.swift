package import Model

/// What a repository's references lead to, as one `git ls-remote --symref` told it.
package struct ReferenceList: Sendable, Hashable {
    /// An annotated tag: an object of its own, which may be signed.
    struct AnnotatedTag: Sendable, Hashable {
        let name: String
        let object: String
    }

    package let url: GitURL
    /// By their full names; what an annotated tag leads to under its name and `^{}`.
    private var objects: [String: String] = [:]
    private var symbolic: [String: String] = [:]

    init(_ output: [UInt8], of url: GitURL) {
        self.url = url
        for line in output.split(separator: 0x0a) {
            let fields = line.split(separator: 0x09, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 2 else { continue }
            if fields[0].hasPrefix("ref: ") {
                symbolic[fields[1]] = String(fields[0].dropFirst(5))
            } else {
                objects[fields[1]] = fields[0]
            }
        }
    }

    /// What `reference` leads to; an annotated tag is its commit. The revision knows nothing of its commit yet.
    ///
    /// Throws `referenceNotFound`, `emptyRepository`, `invalid`. A commit is not looked for: its snapshot is.
    package func revision(of reference: GitReference) throws -> Revision {
        if case .commit(let digest) = reference { return Revision(name: nil, digest: digest) }
        try reference.validate()
        guard let names = names(of: reference), let object = objects[names.full + "^{}"] ?? objects[names.full] else {
            throw ReferenceFailure(list: self).explain(reference)
        }
        let branch = reference == .head ? symbolic["HEAD"].map { Self.short($0) } : nil
        return Revision(name: branch ?? names.short, digest: try Revision.Digest(object))
    }

    /// The annotated tag by whose name `revision` is called, or nil where it is called by another name or none.
    func annotatedTag(of revision: Revision) -> AnnotatedTag? {
        guard let name = revision.name, let object = objects["refs/tags/\(name)"],
            objects["refs/tags/\(name)^{}"] == revision.digest.hex
        else { return nil }
        return AnnotatedTag(name: name, object: object)
    }

    package var branches: [String] { names(below: "refs/heads/") }
    package var tags: [String] { names(below: "refs/tags/") }

    /// Whether a list of heads and tags has `reference` if the repository has it.
    static func isListed(_ reference: GitReference) -> Bool {
        guard let full = reference.names?.full else { return true }
        return full == "HEAD" || full.hasPrefix("refs/heads/") || full.hasPrefix("refs/tags/")
    }

    private func names(of reference: GitReference) -> (full: String, short: String)? {
        guard case .semver(let range) = reference else { return reference.names }
        return range.highest(of: tags).map { ("refs/tags/\($0)", $0) }
    }

    private func names(below prefix: String) -> [String] {
        objects.keys.filter { $0.hasPrefix(prefix) && !$0.hasSuffix("^{}") }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    private static func short(_ name: String) -> String { name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : name }
}
