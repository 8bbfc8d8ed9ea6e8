package import Manifests

/// A repository as the operator last saw it. One for each URL and credential, however many applications use it.
package struct RepositoryStatus: Sendable, Hashable {
    /// Of the Repository object; the URL for one that is named inline.
    package var name: String
    /// Without credentials.
    package var url: String
    /// What its references lead to, by what applications ask for: `main`, `v1.x`.
    package var revisions: [String: String]
    package var applications: Int
    /// nil until it was read once.
    package var checkedAt: String?
    /// Why the last look failed; the last good state is kept.
    package var error: String?
    package var failingSince: String?
    package var nextCheckAt: String?

    package init(name: String, url: String) {
        self.name = name
        self.url = url
        revisions = [:]
        applications = 0
    }

    package var value: Value {
        var value: Value = [
            "name": .string(name), "url": .string(url), "applications": .integer(Int64(applications)),
            "revisions": .object(Object(revisions.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
        ]
        value["checkedAt"] = checkedAt.map(Value.string)
        value["error"] = error.map(Value.string)
        value["failingSince"] = failingSince.map(Value.string)
        value["nextCheckAt"] = nextCheckAt.map(Value.string)
        return value
    }
}
