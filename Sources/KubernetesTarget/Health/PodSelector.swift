import Manifests
import Model

/// The label selector of a workload's Pods, in the form that a LIST takes.
struct PodSelector {
    let text: String

    /// nil for what has no Pods, and for a selector that says nothing.
    init?(_ live: Value, _ key: ResourceKey) {
        guard ["apps", "extensions", "batch"].contains(key.group), let selector = live.at("spec", "selector") else { return nil }
        let labels = (selector["matchLabels"]?.object ?? Object()).compactMap { label in
            label.value.string.map { "\(label.key)=\($0)" }
        }
        let expressions = (selector["matchExpressions"]?.array ?? []).compactMap(Self.expression)
        let parts = labels + expressions
        if parts.isEmpty { return nil }
        text = parts.joined(separator: ",")
    }

    private static func expression(_ value: Value) -> String? {
        guard let key = value["key"]?.string else { return nil }
        let values = (value["values"]?.array ?? []).compactMap(\.string).joined(separator: ",")
        switch value["operator"]?.string {
        case "In": return "\(key) in (\(values))"
        case "NotIn": return "\(key) notin (\(values))"
        case "Exists": return key
        case "DoesNotExist": return "!\(key)"
        default: return nil
        }
    }
}
