import Manifests

/// Reads the fields that name a Git repository, alike in an Application and in a Repository.
enum GitSourceReader {
    private static let keys = 100

    static func source(from git: ObjectReader, secret: ObjectReader?) throws -> Application.GitSource {
        var source = Application.GitSource(url: try git.string("url"))
        source.reference = try reference(from: git) ?? .head
        if let verify = try git.optionalObject("verify") { source.trustedKeys = try trustedKeys(from: verify) }
        try git.finish()
        source.secret = try secret.map { try secretName(from: $0) }
        return source
    }

    /// Nil where none is given.
    static func reference(from reader: ObjectReader) throws -> Application.GitSource.Reference? {
        var references: [Application.GitSource.Reference] = []
        if let branch = try reader.optionalString("branch") { references.append(.branch(branch)) }
        if let tag = try reader.optionalString("tag") { references.append(.tag(tag)) }
        if let range = try reader.optionalString("semver") {
            _ = try reader.placing { try VersionRange(range) }
            references.append(.semver(range))
        }
        if let commit = try reader.optionalString("commit") { references.append(.commit(commit)) }
        if let ref = try reader.optionalString("ref") { references.append(.ref(ref)) }
        guard references.count <= 1 else {
            throw reader.error("A git source names one of branch, tag, semver, commit and ref.")
        }
        return references.first
    }

    private static func trustedKeys(from reader: ObjectReader) throws -> [SigningKey] {
        let texts = try reader.strings("keys")
        try reader.finish()
        guard (1...keys).contains(texts.count) else {
            throw reader.error(
                "verify.keys has \(texts.count) keys, and has to have 1 to \(keys): without one, nothing is verified.")
        }
        return try texts.map { text in try reader.placing { try SigningKey(text) } }
    }

    /// Of a `secretRef`. It becomes the name of a directory, and must not lead out of the one that it is in.
    static func secretName(from reader: ObjectReader) throws -> String {
        let name = try reader.string("name")
        try reader.finish()
        let isAllowed: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
        guard !name.isEmpty, name.utf8.count <= 253, name.utf8.first != 46, name.utf8.allSatisfy(isAllowed) else {
            throw reader.error("\(name.quoted) cannot name a secret; it has lower-case letters, digits, dashes and dots.")
        }
        return name
    }
}
