import Manifests
import Model

/// Health of a live object after kstatus, with two overrides: a failed Pod is Degraded, and a Job is Healthy only when it is
/// complete.
enum HealthRules {
    static func health(of live: Value, _ key: ResourceKey) -> Health {
        let object = Live(live)
        if live.isTerminating { return Health(.progressing, "It is being deleted: \(Lingering.reason(live)).") }
        if let early = Generic.early(object) { return early }
        return rule(key)(object)
    }

    private static func rule(_ key: ResourceKey) -> (Live) -> Health {
        switch (key.group, key.kind) {
        case ("", "Pod"): PodHealth.health
        case ("", "Service"): ServiceHealth.health
        case ("", "PersistentVolumeClaim"): VolumeClaimHealth.health
        case ("", "Namespace"): NamespaceHealth.health
        case ("apps", "Deployment"), ("extensions", "Deployment"): DeploymentHealth.health
        case ("apps", "StatefulSet"): StatefulSetHealth.health
        case ("apps", "DaemonSet"), ("extensions", "DaemonSet"): DaemonSetHealth.health
        case ("apps", "ReplicaSet"), ("extensions", "ReplicaSet"): ReplicaSetHealth.health
        case ("batch", "Job"): JobHealth.health
        case ("networking.k8s.io", "Ingress"), ("extensions", "Ingress"): IngressHealth.health
        case ("autoscaling", "HorizontalPodAutoscaler"): AutoscalerHealth.health
        case ("apiregistration.k8s.io", "APIService"): APIServiceHealth.health
        case ("apiextensions.k8s.io", "CustomResourceDefinition"): DefinitionHealth.health
        default: Generic.health
        }
    }
}

/// A live object with what health rules ask of it.
struct Live {
    let value: Value
    init(_ value: Value) { self.value = value }

    var spec: Value { value["spec"] ?? .object(Object()) }
    var status: Value { value["status"] ?? .object(Object()) }
    var generation: Int64? { value.at("metadata", "generation")?.integer }
    var observedGeneration: Int64? { status["observedGeneration"]?.integer }
    var replicas: Int64 { spec["replicas"]?.integer ?? 1 }
    func count(_ field: String) -> Int64 { status[field]?.integer ?? 0 }

    struct Condition {
        let status: String
        let reason: String
        let message: String

        /// Reason and message as one text.
        var why: String { [reason, message].filter { !$0.isEmpty }.joined(separator: ": ") }
    }

    func condition(_ type: String) -> Condition? {
        guard let condition = (status["conditions"]?.array ?? []).first(where: { $0["type"]?.string == type }) else { return nil }
        return Condition(
            status: condition["status"]?.string ?? "", reason: condition["reason"]?.string ?? "",
            message: condition["message"]?.string ?? "")
    }

    func isTrue(_ type: String) -> Bool { condition(type)?.status == "True" }
}
