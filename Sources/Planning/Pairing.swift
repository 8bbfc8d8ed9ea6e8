import Manifests
import Model

/// One desired object against what is live under its key.
enum Pairing {
    static func operation(for desired: DesiredObject, options: ResourceOptions, _ input: PlanInput) -> Operation {
        let key = desired.key
        let position = KindOrder.position(of: key)
        let order = Operation.Order(phase: .sync, wave: options.wave, tier: position.tier, rank: position.rank)
        let entry = input.inventory.entries[key]

        func make(
            _ action: Operation.Action, _ cause: Operation.Cause, _ state: Operation.State = .ready, _ fields: [FieldChange] = [],
            of live: ObservedResource? = nil, from origin: String? = nil
        ) -> Operation {
            Operation(
                action, key, cause: cause, state: state, fields: fields, desired: desired, uid: live?.uid, options: options,
                order: order,
                unmanaged: live?.unmanaged ?? [], origin: origin)
        }

        if options.apply == .ignore { return make(.unchanged, .same, .kept("annotated to be left alone")) }
        guard let live = input.observed[key] else {
            let wasThere = entry?.state == .applied
            if wasThere, input.policy.drift != .revert, entry?.digest == desired.digest {
                return make(.unchanged, .drift, .kept("missing on the target; drift is only reported"))
            }
            return make(.create, wasThere ? .drift : .new)
        }
        if live.isTerminating {
            return make(.create, .drift, .blocked("it is being deleted; it can be created again when it is gone"), of: live)
        }
        if options.apply == .ifNotPresent { return make(.unchanged, .same, of: live) }

        switch live.owner {
        case .other(let name) where name == input.former:
            return make(.adopt, .renamed, of: live)
        case .other(let name):
            return make(.adopt, .foreign, .held("it belongs to the application \(input.identity.shown(name))"), of: live)
        case .nobody where input.inventory.hasTakenIn(live) && !input.taken.contains(key):
            return make(.adopt, .release, of: live, from: entry?.origin)
        case .nobody(let manager) where entry?.uid != live.uid || entry?.state == .intended:
            // An adoption that was broken off had been agreed to.
            let isAllowed = input.policy.adopt == .allow || entry?.uid == live.uid
            if let release = input.release, release.has(live) {
                return make(
                    .adopt, .release, isAllowed ? .ready : .held("it is in \(release.place)"), of: live, from: release.place)
            }
            let by = manager.map { ", managed by \($0)" } ?? ""
            return make(.adopt, .existing, isAllowed ? .ready : .held("it exists already\(by)"), of: live, from: manager)
        case .this, .nobody:
            break
        }

        switch live.difference {
        case .same:
            return make(.unchanged, .same, of: live)
        case .changed(let fields):
            return make(
                isReplaced(options, key) ? .replace : .update, isReplaced(options, key) ? .replacement : .changed, .ready, fields,
                of: live)
        case .drift(let fields):
            if let reason = live.holdUntil.flatMap({ holdReason($0, now: input.now) }) {
                return make(.unchanged, .drift, .kept(reason), fields, of: live)
            }
            guard input.policy.drift == .revert else {
                return make(.unchanged, .drift, .kept("drift is only reported"), fields, of: live)
            }
            return make(.update, .drift, .ready, fields, of: live)
        }
    }

    /// Why `plumb.dev/hold-until` still holds; nil once its time has come. Whoever wrote one that cannot be read is in
    /// trouble already: it holds, and says so.
    private static func holdReason(_ until: String, now: String) -> String? {
        guard let end = TimeText.parse(until), let now = TimeText.parse(now) else {
            return "held on the object, and \(until.quoted) is no RFC 3339 time such as 2026-01-31T18:00:00Z"
        }
        return end > now ? "held on the object until \(until)" : nil
    }

    /// Replacing one of these would take everything inside or behind it along; they are updated instead.
    private static let neverReplaced: Set<String> = [
        "Namespace", "CustomResourceDefinition", "PersistentVolume", "PersistentVolumeClaim",
    ]

    private static func isReplaced(_ options: ResourceOptions, _ key: ResourceKey) -> Bool {
        options.apply == .replace && !neverReplaced.contains(key.kind)
    }
}
