import KubernetesClient
import Manifests
import Model

/// The server's refusals as sentences for whoever has to act.
enum ServerErrors {
    /// Of a read.
    static func plain(_ error: any Error) -> any Error {
        guard let error = error as? KubernetesError else { return error }
        return PlumbError(code(of: error), "\(error)")
    }

    /// Of a write of `desired`.
    static func ofWrite(_ error: any Error, _ desired: DesiredObject) -> any Error {
        guard let error = error as? KubernetesError else { return error }
        let key = desired.key
        let origin = desired.manifest.origin
        // Of another uid than the one in the body, some releases say that it cannot be changed.
        if error.isConflict || error.causes.contains(where: { $0.field == "metadata.uid" }) { return conflict(error, key, origin) }
        if error.isForbidden && error.message.contains("because it is being terminated") {
            return PlumbError(.conflict, "\(key) cannot be written: its namespace is being deleted.", at: origin)
        }
        if error.isNotFound && error.subject.kind == "namespaces" {
            return PlumbError(
                .notFound, "\(key) cannot be written: there is no namespace \(error.subject.name).",
                remedy:
                    "Add the Namespace to the source, or name it in target.namespace and set target.createNamespace.", at: origin)
        }
        let immutable = immutableFields(error)
        if !immutable.isEmpty {
            return PlumbError(
                .invalid,
                "\(key) cannot be changed in place: \(immutable.joined(separator: ", ")) cannot be changed once it is set.",
                remedy: "To have it deleted and created anew, put the annotation plumb.dev/apply: replace on it.", at: origin)
        }
        if error.isInvalid { return PlumbError(.invalid, "The server does not accept \(key): \(reasons(error))", at: origin) }
        return PlumbError(code(of: error), "\(key) could not be written: \(error.message) (\(error.httpStatus))", at: origin)
    }

    private static func code(of error: KubernetesError) -> PlumbError.Code {
        if error.isUnauthorized || error.isForbidden { return .denied }
        if error.isNotFound { return .notFound }
        if error.isConflict || error.isAlreadyExists { return .conflict }
        if error.isInvalid { return .invalid }
        return error.isRetryable ? .unreachable : .failed
    }

    /// Of a server-side apply without force, each cause names one field and, in its text, one manager; otherwise somebody
    /// was faster, or the object is another one by now.
    private static func conflict(_ error: KubernetesError, _ key: ResourceKey, _ origin: Origin) -> PlumbError {
        let fields = error.causes.filter { $0.reason == "FieldManagerConflict" }
        guard !fields.isEmpty else {
            return PlumbError(
                .conflict, "\(key) was changed or replaced by somebody else in the meantime: \(error.message)",
                remedy: "The next sync looks at it again.", at: origin)
        }
        let byManager = Dictionary(grouping: fields) { manager(in: $0.message) }
        let owners = byManager.keys.sorted().map { name in
            "\(name) manages \((byManager[name] ?? []).prefix(10).map(\.field).joined(separator: ", "))"
        }
        return PlumbError(
            .conflict, "\(key) exists already and is not this application's: \(owners.joined(separator: "; ")).",
            remedy: "Let it be adopted (--adopt, or sync.adopt: allow), or leave those fields out of the manifest.", at: origin)
    }

    /// `conflict with "kubectl" using apps/v1` → `kubectl`.
    private static func manager(in message: String) -> String {
        let parts = message.split(separator: "\"")
        return parts.count > 1 ? String(parts[1]) : "another manager"
    }

    private static func immutableFields(_ error: KubernetesError) -> [String] {
        guard error.httpStatus == 422 else { return [] }
        let causes = error.causes.filter { cause in
            [
                "immutable", "updates to statefulset spec", "may not change once set", "cannot be changed", "can not be changed",
                "is forbidden after creation", "pod updates may not change",
            ]
            .contains { cause.message.lowercased().contains($0) }
        }
        return causes.prefix(10).map { $0.field.isEmpty ? $0.message : $0.field }
    }

    private static func reasons(_ error: KubernetesError) -> String {
        let causes = error.causes.prefix(10).map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
        return causes.isEmpty ? error.message : causes.joined(separator: "; ")
    }
}
