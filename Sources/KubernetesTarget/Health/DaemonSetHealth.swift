import Manifests
import Model

enum DaemonSetHealth {
    static func health(_ object: Live) -> Health {
        guard object.observedGeneration != nil else { return Health(.progressing, "Its controller has not seen it yet.") }
        let wanted = object.count("desiredNumberScheduled")
        let current = object.count("currentNumberScheduled")
        if current < wanted { return Health(.progressing, "\(current) of \(wanted) nodes have a Pod.") }
        // With OnDelete, old Pods stay until somebody deletes them; that is what was asked for.
        let updated = object.count("updatedNumberScheduled")
        if object.spec.at("updateStrategy", "type")?.string != "OnDelete", updated < wanted {
            return Health(.progressing, "\(updated) of \(wanted) Pods are updated.")
        }
        let available = object.count("numberAvailable")
        if available < wanted { return Health(.progressing, "\(available) of \(wanted) Pods are available.") }
        let ready = object.count("numberReady")
        if ready < wanted { return Health(.progressing, "\(ready) of \(wanted) Pods are ready.") }
        return .healthy
    }
}
