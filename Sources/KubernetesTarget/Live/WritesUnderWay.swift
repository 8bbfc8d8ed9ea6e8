import Model

/// Writes of this process that the server has not answered. The watch often tells of a write before its answer is here: what
/// it tells meanwhile is kept until then, and is news only if it is newer than the answer. Pure.
struct WritesUnderWay<ID: Hashable & Sendable>: Sendable {
    private struct Write {
        var count = 0
        var kept: Set<ResourceKey> = []
    }

    private var writes: [ID: Write] = [:]

    mutating func begin(_ id: ID) { writes[id, default: Write()].count += 1 }

    /// Returns whether the news is kept, because a write of this is under way.
    mutating func keep(_ keys: some Sequence<ResourceKey>, of id: ID) -> Bool {
        guard writes[id] != nil else { return false }
        writes[id]?.kept.formUnion(keys)
        return true
    }

    /// Returns what is to be told now.
    ///
    /// - Parameter isLatest: What is known is what the write has left.
    mutating func end(_ id: ID, isLatest: Bool) -> Set<ResourceKey> {
        guard var write = writes.removeValue(forKey: id) else { return [] }
        if isLatest { write.kept = [] }
        write.count -= 1
        if write.count == 0 { return write.kept }
        writes[id] = write
        return []
    }
}
