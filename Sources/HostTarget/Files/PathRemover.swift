import Model

/// Takes away what Plumb put there, and the directories it made on the way to it once they are empty.
struct PathRemover {
    let root: Folder
    let state: Folder

    func delete(_ key: ResourceKey, uid: String, owner: String) throws -> Deletion {
        let records = PathRecords(state: state)
        guard let record = try records.load(key) else { return .gone }
        guard record.owner == owner else { return .notOurs("it belongs to the application \(record.owner)") }
        guard record.uid == uid else { return .notOurs("another object has its name now") }
        let facts =
            try root.within(record.path.components.dropLast()) { folder in
                try folder.remove(PathWriter.temporaryName(key), orFolder: true)
                return try folder.facts(record.path.name)
            } ?? nil
        if let facts {
            let expected: FileFacts.Kind = record.kind == .file ? .file : .directory
            if facts.kind != expected || !record.covers(facts) {
                try records.remove(key)
                return .notOurs("\(record.path) is \(facts.kind == expected ? "somebody else's" : facts.kind.rawValue) now")
            }
        }
        if let obsolete = record.obsolete, let left = try remove(obsolete, record.kind) { return .stuck(left) }
        if let left = try remove(record.path, record.kind) { return .stuck(left) }
        try records.remove(key)
        return .gone
    }

    /// nil when it is gone; else why it stays. Something of another kind is left alone and counts as gone.
    func remove(_ path: HostPath, _ kind: HostKind) throws -> String? {
        let left =
            try root.within(path.components.dropLast()) { folder -> String? in
                guard let facts = try folder.facts(path.name) else { return nil }
                if kind == .file, facts.kind == .file {
                    try folder.remove(path.name)
                } else if kind == .directory, facts.kind == .directory, try !folder.removeFolder(path.name) {
                    let entries = try folder.within(path.name) { try $0.list() } ?? []
                    let shown = entries.prefix(3).map(\.quoted).joined(separator: ", ") + (entries.count > 3 ? ", …" : "")
                    return "the directory \(path) has entries that Plumb did not put there: \(shown)"
                }
                try folder.synchronize()
                return nil
            } ?? nil
        if left == nil { try MadeParents(root: root, state: state).removeEmpty(above: path) }
        return left
    }
}

/// Directories that Plumb made only because something below them needed them.
struct MadeParents {
    let root: Folder
    let state: Folder

    /// The list comes first: a directory that is made and not listed would stay for ever.
    func make(above path: HostPath) throws {
        var record = try HostRecord.load(state)
        for ancestor in path.ancestors {
            _ = try root.within(ancestor.components.dropLast()) { folder in
                if let facts = try folder.facts(ancestor.name) {
                    guard facts.kind != .directory else { return }
                    throw PlumbError(
                        .conflict, "\(ancestor) is \(facts.kind.rawValue), and a directory is needed there for \(path).",
                        remedy: facts.kind == .symlink
                            ? "Plumb follows no symlinks on a host; name the real path." : "Move it away.")
                }
                if record.parents.insert(ancestor.description).inserted { try state.store(HostRecord.file, json: record) }
                if try folder.makeFolder(ancestor.name, mode: 0o755) { try folder.synchronize() }
            }
        }
    }

    /// A Directory object has this path now.
    func forget(_ path: HostPath) throws {
        var record = try HostRecord.load(state)
        if record.parents.remove(path.description) != nil { try state.store(HostRecord.file, json: record) }
    }

    func removeEmpty(above path: HostPath) throws {
        var record = try HostRecord.load(state)
        for ancestor in path.ancestors.reversed() {
            guard record.parents.contains(ancestor.description) else { return }
            let isGone = try root.within(ancestor.components.dropLast()) { try $0.removeFolder(ancestor.name) } ?? true
            guard isGone else { return }
            record.parents.remove(ancestor.description)
            try state.store(HostRecord.file, json: record)
        }
    }
}

extension Folder {
    /// Removes a passing name, whichever kind it was meant for.
    func remove(_ name: String, orFolder: Bool) throws {
        guard let facts = try facts(name) else { return }
        if facts.kind == .directory { _ = try removeFolder(name) } else { try remove(name) }
    }
}
