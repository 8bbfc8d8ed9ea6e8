import Manifests
import Model

/// The label selector of a workload's Pods: as a LIST takes it, and to be matched here.
struct PodSelector: Hashable, Sendable {
    private enum Requirement: Hashable, Sendable {
        case among(String, [String])
        case notAmong(String, [String])
        case exists(String)
        case lacks(String)
    }

    private let requirements: [Requirement]

    /// nil for what has no Pods, and for a selector that says nothing.
    init?(_ live: Value, _ key: ResourceKey) {
        guard ["apps", "extensions", "batch"].contains(key.group), let selector = live.at("spec", "selector") else { return nil }
        let labels = (selector["matchLabels"]?.object ?? Object()).compactMap { label in
            label.value.string.map { Requirement.among(label.key, [$0]) }
        }
        let expressions = (selector["matchExpressions"]?.array ?? []).compactMap(Self.requirement)
        requirements = labels + expressions
        if requirements.isEmpty { return nil }
    }

    var text: String {
        requirements.map { requirement in
            switch requirement {
            case .among(let key, let values) where values.count == 1: "\(key)=\(values[0])"
            case .among(let key, let values): "\(key) in (\(values.joined(separator: ",")))"
            case .notAmong(let key, let values): "\(key) notin (\(values.joined(separator: ",")))"
            case .exists(let key): key
            case .lacks(let key): "!\(key)"
            }
        }.joined(separator: ",")
    }

    func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .among(let key, let values): labels[key].map(values.contains) ?? false
            case .notAmong(let key, let values): labels[key].map { !values.contains($0) } ?? true
            case .exists(let key): labels[key] != nil
            case .lacks(let key): labels[key] == nil
            }
        }
    }

    private static func requirement(_ value: Value) -> Requirement? {
        guard let key = value["key"]?.string else { return nil }
        let values = (value["values"]?.array ?? []).compactMap(\.string)
        return switch value["operator"]?.string {
        case "In": .among(key, values)
        case "NotIn": .notAmong(key, values)
        case "Exists": .exists(key)
        case "DoesNotExist": .lacks(key)
        default: nil
        }
    }
}
