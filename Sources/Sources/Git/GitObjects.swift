import Model

/// The objects of one repository, read through one process and kept for a while: they never change.
actor GitObjects {
    enum Blob: Sendable {
        case content([UInt8])
        case tooLarge(Int)
    }

    private let reader: ObjectReader
    private let failure: GitFailure
    private var trees = GenerationCache<String, GitTreeObject>(limit: 200_000)
    /// Whether a directory has no symlink below it.
    private var linkless = GenerationCache<String, Bool>(limit: 200_000)
    private var blobs = GenerationCache<String, Blob>(limit: 8 << 20)

    /// A tree object may be this large, in bytes: more entries than a directory may have.
    private static let treeSize = 8 << 20
    private static let commitSize = 1 << 20

    init(reader: ObjectReader, failure: GitFailure) {
        self.reader = reader
        self.failure = failure
    }

    /// Throws `referenceNotFound` where the repository has no such commit.
    func commit(_ id: String) async throws -> GitCommitObject {
        switch try await reader.object("\(id)^{commit}", limit: Self.commitSize) {
        case .found(_, "commit", let bytes): return try GitCommitObject(bytes)
        case .found, .missing:
            throw PlumbError(
                .referenceNotFound, "The repository \(failure.url) does not have the commit \(id), or no longer.",
                remedy: "Push it again, or name one that a branch or tag leads to.")
        case .tooLarge(_, let size): throw PlumbError(.limit, "The commit \(id) is \(size) bytes long.")
        }
    }

    /// A commit or an annotated tag as it is stored. Throws `storeDamaged` where it is not there.
    func content(_ id: String) async throws -> [UInt8] {
        switch try await reader.object(id, limit: Self.commitSize) {
        case .found(_, _, let bytes): return bytes
        case .tooLarge(_, let size): throw PlumbError(.limit, "The object \(id) of \(failure.url) is \(size) bytes long.")
        case .missing: throw missing(id)
        }
    }

    /// The commit that the object `id` leads to, if any.
    func commit(ledToBy id: String) async throws -> String? {
        guard case .found(let commit, "commit", _) = try await reader.object("\(id)^{commit}", limit: Self.commitSize) else {
            return nil
        }
        return commit
    }

    func tree(_ id: String) async throws -> GitTreeObject {
        if let known = trees.value(id) { return known }
        switch try await reader.object(id, limit: Self.treeSize) {
        case .found(_, "tree", let bytes):
            let tree = try GitTreeObject(bytes, hashSize: id.utf8.count / 2)
            trees.insert(tree, cost: tree.entries.count + 1, for: id)
            return tree
        case .tooLarge(_, let size):
            throw PlumbError(.limit, "A directory of \(failure.url) is too large: its entry is \(size) bytes.")
        case .found, .missing: throw missing(id)
        }
    }

    /// Whether there is no symlink below the directory `id`; false, too, where it is too large to say.
    func hasNoLinks(below id: String) async throws -> Bool {
        var budget = Self.directoriesToSearch
        return try await hasNoLinks(below: id, &budget)
    }

    private static let directoriesToSearch = 5000

    private func hasNoLinks(below id: String, _ budget: inout Int) async throws -> Bool {
        if let known = linkless.value(id) { return known }
        budget -= 1
        guard budget >= 0 else { return false }
        var isLinkless = true
        for entry in try await tree(id).entries.values where isLinkless {
            switch entry.kind {
            case .symlink: isLinkless = false
            case .directory: isLinkless = try await hasNoLinks(below: entry.id, &budget)
            case .file, .submodule: break
            }
        }
        // What ran out of its budget is not known.
        if budget >= 0 { linkless.insert(isLinkless, cost: 1, for: id) }
        return isLinkless
    }

    func blob(_ id: String, limit: Int = TreeLimits.fileSize) async throws -> Blob {
        if let known = blobs.value(id) { return known }
        let blob: Blob
        switch try await reader.object(id, limit: limit) {
        case .found(_, "blob", let bytes): blob = .content(bytes)
        case .tooLarge(_, let size): blob = .tooLarge(size)
        case .found, .missing: throw missing(id)
        }
        if case .content(let bytes) = blob {
            blobs.insert(blob, cost: bytes.count + 64, for: id)
        } else {
            blobs.insert(blob, cost: 64, for: id)
        }
        return blob
    }

    private func missing(_ id: String) -> PlumbError {
        PlumbError(
            .storeDamaged, "The object \(id) is missing from \(failure.url), though its commit is there.",
            remedy: "Check it with git fsck.")
    }
}
