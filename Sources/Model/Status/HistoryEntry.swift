package import Manifests

/// A revision that an application was brought to, with what version control says of it.
package struct HistoryEntry: Sendable, Hashable {
    package var application: String
    /// UUIDv7 of the operation that applied it.
    package var operation: String
    package var cause: OperationRecord.Cause
    package var revision: String
    package var renderedDigest: Digest
    package var author: String?
    /// The first line of the commit's message.
    package var message: String?
    package var committedAt: String?
    package var appliedAt: String
    /// nil until everything was seen healthy.
    package var healthyAt: String?
    /// What was created, updated, deleted, in words: `1 created, 2 updated`.
    package var summary: String

    package init(
        application: String, operation: String, cause: OperationRecord.Cause, revision: String, renderedDigest: Digest,
        commit: Revision.Commit? = nil, committedAt: String? = nil, appliedAt: String, healthyAt: String? = nil, summary: String
    ) {
        self.application = application
        self.operation = operation
        self.cause = cause
        self.revision = revision
        self.renderedDigest = renderedDigest
        author = commit?.author
        message = commit?.message
        self.committedAt = committedAt
        self.appliedAt = appliedAt
        self.healthyAt = healthyAt
        self.summary = summary
    }

    package var value: Value {
        var value: Value = [
            "application": .string(application), "operation": .string(operation), "cause": .string(cause.rawValue),
            "revision": .string(revision), "renderedDigest": .string(renderedDigest.description),
            "appliedAt": .string(appliedAt), "summary": .string(summary),
        ]
        value["author"] = author.map(Value.string)
        value["message"] = message.map(Value.string)
        value["committedAt"] = committedAt.map(Value.string)
        value["healthyAt"] = healthyAt.map(Value.string)
        return value
    }
}
