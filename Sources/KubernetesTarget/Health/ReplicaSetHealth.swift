import Manifests
import Model

enum ReplicaSetHealth {
    static func health(_ object: Live) -> Health {
        if let failure = object.condition("ReplicaFailure"), failure.status == "True" { return Health(.degraded, failure.why) }
        guard object.observedGeneration != nil else { return Health(.progressing, "Its controller has not seen it yet.") }
        let wanted = object.replicas
        let (all, available, ready) = (object.count("replicas"), object.count("availableReplicas"), object.count("readyReplicas"))
        if object.count("fullyLabeledReplicas") < wanted { return Health(.progressing, "\(all) of \(wanted) replicas exist.") }
        if available < wanted { return Health(.progressing, "\(available) of \(wanted) replicas are available.") }
        if ready < wanted { return Health(.progressing, "\(ready) of \(wanted) replicas are ready.") }
        if all > wanted { return Health(.progressing, "\(all - wanted) replicas have to end.") }
        return .healthy
    }
}
