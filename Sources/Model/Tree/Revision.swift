/// An immutable name of a source's content: `main@sha1:<40 hex>`, `sha256:<64 hex>`, `main@sha1:<40 hex>-dirty`.
///
/// Two revisions are equal when name, digest and mark are; what is known about the commit does not count.
package struct Revision: Sendable, CustomStringConvertible {
    /// The branch, tag or other reference that led here; nil where a commit was named directly.
    package let name: String?
    package let digest: Digest
    /// A work tree whose files differ from the commit it is at. Such a revision says where the content came from, not what it is.
    package let isModified: Bool
    package let commit: Commit?

    package struct Digest: Sendable, Hashable, CustomStringConvertible {
        package enum Algorithm: String, Sendable { case sha1, sha256 }
        package let algorithm: Algorithm
        /// In lower case, 40 or 64 digits.
        package let hex: String

        /// Throws `invalid` for anything but 40 or 64 hexadecimal digits.
        package init(_ hex: some StringProtocol) throws {
            let digits = hex.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
            }
            guard digits, hex.utf8.count == 40 || hex.utf8.count == 64 else {
                throw PlumbError(
                    .invalid, "\(String(hex).quoted) is not a digest.", remedy: "Write all 40 digits (SHA-1) or all 64 (SHA-256).")
            }
            self.algorithm = hex.utf8.count == 40 ? .sha1 : .sha256
            self.hex = hex.lowercased()
        }

        package var description: String { "\(algorithm.rawValue):\(hex)" }
    }

    /// What a person wants to know about a commit.
    package struct Commit: Sendable, Hashable {
        /// The name, without the address.
        package let author: String
        /// The first line of the message.
        package let message: String
        /// When it was committed, in seconds since 1970 (UTC).
        package let time: Int64

        package init(author: String, message: String, time: Int64) {
            self.author = author
            self.message = message
            self.time = time
        }
    }

    package init(name: String?, digest: Digest, isModified: Bool = false, commit: Commit? = nil) {
        self.name = name
        self.digest = digest
        self.isModified = isModified
        self.commit = commit
    }

    /// Reads what `description` writes. Throws `invalid`.
    package init(_ text: String) throws {
        let modified = text.hasSuffix(Self.mark)
        let body = modified ? text.dropLast(Self.mark.count) : Substring(text)
        let at = body.lastIndex(of: "@")
        let digest = at.map { body[body.index(after: $0)...] } ?? body
        let parts = digest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = try? Digest(parts[1]), value.algorithm.rawValue == parts[0], at != body.startIndex
        else {
            throw PlumbError(
                .invalid, "\(text.quoted) is not a revision.", remedy: "A revision looks like main@sha1:… or sha256:….")
        }
        self.init(name: at.map { String(body[..<$0]) }, digest: value, isModified: modified)
    }

    private static let mark = "-dirty"

    package var description: String { (name.map { "\($0)@" } ?? "") + digest.description + (isModified ? Self.mark : "") }

    package func with(_ commit: Commit) -> Revision {
        Revision(name: name, digest: digest, isModified: isModified, commit: commit)
    }
}

extension Revision: Hashable {
    package static func == (left: Revision, right: Revision) -> Bool {
        left.name == right.name && left.digest == right.digest && left.isModified == right.isModified
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(digest)
        hasher.combine(isModified)
    }
}
