import Manifests
import Model

enum PodHealth {
    /// Reasons of a waiting container that no amount of waiting mends.
    private static let hopeless: Set<String> = [
        "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull",
        "CreateContainerConfigError",
        "CreateContainerError", "RunContainerError",
    ]

    static func health(_ object: Live) -> Health {
        switch object.status["phase"]?.string {
        case "Succeeded": return .healthy
        case "Failed": return Health(.degraded, reason(object) ?? "It failed.")
        case "Running":
            if object.isTrue("Ready") { return .healthy }
            if let waiting = waiting(object), waiting.reason == "CrashLoopBackOff" { return Health(.degraded, waiting.text) }
            return Health(.progressing, reason(object) ?? "It is not ready.")
        case "Unknown": return Health(.unknown, reason(object) ?? "Its node does not answer.")
        default: return Health(.progressing, reason(object) ?? "It is not running yet.")
        }
    }

    /// What holds a Pod up, as `ImagePullBackOff: Back-off pulling image …`; nil where it says nothing.
    static func reason(_ object: Live) -> String? {
        if let waiting = waiting(object) { return waiting.text }
        if let ended = states(object, "terminated").first(where: { ($0["exitCode"]?.integer ?? 0) != 0 }) { return text(ended) }
        if let scheduled = object.condition("PodScheduled"), scheduled.status == "False" { return scheduled.why }
        let own = text(object.status)
        if !own.isEmpty { return own }
        guard let ready = object.condition("Ready"), ready.status == "False" else { return nil }
        return ready.why
    }

    /// How bad a Pod's state is, to find the worst of several.
    static func badness(_ object: Live) -> Int {
        if let waiting = waiting(object) { return hopeless.contains(waiting.reason) ? 4 : 1 }
        if object.status["phase"]?.string == "Failed" { return 3 }
        if object.condition("PodScheduled")?.status == "False" { return 2 }
        return object.isTrue("Ready") || object.status["phase"]?.string == "Succeeded" ? 0 : 1
    }

    /// Whether any of its containers runs, or ran before.
    static func hasStarted(_ object: Live) -> Bool {
        let containers = ["initContainerStatuses", "containerStatuses"].flatMap { object.status[$0]?.array ?? [] }
        return containers.contains { container in
            if let restarts = container["restartCount"]?.integer, restarts > 0 { return true }
            if let last = container["lastState"]?.object, !last.isEmpty { return true }
            return container.at("state", "waiting") == nil
        }
    }

    private static func waiting(_ object: Live) -> (reason: String, text: String)? {
        let waiting = states(object, "waiting")
        let worst =
            waiting.first { hopeless.contains($0["reason"]?.string ?? "") } ?? waiting.first { text($0) != "" && !isUsual($0) }
        return worst.map { ($0["reason"]?.string ?? "", text($0)) }
    }

    private static func isUsual(_ state: Value) -> Bool {
        ["ContainerCreating", "PodInitializing"].contains(state["reason"]?.string ?? "")
    }

    private static func states(_ object: Live, _ name: String) -> [Value] {
        ["initContainerStatuses", "containerStatuses"].flatMap { object.status[$0]?.array ?? [] }.compactMap {
            $0.at("state", name)
        }
    }

    private static func text(_ state: Value) -> String {
        let parts = [state["reason"]?.string, state["message"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.joined(separator: ": ")
    }
}
