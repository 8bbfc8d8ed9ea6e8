import Manifests
import Model

enum VolumeClaimHealth {
    static func health(_ object: Live) -> Health {
        switch object.status["phase"]?.string {
        case "Bound": .healthy
        case "Lost": Health(.degraded, "Its volume is lost.")
        case let phase: Health(.progressing, "It is \(phase ?? "not bound").")
        }
    }
}
