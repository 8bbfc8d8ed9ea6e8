import Manifests
import Model

enum JobHealth {
    static func health(_ object: Live) -> Health {
        if let failed = object.condition("Failed"), failed.status == "True" {
            return Health(.degraded, failed.why.isEmpty ? "It failed." : failed.why)
        }
        if object.isTrue("Complete") { return .healthy }
        if object.isTrue("Suspended") || object.spec["suspend"]?.bool == true { return Health(.suspended, "It is suspended.") }
        return Health(.progressing, object.count("active") > 0 ? "It is running." : "It has not started.")
    }
}
