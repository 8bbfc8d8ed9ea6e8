import Model

/// What GnuPG or SSH says of a signature.
enum SignatureVerdict: Sendable, Hashable {
    case good
    /// By a key that is not among the trusted ones, named as the program names it.
    case otherKey(String)
    case expiredKey(String)
    case revokedKey(String)
    /// The signature itself has a date until which it counts.
    case expired
    /// It does not fit the content.
    case bad
    case unreadable(String)

    /// `errors` is what `git verify-commit --raw` or `verify-tag --raw` printed.
    init(_ kind: SignatureKind, succeeded: Bool, errors: String) {
        self = kind == .ssh ? Self.ssh(succeeded, errors) : Self.openPGP(succeeded, errors)
    }

    /// GnuPG's lines for programs (`doc/DETAILS`). Exactly one says how the signature is.
    private static func openPGP(_ succeeded: Bool, _ errors: String) -> SignatureVerdict {
        let lines = errors.split(separator: "\n").filter { $0.hasPrefix("[GNUPG:] ") }.map { $0.split(separator: " ").dropFirst() }
        func key(_ name: Substring) -> String? {
            lines.first { $0.first == name }.map { $0.dropFirst().first.map(String.init) ?? "" }
        }
        if let key = key("REVKEYSIG") { return .revokedKey(key) }
        if let key = key("EXPKEYSIG") { return .expiredKey(key) }
        if key("EXPSIG") != nil { return .expired }
        if key("BADSIG") != nil { return .bad }
        if let key = key("NO_PUBKEY") ?? key("ERRSIG") { return .otherKey(key) }
        let isGood = succeeded && key("VALIDSIG") != nil && lines.count { $0.first == "GOODSIG" } == 1
        return isGood ? .good : .unreadable(detail(errors))
    }

    private static func ssh(_ succeeded: Bool, _ errors: String) -> SignatureVerdict {
        let good = errors.split(separator: "\n").first { $0.hasPrefix("Good \"git\" signature ") }
        if succeeded, good?.hasPrefix("Good \"git\" signature for plumb ") == true { return .good }
        if let key = good?.split(separator: " ").last { return .otherKey(String(key)) }
        let text = errors.lowercased()
        let isBad = text.contains("incorrect signature") || text.contains("signature verification failed")
        return isBad ? .bad : .unreadable(detail(errors))
    }

    private static func detail(_ errors: String) -> String {
        let text = errors.split(separator: "\n").suffix(3).joined(separator: "; ")
        return text.isEmpty ? "it said nothing" : String(text.prefix(300))
    }

    /// `what` begins the sentence: "The commit … of …". Nil for a good one.
    func error(_ what: String) -> PlumbError? {
        let (sentence, remedy): (String, String)
        switch self {
        case .good: return nil
        case .otherKey(let key):
            (sentence, remedy) = (
                "is signed by the key \(key), which is not among verify.keys.",
                "If that key is to be trusted, add it to verify.keys."
            )
        case .expiredKey(let key):
            (sentence, remedy) = (
                "is signed by the key \(key), which has expired.",
                "Let its owner extend it, and put the new public key into verify.keys; or sign with another one."
            )
        case .revokedKey(let key):
            (sentence, remedy) = ("is signed by the key \(key), which was revoked.", "Sign what is to run with another key.")
        case .expired: (sentence, remedy) = ("has a signature that has expired.", "Sign it anew.")
        case .bad:
            (sentence, remedy) = (
                "has a signature that does not fit its content: one of the two was changed.", "Find out who pushed it."
            )
        case .unreadable(let detail):
            (sentence, remedy) = (
                "has a signature that cannot be verified: \(detail)", "Check git, gpg and ssh-keygen on this machine."
            )
        }
        return PlumbError(.signatureNotTrusted, "\(what) \(sentence)", remedy: remedy)
    }
}
