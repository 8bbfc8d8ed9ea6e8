import Model

/// What is live under the keys of Files and Directories.
struct PathObserver {
    let root: Folder
    /// nil where Plumb has never been.
    let state: Folder?
    let difference: PathDifference

    func observe(_ desired: [DesiredPath], isWrittenLast: [ResourceKey: Bool], _ context: SyncContext) throws -> [ResourceKey:
        ObservedResource]
    {
        let made = try state.map { try HostRecord.load($0).parents } ?? []
        // Records of other keys matter only to what has none of its own: it may have been another key's before.
        let isKnown = try desired.allSatisfy { try record($0.key) != nil }
        let byPath = try isKnown ? [:] : Dictionary(records().map { ($0.path, $0) }) { first, _ in first }
        var observed: [ResourceKey: ObservedResource] = [:]
        for path in desired {
            let record = try record(path.key) ?? byPath[path.path]
            let isLast = isWrittenLast[path.key] ?? false
            observed[path.key] = try observe(path, record, isMade: made.contains(path.path.description), isLast, context)
        }
        let wanted = Set(desired.map(\.key))
        for key in context.inventory.entries.keys where !wanted.contains(key) {
            guard let record = try record(key) else { continue }
            observed[key] = try observe(record, context)
        }
        return observed
    }

    private func observe(_ desired: DesiredPath, _ record: PathRecord?, isMade: Bool, _ isWrittenLast: Bool, _ context: SyncContext)
        throws
        -> ObservedResource?
    {
        if let record, record.owner != context.identity.fullName {
            return ObservedResource(key: desired.key, uid: record.uid, owner: .other(record.owner), difference: .changed([]))
        }
        if let record, let facts = try live(record.path), record.covers(facts) {
            var fields = try fields(desired, at: record.path, facts)
            if record.path != desired.path {
                fields.insert(FieldChange(path: "/spec/path", old: record.path.description, new: desired.path.description), at: 0)
            }
            let isSame = isWrittenLast && record.key == desired.key
            let difference: ObservedResource.Difference = !isSame ? .changed(fields) : fields.isEmpty ? .same : .drift(fields)
            return ObservedResource(key: desired.key, uid: record.uid, owner: .this, difference: difference)
        }
        guard let facts = try live(desired.path) else { return nil }
        let isOwn = isMade && facts.kind == .directory && desired.kind == .directory
        return ObservedResource(
            key: desired.key, uid: facts.foundUID, owner: isOwn ? .this : .nobody(by: nil),
            difference: .changed(try fields(desired, at: desired.path, facts)))
    }

    /// Something that is in the inventory alone.
    private func observe(_ record: PathRecord, _ context: SyncContext) throws -> ObservedResource? {
        guard let facts = try live(record.path), record.covers(facts) else { return nil }
        let isOwn = record.owner == context.identity.fullName
        return ObservedResource(key: record.key, uid: record.uid, owner: isOwn ? .this : .other(record.owner))
    }

    private func record(_ key: ResourceKey) throws -> PathRecord? {
        guard let state else { return nil }
        let records = PathRecords(state: state)
        return try difference.memory.map { try $0.record(key, records) } ?? records.load(key)
    }

    private func records() throws -> [PathRecord] {
        try state.map { try PathRecords(state: $0).keys().compactMap(record) } ?? []
    }

    private func live(_ path: HostPath) throws -> FileFacts? {
        try root.within(path.components.dropLast()) { try $0.facts(path.name) } ?? nil
    }

    private func fields(_ desired: DesiredPath, at path: HostPath, _ facts: FileFacts) throws -> [FieldChange] {
        try root.within(path.components.dropLast()) { folder in
            try difference.fields(desired, live: facts, name: path.name, in: folder)
        } ?? []
    }

    /// What the write would change, after the checks that the write makes.
    func rehearse(_ desired: DesiredPath) throws -> [FieldChange] {
        guard let facts = try live(desired.path) else {
            let new = desired.kind == .file ? difference.shown(desired.initialContent, isPublic: desired.isPublic) : "a directory"
            return [FieldChange(path: desired.kind == .file ? "/spec/content" : "/kind", old: nil, new: new)]
        }
        try PathWriter.check(facts, desired)
        return try fields(desired, at: desired.path, facts)
    }

    /// Health of what is in the records.
    func health(of key: ResourceKey) throws -> Health {
        guard let record = try record(key) else { return Health(.missing) }
        guard let facts = try live(record.path), record.covers(facts) else {
            return Health(.missing, "\(record.path) is not there")
        }
        let expected: FileFacts.Kind = record.kind == .file ? .file : .directory
        return facts.kind == expected ? .healthy : Health(.degraded, "\(record.path) is \(facts.kind.rawValue)")
    }
}

extension FileFacts {
    /// What stands for the uid of something that Plumb did not make.
    var foundUID: String { "found-\(device)-\(inode)" }
}
