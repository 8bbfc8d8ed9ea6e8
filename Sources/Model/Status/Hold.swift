package import Manifests

/// Why an application stands still. The one way it can, always with a reason.
package struct Hold: Sendable, Hashable {
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A plan waits for a person: deletions over the budget, adoption, manual sync.
        case approval
        /// A person suspended it.
        case suspended
        case window
        case dependency
        /// A person went back to an earlier revision; lifts when something else than what was rejected is rendered.
        case rollback
        /// The inventory of an application that nobody declares.
        case orphan
        /// The target is not the one that it was.
        case target
    }

    package var reason: Reason
    package var message: String
    /// What `plumb approve` names.
    package var plan: Digest?
    /// Of a rollback: where to, and what must not come back by itself.
    package var revision: String?
    package var rejected: Digest?
    /// RFC 3339, UTC.
    package var since: String

    package init(
        reason: Reason, message: String, plan: Digest? = nil, revision: String? = nil, rejected: Digest? = nil, since: String
    ) {
        self.reason = reason
        self.message = message
        self.plan = plan
        self.revision = revision
        self.rejected = rejected
        self.since = since
    }

    package var value: Value {
        var value: Value = ["reason": .string(reason.rawValue), "message": .string(message), "since": .string(since)]
        value["plan"] = plan.map { .string($0.description) }
        value["revision"] = revision.map(Value.string)
        value["rejected"] = rejected.map { .string($0.description) }
        return value
    }
}

extension Hold {
    /// Throws `invalid` for anything but what `value` gives.
    package init(_ reader: ObjectReader) throws {
        self.init(
            reason: try reader.choice("reason", Reason.self), message: try reader.string("message"),
            plan: try reader.optionalDigest("plan"), revision: try reader.optionalString("revision"),
            rejected: try reader.optionalDigest("rejected"), since: try reader.string("since"))
        try reader.finish()
    }
}
