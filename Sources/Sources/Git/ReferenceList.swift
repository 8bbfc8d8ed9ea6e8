import Model

/// What `git ls-remote --symref` printed.
struct ReferenceList: Sendable {
    private(set) var objects: [String: String] = [:]
    private(set) var symbolic: [String: String] = [:]

    init(_ output: [UInt8]) {
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t", maxSplits: 1)
            guard fields.count == 2 else { continue }
            if fields[0].hasPrefix("ref: ") {
                symbolic[String(fields[1])] = String(fields[0].dropFirst(5))
            } else {
                objects[String(fields[1])] = String(fields[0])
            }
        }
    }

    /// The revision that `reference` names, or nil where there is none. An annotated tag is its commit.
    func revision(of reference: GitReference) throws -> Revision? {
        guard let names = reference.names, let object = objects[names.full + "^{}"] ?? objects[names.full] else { return nil }
        let branch = reference == .head ? symbolic["HEAD"].map { Self.short($0) } : nil
        return Revision(name: branch ?? names.short, digest: try Revision.Digest(object))
    }

    /// The names below `refs/heads/` or `refs/tags/`, sorted.
    func names(below prefix: String) -> [String] {
        objects.keys.filter { $0.hasPrefix(prefix) && !$0.hasSuffix("^{}") }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    private static func short(_ name: String) -> String { name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : name }
}
