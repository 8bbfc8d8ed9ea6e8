package import Manifests
package import Model

/// What a watch tells, in order.
package enum WatchEvent: Sendable {
    /// Everything there is now. What was there before and is not in it has gone. The first event, and again whenever the
    /// server could not say what happened in between.
    case listed([Value])
    /// Added or modified.
    case changed(Value)
    /// With its last state.
    case deleted(Value)
    /// There is no news for now, for this reason; the watch goes on by itself.
    case interrupted(PlumbError)
}
