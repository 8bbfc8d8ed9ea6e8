import Model

/// An entry of a Git tree object.
struct GitTreeEntry: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case file(executable: Bool), directory, symlink, submodule }
    let kind: Kind
    let id: String
}

/// A Git tree object: names as bytes, since Git does not say what they are encoded in.
struct GitTreeObject: Sendable {
    private(set) var entries: [[UInt8]: GitTreeEntry] = [:]

    /// `hashSize` is 20 (SHA-1) or 32 (SHA-256) bytes. Throws `storeDamaged` for what is not a tree.
    init(_ bytes: [UInt8], hashSize: Int) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), let end = rest[space...].firstIndex(of: 0), rest.endIndex - end > hashSize
            else {
                throw PlumbError(.storeDamaged, "A tree object of the repository cannot be read.")
            }
            let id = rest[(end + 1)...].prefix(hashSize).map { hex($0) }.joined()
            entries[Array(rest[(space + 1)..<end])] = GitTreeEntry(kind: Self.kind(rest[..<space]), id: id)
            rest = rest[(end + 1 + hashSize)...]
        }
    }

    private static func kind(_ mode: ArraySlice<UInt8>) -> GitTreeEntry.Kind {
        switch String(decoding: mode, as: UTF8.self) {
        case "40000", "040000": .directory
        case "120000": .symlink
        case "160000": .submodule
        case "100755": .file(executable: true)
        default: .file(executable: false)
        }
    }
}

/// The lines of a commit object that Plumb uses.
struct GitCommitObject: Sendable {
    let tree: String
    let about: Revision.Commit

    init(_ bytes: [UInt8]) throws {
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        let headers = lines.prefix { !$0.isEmpty }
        func value(_ name: String) -> Substring? { headers.first { $0.hasPrefix("\(name) ") }?.dropFirst(name.count + 1) }
        guard let tree = value("tree") else { throw PlumbError(.storeDamaged, "A commit object of the repository cannot be read.") }
        let committer = value("committer")?.split(separator: " ").suffix(2).first
        let message = lines.dropFirst(headers.count + 1).first { $0.contains { !$0.isWhitespace } } ?? ""
        self.tree = String(tree)
        self.about = Revision.Commit(
            author: String((value("author") ?? "").prefix { $0 != "<" }.prefix(200)).trimmed,
            message: String(message.prefix(500)).trimmed, time: committer.flatMap { Int64($0) } ?? 0)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(
            start.prefix(start.lastIndex { !$0.isWhitespace }.map { start.distance(from: start.startIndex, to: $0) + 1 } ?? 0))
    }
}
