import Model

/// The first bytes of a file, by which a store is told from another SQLite database and from anything else.
enum StoreHeader {
    /// `plmb`, where SQLite keeps a number that tells whose file it is.
    static let applicationID: UInt32 = 0x706c_6d62
    static let length = 100

    private static let magic = Array("SQLite format 3\0".utf8)
    private static let applicationIDOffset = 68

    /// True of an empty file. Throws `invalid` for what is no store.
    static func isNew(_ header: [UInt8], path: String) throws -> Bool {
        if header.isEmpty { return true }
        let remedy = "Name another directory with --data-dir, or move the file away."
        guard header.count == length, header.starts(with: magic) else {
            throw PlumbError(.invalid, "The file \(path) is no store of Plumb's, and no SQLite database either.", remedy: remedy)
        }
        let id = header[applicationIDOffset..<applicationIDOffset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard id == applicationID else {
            throw PlumbError(.invalid, "The file \(path) is the SQLite database of another program.", remedy: remedy)
        }
        return false
    }
}
