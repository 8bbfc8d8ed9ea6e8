package import Manifests
package import Model

/// Reads the `plumb.dev/…` annotations of a desired object, and the spellings of Argo CD and Flux for the same.
///
/// Throws `invalid` for a value that means nothing: a mistyped `prune` must not end in a deletion.
package enum ResourceOptionsReader {
    package static func options(of manifest: Manifest) throws -> ResourceOptions {
        var options = ResourceOptions()
        for (key, value) in manifest.annotations.members.compactMap({ member in member.value.string.map { (member.key, $0) } }) {
            let words = value.split(separator: ",").map { $0.trimmingSpaces }
            let note = Annotation(key: key, value: value, words: words, origin: manifest.origin)
            switch key {
            case "plumb.dev/sync-wave", "argocd.argoproj.io/sync-wave": options.wave = try note.wave()
            case "plumb.dev/hook", "argocd.argoproj.io/hook": try note.hooks(into: &options)
            case "plumb.dev/hook-delete-policy", "argocd.argoproj.io/hook-delete-policy":
                options.hookDeletePolicies = Set(try words.map { try note.choice($0, HookDeletePolicy.self) })
            case "plumb.dev/prune", "kustomize.toolkit.fluxcd.io/prune": options.prune = try note.isEnabled()
            case "plumb.dev/apply":
                options.apply = try note.choice(value, ResourceOptions.Apply.self)
            case "kustomize.toolkit.fluxcd.io/reconcile":
                if try !note.isEnabled() { options.apply = .ignore }
            case "kustomize.toolkit.fluxcd.io/ssa":
                if value == "IfNotPresent" { options.apply = .ifNotPresent }
                if value == "Ignore" { options.apply = .ignore }
            case "kustomize.toolkit.fluxcd.io/force":
                if try note.isEnabled() { options.apply = .replace }
            case "argocd.argoproj.io/sync-options":
                if words.contains("Prune=false") { options.prune = false }
                if words.contains("Replace=true") || words.contains("Force=true") { options.apply = .replace }
            default:
                if key.hasPrefix("plumb.dev/") { try note.refuseUnknown() }
            }
        }
        return options
    }
}

private struct Annotation {
    let key: String
    let value: String
    let words: [String]
    let origin: Origin

    /// Annotations that others read: the target, or a person with only a client.
    private static let elsewhere: Set<String> = [
        "plumb.dev/application", "plumb.dev/operation", "plumb.dev/hold-until", "plumb.dev/renamed-from",
    ]

    func error(_ expected: String) -> PlumbError {
        PlumbError(.invalid, "The annotation \(key) is \(value.quoted), and has to be \(expected).", at: origin)
    }

    func wave() throws -> Int {
        guard let wave = Int(value), abs(wave) <= 1_000_000 else { throw error("a whole number, such as -1 or 5") }
        return wave
    }

    func isEnabled() throws -> Bool {
        switch value.lowercased() {
        case "disabled": false
        case "enabled": true
        default: throw error("enabled or disabled")
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ text: String, _ type: Choice.Type) throws -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else {
            throw error("one of: " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func hooks(into options: inout ResourceOptions) throws {
        for word in words {
            switch word {
            case "Skip": options.apply = .ignore
            case "PreDelete", "PostDelete":
                throw PlumbError(
                    .unsupported, "The hook \(word) is not supported; PreSync, Sync, PostSync and SyncFail are.", at: origin)
            default: options.hooks.insert(try choice(word, HookPhase.self))
            }
        }
    }

    func refuseUnknown() throws {
        guard !Self.elsewhere.contains(key) else { return }
        throw PlumbError(
            .invalid, "There is no annotation \(key).",
            remedy: "Known are: plumb.dev/sync-wave, hook, hook-delete-policy, prune, apply and hold-until.", at: origin)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
