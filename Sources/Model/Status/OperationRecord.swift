package import Manifests

/// One run of an application's reconcile that had something to do, from its cause to its end.
package struct OperationRecord: Sendable, Hashable {
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        case revision, drift, manual, approval, retry, rollback, removal, start, adoption
        /// The Application object itself changed, or what it is rendered from on its target.
        case settings
    }

    package enum Phase: String, Sendable, Hashable, CaseIterable {
        case pending = "Pending"
        case running = "Running"
        case waiting = "Waiting"
        case held = "Held"
        case succeeded = "Succeeded"
        case failed = "Failed"
        case superseded = "Superseded"

        package var isTerminal: Bool { [.held, .succeeded, .failed, .superseded].contains(self) }
    }

    /// UUIDv7.
    package var id: String
    package var application: String
    package var cause: Cause
    package var phase: Phase
    package var revision: String?
    package var renderedDigest: Digest?
    /// One sentence: what it does, or why it ended as it did.
    package var message: String
    /// RFC 3339, UTC, as all times here.
    package var startedAt: String
    package var endedAt: String?
    package var deadline: String?

    package init(
        id: String, application: String, cause: Cause, phase: Phase, revision: String? = nil, renderedDigest: Digest? = nil,
        message: String = "", startedAt: String, endedAt: String? = nil, deadline: String? = nil
    ) {
        self.id = id
        self.application = application
        self.cause = cause
        self.phase = phase
        self.revision = revision
        self.renderedDigest = renderedDigest
        self.message = message
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.deadline = deadline
    }

    package var value: Value {
        var value: Value = [
            "id": .string(id), "application": .string(application), "cause": .string(cause.rawValue),
            "phase": .string(phase.rawValue), "message": .string(message), "startedAt": .string(startedAt),
        ]
        value["revision"] = revision.map(Value.string)
        value["renderedDigest"] = renderedDigest.map { .string($0.description) }
        value["endedAt"] = endedAt.map(Value.string)
        value["deadline"] = deadline.map(Value.string)
        return value
    }
}
