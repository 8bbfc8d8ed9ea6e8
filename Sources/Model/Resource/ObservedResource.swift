/// What a target found under one key.
package struct ObservedResource: Sendable, Hashable {
    package var key: ResourceKey
    /// What tells this object from a later one of the same name.
    package var uid: String
    package var owner: Owner
    /// How it stands to the desired object; `.same` where none is desired.
    package var difference: Difference
    /// Undeclared entries that change behaviour, by path: added containers, ports, selector keys, …
    package var unmanaged: [String]
    package var isTerminating: Bool
    /// The operation that made it, where it is a hook: the value of the `plumb.dev/operation` annotation.
    package var operation: String?
    /// Until when a person with only a client asked for drift to be left alone; from `plumb.dev/hold-until`.
    package var holdUntil: String?
    package var health: Health
    /// The release of another tool that the object says it is of.
    package var release: HelmReleaseName?
    /// It asks that tool to be left there when it would be deleted: `helm.sh/resource-policy: keep`.
    package var asksToStay = false

    package init(
        key: ResourceKey, uid: String, owner: Owner, difference: Difference = .same, unmanaged: [String] = [],
        isTerminating: Bool = false, operation: String? = nil, holdUntil: String? = nil, health: Health = .healthy
    ) {
        self.key = key
        self.uid = uid
        self.owner = owner
        self.difference = difference
        self.unmanaged = unmanaged
        self.isTerminating = isTerminating
        self.operation = operation
        self.holdUntil = holdUntil
        self.health = health
    }

    package enum Owner: Sendable, Hashable {
        /// Carries this application's mark.
        case this
        /// Carries no application's mark; `by` names who manages it, where the platform tells (`kubectl`, `helm`).
        case nobody(by: String?)
        /// Carries the mark of another application, named in full.
        case other(String)
    }

    package enum Difference: Sendable, Hashable {
        /// The declared fields are as the target returned them for the last write of this very manifest.
        case same
        /// The manifest is another than the one written last. The fields are empty until a rehearsal tells them.
        case changed([FieldChange])
        /// The manifest is the one written last, and declared fields have left what was returned for it.
        case drift([FieldChange])
    }
}

/// One field that differs. Values are for showing: bounded, and keyed digests where they are secret.
package struct FieldChange: Sendable, Hashable {
    package var path: String
    package var old: String?
    package var new: String?
    /// Who set the live value, where the platform tells.
    package var manager: String?

    package init(path: String, old: String?, new: String?, manager: String? = nil) {
        self.path = path
        self.old = old
        self.new = new
        self.manager = manager
    }
}
