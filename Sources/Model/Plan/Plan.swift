package import Manifests

/// Ordered operations that bring a target to a revision; pure data, made by `Planner`.
package struct Plan: Sendable, Hashable {
    package var identity: ApplicationIdentity
    package var revision: String
    /// Of everything desired, hooks included; what hooks and history are keyed by.
    package var renderedDigest: Digest
    /// In the order in which they run.
    package var operations: [Operation]
    /// Entries of the inventory that name nothing of this application any more, with the reason.
    package var forgotten: [ResourceKey: String]
    /// Whether this brings the application to another rendered digest than the last sync did.
    package var isTransition: Bool
    /// What its inventory has taken in from an earlier release and must not keep, because that waits for approval.
    package var untaken: Set<ResourceKey> = []
    /// What runs when the whole application is deleted.
    package var deletionHooks: [DesiredObject] = []
    /// What else a person should know; no part of the digest.
    package var notes: [String] = []

    package init(
        identity: ApplicationIdentity, revision: String, renderedDigest: Digest, operations: [Operation],
        forgotten: [ResourceKey: String], isTransition: Bool
    ) {
        self.identity = identity
        self.revision = revision
        self.renderedDigest = renderedDigest
        self.operations = operations
        self.forgotten = forgotten
        self.isTransition = isTransition
    }

    package var due: [Operation] { operations.filter(\.isDue) }
    package var held: [Operation] { operations.filter(\.isHeld) }
    package var blocked: [Operation] { operations.filter(\.isBlocked) }
    package var unmanaged: Int { operations.reduce(0) { $0 + $1.unmanaged.count } }
    package var hasChanges: Bool { operations.contains { $0.action != .unchanged && !$0.isKept } }

    /// What an approval names. It covers the operations that wait for it, or, where none does, everything that would
    /// be done; so it stays the same while the rest of the plan is applied.
    package var digest: Digest {
        let covered = held.isEmpty ? operations.filter { $0.action != .unchanged && !$0.isKept } : held
        let records = covered.map { operation in
            // What is deleted or taken over is named by the live object, everything else also by what is written.
            let isNamedByObject = operation.action == .delete || operation.action == .adopt
            let content = isNamedByObject ? nil : operation.desired.map { $0.provisionalDigest ?? $0.digest }
            return [operation.action.rawValue] + operation.key.parts + [operation.uid ?? "", content?.hex ?? ""]
        }
        // What a digest cannot name without giving it away is named by where it comes from.
        let isProvisional = covered.contains { $0.desired?.provisionalDigest != nil && $0.action != .adopt }
        return Digest(records: records + [[identity.namespace, identity.name] + (isProvisional ? [revision] : [])])
    }
}

extension Operation {
    package var isKept: Bool { if case .kept = state { true } else { false } }
}
