/// What a watch has told and what this process has written, put together. Pure.
///
/// Our own writes are here before the watch tells of them, and an older event does not undo them.
struct FollowedSet<Item: FollowedItem> {
    /// What is another than it was; `new` nil where it has gone.
    struct Change {
        let old: Item?
        let new: Item?
    }

    private(set) var items: [ObjectName: Item] = [:]
    /// The newest version that the watch, not a write, has told.
    private(set) var latest: ResourceVersion?
    private(set) var isListed = false
    /// What we deleted and the watch has not told the end of: late news of it is none. By name, the uid.
    private var removed: [ObjectName: String] = [:]
    private var failures = 0

    /// The first failure is most often a connection that had its day.
    static var toleratedFailures: Int { 1 }

    /// Whether what is here is what there is, but for the way from the server.
    var isInSync: Bool { isListed && failures <= Self.toleratedFailures }
    var isInterrupted: Bool { failures > Self.toleratedFailures }

    /// Returns what differs from before.
    mutating func listed(_ list: [Item], at version: ResourceVersion) -> [Change] {
        failures = 0
        isListed = true
        // A server that was restored from a backup counts from an earlier version: nothing from before holds.
        let isRestored = latest.map { version.isOlder(than: $0) } ?? false
        if isRestored { removed = [:] }
        var changes: [Change] = []
        var next: [ObjectName: Item] = [:]
        next.reserveCapacity(list.count)
        var late: [ObjectName: String] = [:]
        for item in list {
            let old = items[item.name]
            if removed[item.name] == item.uid {
                late[item.name] = item.uid
            } else if let old, !isRestored, !item.version.isNews(after: old.version) {
                next[item.name] = old
            } else {
                next[item.name] = item
                changes.append(Change(old: old, new: item))
            }
        }
        for (name, old) in items where next[name] == nil {
            if !isRestored, version.isOlder(than: old.version) {
                next[name] = old
            } else {
                changes.append(Change(old: old, new: nil))
            }
        }
        items = next
        removed = late
        latest = version
        return changes
    }

    /// nil where that was known already, or is older than what is known.
    mutating func changed(_ item: Item) -> Change? {
        heard(item.version)
        if removed[item.name] == item.uid { return nil }
        let old = items[item.name]
        if let old, !item.version.isNews(after: old.version) { return nil }
        items[item.name] = item
        return Change(old: old, new: item)
    }

    mutating func deleted(_ item: Item) -> Change? {
        heard(item.version)
        if removed[item.name] == item.uid {
            removed[item.name] = nil
            return nil
        }
        guard let old = items[item.name], !item.version.isOlder(than: old.version) else { return nil }
        items[item.name] = nil
        return Change(old: old, new: nil)
    }

    /// The server answered a write with this.
    mutating func wrote(_ item: Item) {
        if let old = items[item.name], !item.version.isNews(after: old.version) { return }
        items[item.name] = item
    }

    /// The server answered a deletion: the object of this uid is gone.
    mutating func erased(_ name: ObjectName, uid: String) {
        guard items[name]?.uid == uid else { return }
        items[name] = nil
        removed[name] = uid
    }

    mutating func forget(_ name: ObjectName) { items[name] = nil }

    mutating func interrupted() { failures += 1 }
    mutating func resumed() { failures = 0 }

    private mutating func heard(_ version: ResourceVersion) {
        failures = 0
        if latest.map({ $0.isOlder(than: version) || UInt64(version.text) == nil }) ?? true { latest = version }
    }
}
