import Manifests
import Model

/// The conventions that all kinds share (kstatus): `observedGeneration`, and the conditions Reconciling, Stalled and Ready.
enum Generic {
    /// What settles the matter before any rule of the kind.
    static func early(_ object: Live) -> Health? {
        if let seen = object.observedGeneration, let current = object.generation, seen != current {
            return Health(.progressing, "Its controller has not seen the latest change yet.")
        }
        if let reconciling = object.condition("Reconciling"), reconciling.status == "True" {
            return Health(.progressing, reconciling.why)
        }
        if let stalled = object.condition("Stalled"), stalled.status == "True" { return Health(.degraded, stalled.why) }
        return nil
    }

    static func health(_ object: Live) -> Health {
        guard let ready = object.condition("Ready") else { return .healthy }
        return ready.status == "True" ? .healthy : Health(.progressing, ready.why.isEmpty ? "It is not ready." : ready.why)
    }
}
