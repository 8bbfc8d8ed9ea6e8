package import Manifests
package import Model

/// Values as an operator would give them, each with every field set somewhere.
package enum Scripted {
    package static let time = "2026-01-31T18:00:00.000Z"
    /// Two minutes after `time`, since 1970.
    package static let now = Duration.seconds(1_769_882_520)
    package static let digest = Digest(bytes: Array("rendered".utf8))
    package static let revision = "main@sha1:" + String(repeating: "0123456789abcdef0123", count: 2)

    /// Ids grow with `number`, as UUIDv7 do with time.
    package static func operation(_ number: Int) -> String {
        let digits = String(number)
        return "01950000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    package static func healthy(_ name: String) -> ApplicationStatus {
        var status = ApplicationStatus(name: name)
        status.target = "kubernetes"
        status.place = "https://127.0.0.1:6443"
        status.namespace = name
        status.sync = .synced
        status.revisions = [revision]
        status.renderedDigest = digest
        status.health = .healthy
        status.operation = OperationRecord(
            id: operation(0), application: name, cause: .revision, phase: .succeeded, revision: revision, renderedDigest: digest,
            message: "1 created", startedAt: time, endedAt: time, deadline: time)
        status.resources = [
            ApplicationStatus.ResourceStatus(
                key: ResourceKey(group: "apps", kind: "Deployment", namespace: name, name: "web"), sync: .synced, health: .healthy)
        ]
        status.conditions = [
            ApplicationStatus.Condition(
                type: "Ready", isTrue: true, reason: "Synced", message: "as declared", observedGeneration: 3)
        ]
        status.why = "\(name) is as declared."
        return status
    }

    /// Something of everything that can be wrong.
    package static func troubled(_ name: String) -> ApplicationStatus {
        var status = healthy(name)
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: name, name: "web")
        status.sync = .outOfSync
        status.unmanaged = 2
        status.health = Health(.degraded, "Deployment web: ImagePullBackOff")
        status.resources = [
            ApplicationStatus.ResourceStatus(
                key: key, sync: .outOfSync, health: status.health, message: "waits for approval",
                unmanaged: ["/spec/template/spec/containers/1", "/spec/template/spec/volumes/0"])
        ]
        status.drift = [
            DriftRecord(
                key: key, change: FieldChange(path: "/spec/replicas", old: "3", new: "5", manager: "kubectl-edit"), since: time,
                isContested: true)
        ]
        status.hold = Hold(reason: .approval, message: "8 of 9 objects would be deleted", plan: digest, since: time)
        status.isOrphan = true
        status.why = "\(name) waits for approval since 18:00: 8 of 9 objects would be deleted."
        return status
    }

    package static func repository(_ name: String) -> RepositoryStatus {
        var status = RepositoryStatus(name: name, url: "https://git.example.com/\(name).git")
        status.revisions = ["main": revision]
        status.applications = 3
        status.checkedAt = time
        status.error = "the server refused the credentials"
        status.failingSince = time
        status.nextCheckAt = time
        return status
    }

    package static func target(_ name: String) -> TargetStatus {
        var status = TargetStatus(name: name, place: "https://127.0.0.1:6443")
        status.installation = "0e4c1f1e-0000-4000-8000-000000000000"
        status.applications = 3
        status.error = "it does not answer"
        status.failingSince = time
        return status
    }

    package static func history(_ name: String, _ number: Int) -> HistoryEntry {
        HistoryEntry(
            application: name, operation: operation(number), cause: .revision, revision: revision, renderedDigest: digest,
            commit: Revision.Commit(author: "Ada Lovelace", message: "Make the page green", time: 0), committedAt: time,
            appliedAt: time, healthyAt: time, summary: "1 updated")
    }

    package static func plan(_ name: String) -> Plan {
        let key = ResourceKey(group: "", kind: "ConfigMap", namespace: name, name: "settings")
        let held = Operation(
            .update, key, cause: .drift, state: .held("sync is by hand"),
            fields: [FieldChange(path: "/data/a", old: "1", new: "2", manager: "kubectl-edit")],
            order: Operation.Order(phase: .sync, wave: 2, tier: 0, rank: 0), unmanaged: ["/x"])
        return Plan(
            identity: ApplicationIdentity(installation: "i", name: name), revision: revision, renderedDigest: digest,
            operations: [held], forgotten: [key: "it is gone"], isTransition: false)
    }

    package static func event(_ application: String?, _ kind: Event.Kind, _ message: String = "it happened") -> Event {
        Event(time: time, application: application, kind: kind, message: message)
    }

    package static func drift(_ application: String) -> Event {
        Event(
            time: time, application: application, kind: .drift,
            key: ResourceKey(group: "apps", kind: "Deployment", namespace: application, name: "web"), path: "/spec/replicas",
            old: "3",
            new: "5", manager: "kubectl-edit", message: "left what was applied")
    }
}
