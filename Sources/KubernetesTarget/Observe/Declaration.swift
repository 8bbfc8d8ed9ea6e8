import Manifests
import Model

/// A desired object as one sync writes and compares it: with the application's marks, and its ignored paths set apart.
struct Declaration {
    let desired: DesiredObject
    /// The paths that are left to others.
    let ignored: [FieldPath]
    /// What is applied to an object that is not there yet, ignored paths included.
    let full: Value
    /// What is owned afterwards, and compared.
    let compared: Value
    /// The application's field manager.
    let manager: String

    /// Throws `invalid` for a path to ignore that cannot be read.
    init(_ desired: DesiredObject, _ context: SyncContext) throws {
        self.desired = desired
        ignored = try IgnoredPaths.of(desired.key, context.ignore)
        let marks = Marks(identity: context.identity)
        manager = marks.fieldManager
        full = marks.marked(desired.manifest.value)
        compared = IgnoredPaths.remove(ignored, from: full)
    }

    /// The body whose ignored paths are as they are live, as far as they were declared or are owned from before: applying
    /// it changes nothing there.
    func body(keeping live: Value) -> Value {
        let fields = ManagedFields(of: live)
        var body = compared
        for path in ignored where full.value(at: path) != nil || fields.applies(manager, path) {
            if let value = live.value(at: path) { body.set(value, at: path) }
        }
        return body
    }

    func digest(of live: Value, _ secretKey: SecretKey?) -> Digest {
        let projected = Projection(group: desired.key.group).project(live, on: compared)
        return secretKey?.digest(of: projected) ?? Digest(of: projected)
    }
}
