import Model

/// The shapes of what the API answers, by name. `Model` makes the values; a test holds the two together.
enum Schemas {
    static let components: [(name: String, schema: Schema)] = [
        ("Application", application), ("Plan", plan), ("Operation", operation), ("Hold", hold), ("Health", health),
        ("Key", key), ("Drift", drift), ("History", history), ("Repository", repository), ("Target", target),
        ("Unmanaged", unmanaged), ("Event", event), ("Error", error),
    ]

    /// `{items, total}`
    static func list(of name: String) -> Schema {
        .object([.field("items", .array(.named(name))), .field("total", .integer)])
    }

    private static let sync = Schema.choice(ApplicationStatus.Sync.allCases.map(\.rawValue))

    private static let application = Schema.object([
        .field("name", .string),
        .optional("target", .string, "kubernetes, host or plumb."),
        .optional("place", .string, "Where the target is."),
        .optional("namespace", .string),
        .field(
            "sync", .object([.field("status", sync), .field("unmanaged", .integer, "Undeclared entries that change behaviour.")])),
        .field("revisions", .array(.string), "One a source."),
        .optional("renderedDigest", .string),
        .field("health", .named("Health")),
        .optional("operation", .named("Operation")),
        .field("resources", .array(resource)),
        .field("conditions", .array(condition)),
        .field("drift", .array(.named("Drift"))),
        .optional("hold", .named("Hold")),
        .optional("orphan", .boolean, "It has an inventory on a target, and nobody declares it."),
        .field("why", .string, "One sentence: what is wrong, since when, what happens next."),
    ])

    private static let resource = Schema.object([
        .field("key", .named("Key")), .field("sync", sync), .field("health", .named("Health")), .optional("message", .string),
        .optional("unmanaged", .array(.string), "Paths of undeclared entries."),
    ])

    private static let condition = Schema.object([
        .field("type", .string, "Ready, Reconciling or Stalled."), .field("status", .choice(["True", "False"])),
        .field("reason", .string), .field("message", .string), .field("observedGeneration", .integer),
    ])

    private static let health = Schema.object([
        .field("status", .choice(Health.Status.allCases.map(\.rawValue))), .optional("message", .string),
    ])

    private static let key = Schema.object([
        .field("group", .string), .field("kind", .string), .optional("namespace", .string), .field("name", .string),
    ])

    private static let operation = Schema.object([
        .field("id", .string, "UUIDv7."), .field("application", .string),
        .field("cause", .choice(OperationRecord.Cause.allCases.map(\.rawValue))),
        .field("phase", .choice(OperationRecord.Phase.allCases.map(\.rawValue))), .field("message", .string),
        .optional("revision", .string), .optional("renderedDigest", .string), .field("startedAt", .time),
        .optional("endedAt", .time), .optional("deadline", .time),
    ])

    private static let hold = Schema.object([
        .field("reason", .choice(Hold.Reason.allCases.map(\.rawValue))), .field("message", .string),
        .optional("plan", .string, "The digest that an approval names."), .field("since", .time),
    ])

    private static let change: [Schema.Field] = [
        .field("path", .string, "A JSON pointer."), .optional("old", .string), .optional("new", .string),
        .optional("manager", .string, "Who set it, where the platform tells."),
    ]

    private static let drift = Schema.object(
        [.field("key", .named("Key"))] + change
            + [.field("since", .time), .optional("contested", .boolean, "Another party sets it again and again.")])

    private static let plan = Schema.object([
        .field("application", .string, "Namespace and name."), .optional("target", .string), .field("revision", .string),
        .field("digest", .string, "What an approval names."), .field("renderedDigest", .string),
        .field("operations", .array(step)),
        .field("forgotten", .array(.object([.field("key", .string), .field("reason", .string)]))), .field("unmanaged", .integer),
    ])

    private static let step = Schema.object([
        .field("action", .choice(Operation.Action.allCases.map(\.rawValue))), .field("key", .string), .field("cause", .string),
        .field("state", .choice(["ready", "unverified", "held", "blocked", "kept"])), .optional("reason", .string),
        .field("fields", .array(.object(change))), .optional("wave", .integer), .optional("unmanaged", .array(.string)),
    ])

    private static let history = Schema.object([
        .field("application", .string), .field("operation", .string),
        .field("cause", .choice(OperationRecord.Cause.allCases.map(\.rawValue))), .field("revision", .string),
        .field("renderedDigest", .string), .optional("author", .string), .optional("message", .string),
        .optional("committedAt", .time), .field("appliedAt", .time), .optional("healthyAt", .time), .field("summary", .string),
    ])

    private static let repository = Schema.object([
        .field("name", .string), .field("url", .string, "Without credentials."), .field("applications", .integer),
        .field("revisions", .map(.string), "By what applications ask for, what that leads to: main, v1.x, podinfo ^6.5."),
        .optional("checkedAt", .time),
        .optional("error", .string, "Why the last look failed."), .optional("failingSince", .time), .optional("nextCheckAt", .time),
    ])

    private static let target = Schema.object([
        .field("name", .string), .field("place", .string), .optional("installation", .string), .field("applications", .integer),
        .optional("error", .string), .optional("failingSince", .time),
    ])

    private static let unmanaged = Schema.object([
        .field("application", .string), .field("key", .named("Key")), .field("paths", .array(.string)),
    ])

    private static let event = Schema.object([
        .field("id", .integer, "Grows."), .field("time", .time), .optional("application", .string),
        .field("type", .choice(Event.Kind.allCases.map(\.rawValue))), .optional("key", .named("Key")),
        .optional("path", .string), .optional("old", .string), .optional("new", .string), .optional("manager", .string),
        .field("message", .string),
    ])

    private static let error = Schema.object([
        .field(
            "error",
            .object([
                .field("code", .string), .field("message", .string, "What failed, on what, and why."),
                .optional("remedy", .string, "What to do about it."),
            ]))
    ])
}
