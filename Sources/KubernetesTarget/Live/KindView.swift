import KubernetesClient

/// What is known of one kind in the whole cluster: the objects that carry an application's label, and of all others that
/// they exist. Pure.
///
/// Two watches feed it, and one may be ahead of the other. Which of them knows better follows from the versions.
struct KindView {
    /// How to find out about one object.
    enum Look {
        case absent
        case here(StoredObject)
        /// It exists, and what it looks like has to be asked.
        case unknown
    }

    private(set) var marked = FollowedSet<StoredObject>()
    private(set) var existing = FollowedSet<Existence>()
    /// Objects without the label that somebody had to look at; each holds as long as its version is the one that exists.
    private var fetched: [ObjectName: StoredObject] = [:]
    /// What somebody wanted to know: only of these is it told when an object without a label changes.
    private(set) var asked: Set<ObjectName> = []

    private static let fetchedLimit = 500
    private static let askedLimit = 100_000

    var isListed: Bool { marked.isListed && existing.isListed }
    var isInSync: Bool { marked.isInSync && existing.isInSync }

    /// Returns false where there were too many: then what was asked before is forgotten.
    mutating func ask(_ names: some Sequence<ObjectName>) -> Bool {
        let isFull = asked.count > Self.askedLimit
        if isFull { asked = [] }
        asked.formUnion(names)
        return !isFull
    }

    func look(at name: ObjectName) -> Look {
        switch (existing.items[name], marked.items[name]) {
        case (nil, nil):
            return .absent
        case (nil, let object?):
            // Newer than all that the other watch has told: it has not come to it. Older: it was told that it has gone.
            return existing.latest.map { object.version.isNews(after: $0) } ?? true ? .here(object) : .absent
        case (let existence?, let object?) where object.uid == existence.uid:
            if !object.version.isOlder(than: existence.version) { return .here(object) }
            // The whole of it is on its way, and will be told.
            return existence.isMarked ? .here(object) : known(existence)
        case (let existence?, let object?) where object.version.isNews(after: existence.version):
            return .here(object)
        case (let existence?, _):
            return known(existence)
        }
    }

    private func known(_ existence: Existence) -> Look {
        guard let object = fetched[existence.name], object.uid == existence.uid, object.version == existence.version else {
            return .unknown
        }
        return .here(object)
    }

    // MARK: What the watches tell; each returns the names of what is worth looking at again

    /// That it has gone, or has lost its label, the other watch tells: it knows which.
    mutating func tell(marked event: WatchEvent<StoredObject>) -> [ObjectName] {
        switch event {
        case .listed(let list, let version):
            let isFirst = !marked.isListed
            let changes = marked.listed(list, at: ResourceVersion(text: version))
            return isFirst ? [] : changes.compactMap { $0.new?.name }
        case .changed(let object): return marked.changed(object).map { _ in [object.name] } ?? []
        case .deleted(let object):
            _ = marked.deleted(object)
            return []
        case .interrupted: marked.interrupted()
        case .resumed: marked.resumed()
        }
        return []
    }

    mutating func tell(existing event: WatchEvent<Existence>) -> [ObjectName] {
        switch event {
        case .listed(let list, let version):
            let isFirst = !existing.isListed
            let changes = existing.listed(list, at: ResourceVersion(text: version))
            return isFirst ? [] : changes.flatMap { relevant($0) }
        case .changed(let item): return told(existing.changed(item))
        case .deleted(let item): return told(existing.deleted(item))
        case .interrupted: existing.interrupted()
        case .resumed: existing.resumed()
        }
        return []
    }

    private mutating func told(_ change: FollowedSet<Existence>.Change?) -> [ObjectName] {
        change.map { relevant($0) } ?? []
    }

    /// Who asked for all is told of each.
    private mutating func relevant(_ change: FollowedSet<Existence>.Change) -> [ObjectName] {
        guard let name = (change.new ?? change.old)?.name else { return [] }
        fetched[name] = nil
        let lists = name.lists(among: asked)
        // What carries the label is told with its content.
        if let new = change.new, new.isMarked, change.old.map({ $0.uid == new.uid }) ?? true { return lists }
        return (change.old?.isMarked == true || asked.contains(name) ? [name] : []) + lists
    }

    // MARK: What this process did and saw

    /// Returns whether this is the newest that is known.
    mutating func wrote(_ object: StoredObject, _ existence: Existence) -> Bool {
        if existence.isMarked { marked.wrote(object) }
        existing.wrote(existence)
        return existing.items[object.name]?.version == object.version
            && (!existence.isMarked || marked.items[object.name]?.version == object.version)
    }

    /// An object was written in another version: its content in this one is not known.
    mutating func wrote(_ existence: Existence) { existing.wrote(existence) }

    /// Returns whether nothing of this name is known now.
    mutating func erased(_ name: ObjectName, uid: String) -> Bool {
        marked.erased(name, uid: uid)
        existing.erased(name, uid: uid)
        return existing.items[name] == nil
    }

    /// Somebody had to ask for it.
    mutating func saw(_ object: StoredObject, _ existence: Existence) {
        if existence.isMarked { return marked.wrote(object) }
        if fetched.count >= Self.fetchedLimit { fetched = [:] }
        fetched[object.name] = object
    }
}
