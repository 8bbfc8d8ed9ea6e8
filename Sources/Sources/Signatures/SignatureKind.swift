/// What kind of signature a commit or an annotated tag carries.
enum SignatureKind: Sendable, Hashable {
    case openPGP
    case ssh
    /// X.509, which Plumb does not verify, and whatever comes.
    case other

    /// Of a commit object, where it is a header; nil for none.
    init?(inCommit object: [UInt8]) {
        let headers = object.split(separator: 0x0a, omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        let names = ["gpgsig ", "gpgsig-sha256 "]
        let values = names.lazy.compactMap { name in
            headers.first { $0.starts(with: name.utf8) }.map { String(decoding: $0.dropFirst(name.utf8.count), as: UTF8.self) }
        }
        guard let first = values.first else { return nil }
        self.init(firstLine: first)
    }

    /// Of a tag object, where it follows the message; nil for none.
    init?(inTag object: [UInt8]) {
        let lines = object.split(separator: 0x0a, omittingEmptySubsequences: false)
        let body = lines.drop { !$0.isEmpty }
        guard let first = body.last(where: { $0.starts(with: "-----BEGIN ".utf8) }) else { return nil }
        self.init(firstLine: String(decoding: first, as: UTF8.self))
    }

    private init(firstLine: String) {
        switch firstLine.split(separator: "-").first {
        case "BEGIN PGP SIGNATURE", "BEGIN PGP MESSAGE": self = .openPGP
        case "BEGIN SSH SIGNATURE": self = .ssh
        default: self = .other
        }
    }
}
