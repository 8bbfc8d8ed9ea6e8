package import Model

/// What a watch tells, in order. `Item` is what the listener keeps of an object.
package enum WatchEvent<Item: Sendable>: Sendable {
    /// Everything there is at `version`. What was there before and is not in it has gone. The first event, and again
    /// whenever the server could not say what happened in between.
    case listed([Item], version: String)
    /// Added or modified.
    case changed(Item)
    /// With its last state.
    case deleted(Item)
    /// There is no news for now, for this reason; the watch goes on by itself.
    case interrupted(PlumbError)
    /// After an interruption: the server answers again, and nothing is missed.
    case resumed
}
