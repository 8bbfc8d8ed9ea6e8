/// One step of a plan: what happens to one resource, and why.
package struct Operation: Sendable, Hashable {
    package enum Action: String, Sendable, Hashable, CaseIterable {
        case create, update, replace, adopt, delete, unchanged
        /// A hook's object: it is made anew and waited for.
        case run
    }

    package enum Cause: String, Sendable, Hashable {
        /// In the source, and never written before.
        case new
        /// The manifest is another than the one written last.
        case changed
        /// Declared fields, or the object itself, left what was written last.
        case drift
        /// Written before, and no longer in the source.
        case removed
        /// The whole application is to go.
        case removal
        /// There before Plumb.
        case existing
        /// There before Plumb, in a release that another tool has installed; `origin` names it.
        case release
        /// It belongs to another application.
        case foreign
        /// It carries the name that this application had before.
        case renamed
        /// It asks to be replaced rather than updated.
        case replacement
        /// A hook of this transition.
        case hook
        case same
    }

    package enum State: Sendable, Hashable {
        case ready
        /// Cannot be rehearsed before another operation of the plan: it is checked when it is reached.
        case unverified(String)
        /// Waits for a person's approval.
        case held(String)
        /// Cannot be done as things are; an error of the plan.
        case blocked(String)
        /// Left as it is on purpose.
        case kept(String)

        package var name: String {
            switch self {
            case .ready: "ready"
            case .unverified: "unverified"
            case .held: "held"
            case .blocked: "blocked"
            case .kept: "kept"
            }
        }

        package var reason: String? {
            switch self {
            case .ready: nil
            case .unverified(let reason), .held(let reason), .blocked(let reason), .kept(let reason): reason
            }
        }
    }

    package var action: Action
    package var key: ResourceKey
    package var cause: Cause
    package var state: State
    package var fields: [FieldChange]
    package var desired: DesiredObject?
    /// Of the live object that the plan saw.
    package var uid: String?
    package var options: ResourceOptions
    package var order: Order
    /// Undeclared entries that change behaviour, by path.
    package var unmanaged: [String]
    /// Whose the live object was before, for people: `Helm's release web, revision 3`. nil where that does not matter.
    package var origin: String?

    package init(
        _ action: Action, _ key: ResourceKey, cause: Cause, state: State = .ready, fields: [FieldChange] = [],
        desired: DesiredObject? = nil, uid: String? = nil, options: ResourceOptions = ResourceOptions(), order: Order,
        unmanaged: [String] = [], origin: String? = nil
    ) {
        self.action = action
        self.key = key
        self.cause = cause
        self.state = state
        self.fields = fields
        self.desired = desired
        self.uid = uid
        self.options = options
        self.order = order
        self.unmanaged = unmanaged
        self.origin = origin
    }

    /// Whether applying the plan does this now.
    package var isDue: Bool {
        guard action != .unchanged else { return false }
        switch state {
        case .ready, .unverified: return true
        case .held, .blocked, .kept: return false
        }
    }

    package var isHeld: Bool { if case .held = state { true } else { false } }
    package var isBlocked: Bool { if case .blocked = state { true } else { false } }

    /// When an operation runs: phase, then wave, then tier; the rank orders what runs side by side, for people.
    package struct Order: Sendable, Hashable, Comparable {
        package enum Phase: Int, Sendable, Hashable, Comparable {
            case preSync, sync, preDelete, prune, postSync, postDelete, syncFail

            package static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
        }

        package var phase: Phase
        package var wave: Int
        package var tier: Int
        package var rank: Int

        package init(phase: Phase, wave: Int, tier: Int, rank: Int) {
            self.phase = phase
            self.wave = wave
            self.tier = tier
            self.rank = rank
        }

        package static func < (left: Order, right: Order) -> Bool {
            (left.phase, left.wave, left.tier, left.rank) < (right.phase, right.wave, right.tier, right.rank)
        }
    }
}
