import Manifests
import Model
import Store

/// What is stored against what is desired.
enum Comparison {
    private static let fieldLimit = 100
    private static let textLength = 200

    /// `desired` is nil for an object that only the inventory names.
    static func observed(_ live: PlumbObject, desired: DesiredObject?, _ context: SyncContext) -> ObservedResource {
        let isOurs = live.owner == context.identity.fullName
        var resource = ObservedResource(key: live.key, uid: live.uid, owner: isOurs ? .this : .other(live.owner))
        if let desired { resource.difference = difference(live, desired, context.inventory.entries[live.key]) }
        return resource
    }

    /// Nothing but a sync writes here. What one wrote and did not come to write down in the inventory is written once more,
    /// which changes nothing.
    private static func difference(
        _ live: PlumbObject, _ desired: DesiredObject, _ entry: Inventory.Entry?
    ) -> ObservedResource.Difference {
        let fields = fields(from: live.manifest, to: desired.manifest)
        guard entry?.digest == desired.digest else { return .changed(fields) }
        return Digest(of: live.manifest.value) == desired.digest ? .same : .drift(fields)
    }

    static func fields(from old: Manifest?, to new: Manifest) -> [FieldChange] {
        ValueDiff(from: old?.value ?? .object(Object()), to: new.value, limit: fieldLimit).changes.map { change in
            FieldChange(path: change.path.description, old: change.old.map(text), new: change.new.map(text))
        }
    }

    private static func text(_ value: Value) -> String {
        let text = value.string ?? value.json
        let head = String(String.UnicodeScalarView(text.unicodeScalars.prefix(textLength)))
        return head.unicodeScalars.count < text.unicodeScalars.count ? head + "…" : text
    }
}
