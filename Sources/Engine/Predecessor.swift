import Helm
import Manifests
import Model
import Planning
import Rendering

/// What Helm has of the chart that an application renders, before the application's first sync came to its end.
struct Predecessor {
    /// nil where there is nothing to take over.
    var release: EarlierRelease?
    private var stored: StoredRelease?
    /// Names of values.
    private var differences: [String] = []
    /// Objects of its manifest whose kinds are not served.
    private var unserved = 0
    private var doubt: String?
    /// Of a release that has the application's name and another chart.
    private var otherChart: String?

    static let none = Predecessor()

    static func unknown(_ name: String, _ error: PlumbError) -> Predecessor {
        var predecessor = Predecessor()
        predecessor.doubt = "Whether Helm has a release \(name) is not known, because that may not be looked at: \(error.message)"
        return predecessor
    }

    private init() {}

    init(_ stored: StoredRelease) { self.stored = stored }

    mutating func isOf(otherChart: String) { self.otherChart = otherChart }

    mutating func found(_ release: EarlierRelease, differences: [String], unserved: Int) {
        (self.release, self.differences, self.unserved) = (release, differences, unserved)
    }

    // MARK: What a person should know

    /// In whole sentences; none where the plan has nothing to do with a release.
    func notes(on plan: Plan, _ observed: [ResourceKey: ObservedResource]) -> [String] {
        if let doubt { return plan.isTransition ? [doubt] : [] }
        guard let stored else { return [] }
        if let otherChart {
            return [
                "Helm's release \(stored.name.name) in \(stored.name.namespace) is of another chart, \(otherChart): what it has of the source's objects is adopted like any other object, and the rest is left alone."
            ]
        }
        var notes = [state].compactMap(\.self)
        guard let release else { return notes }
        notes.insert(summary(release, plan), at: 0)
        let strangers = strangers(release, plan, observed)
        if !strangers.isEmpty {
            notes.append("\(strangers.joined(separator: ", ")) of its manifest: without the release's marks, and left alone.")
        }
        if unserved > 0 {
            notes.append("\(unserved) objects of its manifest are of kinds that are not served here, and are not looked for.")
        }
        if !differences.isEmpty {
            let more = differences.count > 10 ? " and \(differences.count - 10) more" : ""
            notes.append(
                "Values that the release and the application do not have alike: \(differences.prefix(10).joined(separator: ", "))\(more). See: helm get values \(release.name.name) -n \(release.name.namespace)"
            )
        }
        notes.append("Helm does not learn of it: afterwards, \(Self.advice(stored))")
        return notes
    }

    static func advice(_ stored: StoredRelease) -> String {
        let name = stored.name
        return
            "helm upgrade and helm uninstall of \(name.name) would undo or delete what Plumb keeps. To have Helm forget it: kubectl delete \(stored.storage) -n \(name.namespace) -l owner=helm,name=\(name.name)"
    }

    private func summary(_ release: EarlierRelease, _ plan: Plan) -> String {
        let adopted = plan.operations.count { $0.action == .adopt && $0.cause == .release }
        let left = plan.operations.count { $0.action == .delete && $0.cause == .release }
        let hooks = release.hooks.isEmpty ? "" : "; what its hooks left behind stays until a hook of that name runs"
        return
            "Helm has installed the release \(release.name.name) in \(release.name.namespace), revision \(release.revision): \(adopted) of its objects \(adopted == 1 ? "is" : "are") in the source, and \(left) \(left == 1 ? "is" : "are") not\(hooks)."
    }

    /// Of a release whose newest revision is not what is deployed.
    private var state: String? {
        guard let stored, let last = stored.revisions.last, last.status != "deployed" else { return nil }
        guard stored.deployedRevision != nil else {
            guard last.status != "uninstalled", last.status != "superseded" else { return nil }
            return
                "Helm's release \(stored.name.name) in \(stored.name.namespace) was never deployed: its revision \(last.number) is \(last.status). What it has left is taken over like any other object."
        }
        return
            "Its newest revision, \(last.number), is \(last.status): what that has changed shows as differences, and what it alone has made is not known."
    }

    private func strangers(_ release: EarlierRelease, _ plan: Plan, _ observed: [ResourceKey: ObservedResource]) -> [String] {
        let planned = Set(plan.operations.map(\.key))
        return release.objects.subtracting(planned).filter { key in
            guard case .nobody? = observed[key]?.owner else { return false }
            return true
        }.sorted().prefix(5).map(\.description)
    }
}

extension Predecessor {
    /// The deployed revision of a release of Helm's; nil where there is none of that chart, or where that may not be looked at.
    ///
    /// Throws as `SyncEngine.predecessor` does.
    static func revision(of wanted: WantedRevision, on target: any Target) async throws -> Int? {
        guard target.mayHaveReleases else { return nil }
        let name = wanted.release
        do {
            guard let stored = try await target.storedRelease(name.name, in: name.namespace), let bytes = stored.deployed,
                let revision = stored.deployedRevision
            else { return nil }
            return try record(bytes, name, revision).chart == wanted.chart ? revision.number : nil
        } catch let error as PlumbError where error.code == .denied {
            return nil
        }
    }

    fileprivate static func record(
        _ bytes: [UInt8], _ name: HelmReleaseName, _ revision: StoredRelease.Revision
    ) throws -> ReleaseRecord {
        try ReleaseRecord(bytes, place: "the release \(name.name) in \(name.namespace), revision \(revision.number)")
    }
}

extension SyncEngine {
    /// What Helm has of the application's release, as long as its first sync has not come to its end.
    ///
    /// Throws `invalid` and `limit` where the release's record cannot be read.
    func predecessor(of request: SyncRequest, _ inventory: Inventory) async throws -> Predecessor {
        guard request.scope == .all, request.prepared == nil, inventory.synced == nil else { return .none }
        guard let name = try await releaseName(of: request) else { return .none }
        let namespace = request.application.target.namespace
        let stored: StoredRelease?
        do {
            stored = try await target.storedRelease(name, in: namespace)
        } catch let error as PlumbError where error.code == .denied {
            return .unknown(name, error)
        }
        guard let stored else { return .none }
        var predecessor = Predecessor(stored)
        guard let bytes = stored.deployed, let revision = stored.deployedRevision else { return predecessor }
        let record = try Predecessor.record(bytes, stored.name, revision)
        guard try await ReleaseValues.chart(of: request.application.source, in: request.tree) == record.chart else {
            predecessor.isOf(otherChart: record.chart)
            return predecessor
        }
        let objects = try await target.keys(of: record.manifests, in: stored.name.namespace)
        let hooks = try await target.keys(of: record.hooks, in: stored.name.namespace)
        var release = EarlierRelease(name: stored.name, revision: revision.number)
        release.objects = Set(objects.compactMap(\.self))
        release.hooks = Set(hooks.compactMap(\.self))
        release.kept = Self.keys(record.manifests, objects) { manifest in
            ((try? ResourceOptionsReader.options(of: manifest))?.prune ?? true) == false
        }
        let rendered = Set(request.manifests.map(\.value))
        release.hooksThatRan = Self.keys(record.hooks, hooks) { rendered.contains($0.value) }
        predecessor.found(
            release,
            differences: try await ReleaseValues.differences(
                record.values, over: record.chartValues, from: request.application.source, in: request.tree),
            unserved: objects.count { $0 == nil })
        return predecessor
    }

    /// For as long as Helm has the release of an application that was synced.
    func reminder(_ request: SyncRequest) async throws -> [String] {
        guard let name = try await releaseName(of: request) else { return [] }
        do {
            guard let stored = try await target.storedRelease(name, in: request.application.target.namespace),
                let deployed = stored.deployedRevision
            else { return [] }
            return [
                "Helm still has the release \(name) in \(stored.name.namespace), revision \(deployed.number): \(Predecessor.advice(stored))"
            ]
        } catch let error as PlumbError where error.code == .denied {
            return []
        }
    }

    /// nil for an application that renders no chart.
    private func releaseName(of request: SyncRequest) async throws -> String? {
        guard target.mayHaveReleases,
            let settings = try await ChartBuild.settings(of: request.application.source, in: request.tree)
        else { return nil }
        return settings.releaseName ?? request.application.name
    }

    private static func keys(
        _ manifests: [Manifest], _ keys: [ResourceKey?], where isMeant: (Manifest) -> Bool
    ) -> Set<ResourceKey> {
        Set(zip(manifests, keys).compactMap { isMeant($0) ? $1 : nil })
    }
}
