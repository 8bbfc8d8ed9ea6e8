import Manifests
import Model

enum DeploymentHealth {
    static func health(_ object: Live) -> Health {
        if let progressing = object.condition("Progressing"), progressing.reason == "ProgressDeadlineExceeded" {
            return Health(.degraded, progressing.why)
        }
        if object.spec["paused"]?.bool == true { return Health(.suspended, "It is paused.") }
        guard object.observedGeneration != nil else { return Health(.progressing, "Its controller has not seen it yet.") }
        let wanted = object.replicas
        let (all, updated) = (object.count("replicas"), object.count("updatedReplicas"))
        let (available, ready) = (object.count("availableReplicas"), object.count("readyReplicas"))
        if updated < wanted { return Health(.progressing, "\(updated) of \(wanted) replicas are updated.") }
        if all > updated { return Health(.progressing, "\(all - updated) old replicas have to end.") }
        if available < updated || available < wanted {
            return Health(.progressing, "\(available) of \(wanted) replicas are available.")
        }
        if ready < wanted { return Health(.progressing, "\(ready) of \(wanted) replicas are ready.") }
        if wanted > 0, let condition = object.condition("Available"), condition.status != "True" {
            return Health(.progressing, condition.why)
        }
        return .healthy
    }
}
