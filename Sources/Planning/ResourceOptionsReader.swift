package import Manifests
package import Model

/// Reads the `plumb.dev/…` annotations of a desired object, and the spellings of Helm, Argo CD and Flux for the same.
///
/// Throws `invalid` for a value that means nothing: a mistyped `prune` must not end in a deletion.
package enum ResourceOptionsReader {
    package static func options(of manifest: Manifest) throws -> ResourceOptions {
        var options = ResourceOptions()
        // Sorted by key, so that Plumb's own come last and rule over an alias. Flux reads labels as well.
        let labels = manifest.labels.members.filter { $0.key.hasPrefix(Annotation.flux) }
        HelmAnnotations(manifest.annotations).apply(to: &options)
        for member in labels + manifest.annotations.members where Annotation.isKnown(member.key) {
            let note = try Annotation(member.key, member.value, at: manifest.origin)
            if note.isEmptyAlias { continue }
            try note.apply(to: &options)
        }
        return options
    }
}

extension Annotation {
    fileprivate func apply(to options: inout ResourceOptions) throws {
        switch key {
        case "plumb.dev/sync-wave", "argocd.argoproj.io/sync-wave": options.wave = try wave()
        case "plumb.dev/hook", "argocd.argoproj.io/hook": try hooks(into: &options)
        case "plumb.dev/hook-delete-policy", "argocd.argoproj.io/hook-delete-policy":
            options.hookDeletePolicies = try hookDeletePolicies()
        case "plumb.dev/prune", "kustomize.toolkit.fluxcd.io/prune": options.prune = try isEnabled()
        case "plumb.dev/apply": options.apply = try choice(value, ResourceOptions.Apply.self)
        case "kustomize.toolkit.fluxcd.io/reconcile": if try !isEnabled() { options.apply = .ignore }
        case "kustomize.toolkit.fluxcd.io/ssa": try serverSideApply(into: &options)
        case "argocd.argoproj.io/sync-options":
            // `confirm` asks a person before it prunes, and there is nobody to ask.
            if words.contains("Prune=false") || words.contains("Prune=confirm") { options.prune = false }
            // Only both together recreate on every change. `Force=true`, as Flux's `force`, recreates where the server
            // refuses the update; that error is shown here, and names plumb.dev/apply.
            if words.contains("Force=true"), words.contains("Replace=true") { options.apply = .replace }
        default: try refuseUnknown()
        }
    }
}

private struct Annotation {
    let key: String
    let value: String
    let words: [String]
    let origin: Origin

    static let own = "plumb.dev/"
    static let flux = "kustomize.toolkit.fluxcd.io/"
    private static let aliases: Set<String> = [
        "argocd.argoproj.io/sync-wave", "argocd.argoproj.io/hook", "argocd.argoproj.io/hook-delete-policy",
        "argocd.argoproj.io/sync-options", flux + "prune", flux + "reconcile", flux + "ssa",
    ]

    static func isKnown(_ key: String) -> Bool { key.hasPrefix(own) || aliases.contains(key) }

    /// Throws `invalid` where the value is no text: `5` and `false` have to be quoted.
    init(_ key: String, _ value: Value, at origin: Origin) throws {
        guard let text = value.string else {
            throw PlumbError(
                .invalid, "The annotation \(key) has to be a string, and is \(value.typeName).", remedy: "Put it in quotes.",
                at: origin)
        }
        self.key = key
        self.value = text
        self.words = text.split(separator: ",").map(\.trimmingSpaces).filter { !$0.isEmpty }
        self.origin = origin
    }

    /// Templates leave aliases empty to say nothing; Plumb's own are never written so.
    var isEmptyAlias: Bool { words.isEmpty && !key.hasPrefix(Self.own) }

    /// Annotations that others read: the target, or a person with only a client.
    private static let elsewhere: Set<String> = [
        "plumb.dev/application", "plumb.dev/operation", "plumb.dev/hold-until", "plumb.dev/renamed-from",
    ]

    func error(_ expected: String) -> PlumbError {
        PlumbError(.invalid, "The annotation \(key) is \(value.quoted), and has to be \(expected).", at: origin)
    }

    func wave() throws -> Int {
        guard let wave = Int(value), (-1_000_000...1_000_000).contains(wave) else { throw error("a whole number, such as -1 or 5") }
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
        guard !words.isEmpty else { throw error("one of: " + HookPhase.allCases.map(\.rawValue).joined(separator: ", ")) }
        options.hooks = []
        for word in words {
            switch word {
            case "Skip": options.apply = .ignore
            default: options.hooks.insert(try choice(word, HookPhase.self))
            }
        }
    }

    func hookDeletePolicies() throws -> Set<HookDeletePolicy> {
        guard !words.isEmpty else { throw error("one of: " + HookDeletePolicy.allCases.map(\.rawValue).joined(separator: ", ")) }
        return Set(try words.map { try choice($0, HookDeletePolicy.self) })
    }

    func serverSideApply(into options: inout ResourceOptions) throws {
        switch value.lowercased() {
        case "ifnotpresent": options.apply = .ifNotPresent
        case "ignore": options.apply = .ignore
        case "merge", "override": break
        default: throw error("one of: Override, Merge, IfNotPresent, Ignore")
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
