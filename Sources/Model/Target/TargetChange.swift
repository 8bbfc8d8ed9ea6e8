/// What a target tells by itself, while somebody listens.
package enum TargetChange: Sendable {
    /// These may be another than they were, or gone.
    case resources(Set<ResourceKey>)
    /// What happened in between is not known: everything has to be looked at again.
    case everything
    /// It does not answer for now, for this reason; the stream goes on by itself.
    case interrupted(PlumbError)
    /// It answers again. What is another than before follows.
    case resumed
}
