import Manifests
import Model

enum StatefulSetHealth {
    static func health(_ object: Live) -> Health {
        if object.spec.at("updateStrategy", "type")?.string == "OnDelete" { return .healthy }
        guard object.observedGeneration != nil else { return Health(.progressing, "Its controller has not seen it yet.") }
        let wanted = object.replicas
        let (all, ready, updated) = (object.count("replicas"), object.count("readyReplicas"), object.count("updatedReplicas"))
        if all < wanted { return Health(.progressing, "\(all) of \(wanted) replicas exist.") }
        if ready < wanted { return Health(.progressing, "\(ready) of \(wanted) replicas are ready.") }
        if all > wanted { return Health(.progressing, "\(all - wanted) replicas have to end.") }
        if let partition = object.spec.at("updateStrategy", "rollingUpdate", "partition")?.integer, partition > 0 {
            return updated >= wanted - partition
                ? .healthy : Health(.progressing, "\(updated) of \(max(0, wanted - partition)) replicas are updated.")
        }
        if object.status["currentRevision"]?.string != object.status["updateRevision"]?.string {
            return Health(.progressing, "\(updated) of \(wanted) replicas are updated.")
        }
        return .healthy
    }
}
