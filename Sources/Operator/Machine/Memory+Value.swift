package import Manifests
import Model

/// The stored form.
extension ApplicationMachine.Memory {
    package var value: Value {
        var value: Value = [:]
        value["suspension"] = suspension?.value
        value["hold"] = hold?.value
        value["operation"] = operation?.value
        if let rollback {
            value["rollback"] = [
                "revision": .string(rollback.revision), "rejected": .string(rollback.rejected.description),
                "since": .string(rollback.since), "person": .string(rollback.person),
            ]
        }
        return value
    }

    /// Throws `invalid` for anything but what `value` gives.
    package init(value: Value) throws {
        self.init()
        let reader = ObjectReader(value, "the state of an application")
        suspension = try reader.optionalObject("suspension").map(Hold.init)
        hold = try reader.optionalObject("hold").map(Hold.init)
        operation = try reader.optionalObject("operation").map(OperationRecord.init)
        rollback = try reader.optionalObject("rollback").map { reader in
            ApplicationMachine.Rollback(
                revision: try reader.string("revision"), rejected: try reader.digest("rejected"), since: try reader.string("since"),
                person: try reader.string("person"))
        }
        try reader.finish()
    }
}

extension OperationRecord {
    init(_ reader: ObjectReader) throws {
        self.init(
            id: try reader.string("id"), application: try reader.string("application"),
            cause: try reader.choice("cause", Cause.self),
            phase: try reader.choice("phase", Phase.self), revision: try reader.optionalString("revision"),
            renderedDigest: try reader.optionalDigest("renderedDigest"), message: try reader.string("message"),
            startedAt: try reader.string("startedAt"), endedAt: try reader.optionalString("endedAt"),
            deadline: try reader.optionalString("deadline"))
        try reader.finish()
    }
}
