import Logging
import Manifests
package import Model

extension KubernetesTarget {
    package func observe(_ desired: [DesiredObject], _ context: SyncContext) async throws -> [ResourceKey: ObservedResource] {
        let byKey = Dictionary(desired.map { ($0.key, $0) }) { first, _ in first }
        let live = try await live(
            Set(byKey.keys).union(context.inventory.entries.keys), versions: byKey.mapValues(\.manifest.apiVersion))
        let observed = try await Bounded.map(Array(live)) { key, object in
            try await observe(object, key, byKey[key], context)
        }
        return Dictionary(uniqueKeysWithValues: observed.map { ($0.key, $0) })
    }

    private func observe(
        _ live: Value, _ key: ResourceKey, _ desired: DesiredObject?, _ context: SyncContext
    ) async throws -> ObservedResource {
        let marks = Marks(identity: context.identity)
        var observed = ObservedResource(key: key, uid: live.uid, owner: marks.owner(of: live))
        observed.isTerminating = live.isTerminating
        observed.operation = live.annotation(Marks.operation)
        observed.holdUntil = live.annotation(Marks.holdUntil)
        observed.release = Marks.release(of: live)
        observed.asksToStay = Marks.asksToStay(live)
        observed.health = try await health(of: live, key)
        if let desired {
            let declaration = try Declaration(desired, context)
            observed.difference = try await difference(live, declaration, observed.owner, context)
            observed.unmanaged = Unmanaged(group: key.group, kind: key.kind)
                .paths(in: live, beside: declaration.compared, ignoring: declaration.ignored)
        }
        return observed
    }

    /// The oracle: what is live on the declared paths, against what the server returned for the last write of this manifest.
    private func difference(
        _ live: Value, _ declaration: Declaration, _ owner: ObservedResource.Owner, _ context: SyncContext
    ) async throws -> ObservedResource.Difference {
        let desired = declaration.desired
        guard owner == .this, let entry = context.inventory.entries[desired.key], entry.digest == desired.digest,
            let returned = entry.returned, entry.uid == nil || entry.uid == live.uid
        else { return .changed([]) }
        let secretKey = try await secretKey(for: desired.key)
        if declaration.digest(of: live, secretKey) == returned { return .same }
        let fields = try await departures(of: live, from: declaration, context, secretKey)
        // Nothing that was declared is another than it should be: what is compared has changed (the ignored paths, the
        // server's way of writing values), and one write makes the record right again.
        return fields.isEmpty ? .changed([]) : .drift(fields)
    }

    /// The fields that left the last applied state. What the server would make of the manifest tells exactly; where it
    /// cannot be asked, the manifest itself tells well enough.
    private func departures(
        of live: Value, from declaration: Declaration, _ context: SyncContext, _ secretKey: SecretKey?
    ) async throws -> [FieldChange] {
        let key = declaration.desired.key
        let comparison = Comparison(group: key.group)
        let (version, declared) = (ResourceVersion(text: live.resourceVersion), Digest(of: declaration.compared))
        if let known = cluster.view.knownDrift(of: key, at: version, declared: declared) { return known }
        let differences: [Comparison.Difference]
        var isCertain = false
        do {
            let outcome = try await dryRun(declaration.body(keeping: live), of: declaration.desired, live: live, context)
            differences = comparison.changes(from: live, to: outcome)
            isCertain = true
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.debug(
                "Drift is told without a dry run.", metadata: ["object": "\(key)", "error": "\(error)"])
            differences = comparison.departures(of: live, from: declaration.compared)
        }
        let relevant = differences.filter { difference in !declaration.ignored.contains { difference.path.isInside($0) } }
        let fields = FieldDisplay(secretKey: secretKey).changes(
            relevant, owners: ManagedFields(of: live), ours: Marks(identity: context.identity).fieldManager, isDrift: true)
        if isCertain { cluster.view.remember(drift: fields, of: key, at: version, declared: declared) }
        return fields
    }
}
