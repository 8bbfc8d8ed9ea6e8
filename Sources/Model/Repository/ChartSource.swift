extension Application {
    /// A repository of charts with an index, or a registry: named inline by an application, or by a Repository.
    package struct ChartRepository: Sendable, Hashable {
        /// `https://…`, `oci://…`; `http://…` on this machine, or where `isInsecure`.
        package var url: String
        /// A directory of credentials by name; see `--secrets-dir`.
        package var secret: String?
        /// Whether it may be read without TLS, so that anybody on the way can change what it says.
        package var isInsecure: Bool

        package init(url: String, secret: String? = nil, isInsecure: Bool = false) {
            self.url = url
            self.secret = secret
            self.isInsecure = isInsecure
        }
    }

    /// Which chart of a repository, and which of its versions.
    package struct ChartSelection: Sendable, Hashable {
        package var name: String
        /// A version or a range that `VersionRange` reads; nil for the newest release.
        package var version: String?
        /// `sha256:…`: what the version has to be.
        package var digest: Revision.Digest?

        package init(name: String, version: String? = nil, digest: Revision.Digest? = nil) {
            self.name = name
            self.version = version
            self.digest = digest
        }
    }
}
