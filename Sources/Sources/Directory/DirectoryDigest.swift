import Crypto
import Model

/// Names the content of a directory: equal digests mean that every reader sees the same.
///
/// SHA-256 over the entries of each directory, sorted by their bytes; an entry is its kind, its name and the digest of its
/// content, each with its length before it. Times and owners do not count.
enum DirectoryDigest {
    static let files = 100_000
    /// In bytes, over all files.
    static let content = 1 << 30

    /// Throws `limit` when there is more to read than is sensible before each look.
    static func of(_ root: Descriptor) throws -> Revision.Digest {
        var budget = Budget()
        let digest = try directory(root, depth: 0, &budget)
        return try Revision.Digest(digest.map { hex($0) }.joined())
    }

    private struct Budget {
        var files = DirectoryDigest.files
        var bytes = DirectoryDigest.content

        mutating func take(_ count: Int) throws {
            files -= 1
            bytes -= count
            guard files >= 0, bytes >= 0 else {
                throw PlumbError(
                    .limit,
                    "The directory is too large to take a digest of: more than \(DirectoryDigest.files) files or \(DirectoryDigest.content) bytes.",
                    remedy: "Name a smaller directory, or a Git repository.")
            }
        }
    }

    private static func directory(_ descriptor: Descriptor, depth: Int, _ budget: inout Budget) throws -> [UInt8] {
        guard depth < 64, let names = try descriptor.names(limit: TreeLimits.entriesInDirectory) else {
            throw PlumbError(
                .limit, "A directory is more than 64 levels deep, or has more than \(TreeLimits.entriesInDirectory) entries.")
        }
        var hash = SHA256()
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) where name != Array(".git".utf8) {
            guard let text = String(validating: name, as: UTF8.self) else { throw TreeErrors.nameNotText(name, in: .root) }
            switch try descriptor.kind(of: text) {
            case .none, .other: continue
            case .directory: add("d", name, try directory(descriptor.opened(text), depth: depth + 1, &budget), to: &hash)
            case .symlink: add("l", name, try descriptor.symlinkTarget(of: text), to: &hash)
            case .file(let size, let executable):
                try budget.take(size)
                add(executable ? "x" : "f", name, try content(of: descriptor.opened(text), size: size), to: &hash)
            }
        }
        return Array(hash.finalize())
    }

    private static func content(of file: Descriptor, size: Int) throws -> [UInt8] {
        // A file that no reader may read counts by its size.
        guard let bytes = try file.bytes(limit: TreeLimits.fileSize) else { return Array("\(size)".utf8) }
        return Array(SHA256.hash(data: bytes))
    }

    private static func add(_ kind: String, _ name: [UInt8], _ content: [UInt8], to hash: inout SHA256) {
        hash.update(data: Array("\(kind) \(name.count) \(content.count) ".utf8))
        hash.update(data: name)
        hash.update(data: content)
    }
}

/// Two lower-case hexadecimal digits.
func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
