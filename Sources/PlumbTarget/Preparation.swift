import Manifests
import Model

/// Names manifests by their keys. What their specs say is for the write to judge, so that one mistyped Application does
/// not stop the others.
enum Preparation {
    /// Throws one error for all that is no object of the operator's.
    static func prepare(_ manifests: [Manifest], for placement: Placement) throws -> [DesiredObject] {
        var problems: [PlumbError] = []
        if let namespace = placement.namespace {
            problems.append(
                PlumbError(
                    .unsupported, "The operator's own objects have no namespaces, so nothing can go to \(namespace.quoted).",
                    remedy: "Leave out target.namespace."))
        }
        var desired: [DesiredObject] = []
        for manifest in manifests {
            do {
                desired.append(try object(of: manifest))
            } catch let error as PlumbError {
                problems.append(error)
            }
        }
        if let first = problems.first { throw combined(first, problems) }
        return desired
    }

    private static func object(of manifest: Manifest) throws -> DesiredObject {
        guard manifest.apiVersion == PlumbKind.apiVersion, let kind = PlumbKind(rawValue: manifest.kind) else {
            throw PlumbError(
                .invalid, "\(manifest.apiVersion.quoted) \(manifest.kind.quoted) is no object of the operator's.",
                remedy: "Here go \(PlumbKind.list) of \(PlumbKind.apiVersion). Put what is to be deployed under another path, "
                    + "and name that in an Application.",
                at: manifest.origin)
        }
        let what = kind == .application ? "an application" : "a repository"
        try ApplicationName.validate(manifest.name, of: what, at: manifest.origin)
        let key = ResourceKey(group: PlumbKind.group, kind: manifest.kind, name: manifest.name)
        return DesiredObject(key: key, manifest: manifest, digest: Digest(of: manifest.value))
    }

    private static func combined(_ first: PlumbError, _ problems: [PlumbError]) -> PlumbError {
        guard problems.count > 1 else { return first }
        let shown = problems.prefix(50).map { "  \($0.description)" }
        let more = problems.count > 50 ? ["  and \(problems.count - 50) more"] : []
        return PlumbError(
            first.code, "\(problems.count) of the operator's objects cannot be read:\n" + (shown + more).joined(separator: "\n"))
    }
}
