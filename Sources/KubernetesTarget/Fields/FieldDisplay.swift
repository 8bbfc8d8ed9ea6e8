import Manifests
import Model

/// Field values as people see them: bounded, and of Secrets only keyed digests.
struct FieldDisplay {
    private static let length = 200
    /// Of a Secret, these say nothing secret.
    private static let plainOfSecret: [FieldPath] = [
        FieldPath([.key("metadata"), .key("labels")]), FieldPath([.key("metadata"), .key("name")]), FieldPath([.key("type")]),
    ]

    /// nil for objects without secrets.
    let secretKey: SecretKey?

    /// `ours` is this application's field manager. It set what it declares, which says nothing about who changed it
    /// since: some writes, such as those to the scale subresource of older servers, are recorded nowhere. Whoever knows
    /// that somebody did (`isDrift`) is told `unknown` then.
    func changes(
        _ differences: [Comparison.Difference], owners: ManagedFields?, ours: String, isDrift: Bool
    ) -> [FieldChange] {
        differences.map { difference in
            let owner = owners?.owner(of: difference.path)
            return FieldChange(
                path: difference.path.description, old: text(difference.old, difference.path),
                new: text(difference.new, difference.path),
                manager: owner == nil || owner == ours ? isDrift ? "unknown" : nil : owner)
        }
    }

    private func text(_ value: Value?, _ path: FieldPath) -> String? {
        guard let value, !value.isNull else { return nil }
        if let secretKey, !Self.plainOfSecret.contains(where: { path.isInside($0) }) {
            return "keyed:\(secretKey.digest(of: value).short)"
        }
        let text = value.scalarText ?? value.json
        return text.unicodeScalars.count > Self.length
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.length))) + "…" : text
    }
}
