extension Application {
    /// A Git repository, what to take from it, and whom to believe: named inline by an application, or by a Repository.
    package struct GitSource: Sendable, Hashable {
        package enum Reference: Sendable, Hashable {
            case head
            case branch(String)
            case tag(String)
            /// The tag with the highest version in a range that `VersionRange` reads.
            case semver(String)
            case commit(String)
            case ref(String)
        }

        package var url: String
        package var reference: Reference
        /// A directory of credentials by name; see `--secrets-dir`.
        package var secret: String?
        /// One of them must have signed the commit, or the tag that it is named by; empty: nobody has to.
        package var trustedKeys: [SigningKey]

        package init(url: String, reference: Reference = .head, secret: String? = nil, trustedKeys: [SigningKey] = []) {
            self.url = url
            self.reference = reference
            self.secret = secret
            self.trustedKeys = trustedKeys
        }
    }
}
