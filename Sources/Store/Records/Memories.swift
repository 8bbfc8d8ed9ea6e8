/// What a reference of a repository last led to, so that a rewind is noticed also across a restart.
package struct RepositoryMemory: Sendable, Hashable {
    /// Without credentials.
    package var url: String
    package var reference: String
    package var revision: String
    package var commit: String?

    package init(url: String, reference: String, revision: String, commit: String? = nil) {
        self.url = url
        self.reference = reference
        self.revision = revision
        self.commit = commit
    }
}

/// Which place a target's name meant last.
package struct TargetMemory: Sendable, Hashable {
    package var name: String
    package var place: String
    package var identity: String
    package var installation: String

    package init(name: String, place: String, identity: String, installation: String) {
        self.name = name
        self.place = place
        self.identity = identity
        self.installation = installation
    }
}
