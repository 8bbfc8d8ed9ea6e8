import Model

/// What goes when objects and applications leave.
struct Leaving {
    let root: Folder
    let state: Folder

    /// Forgets objects that are in the inventory no more. Those that are still there are nobody's now.
    func forget(_ keys: Set<ResourceKey>, owner: String) throws {
        let records = PathRecords(state: state)
        for key in keys where HostKind(key) == .file || HostKind(key) == .directory {
            guard let record = try records.load(key), record.owner == owner else { continue }
            try records.remove(key)
            try MadeParents(root: root, state: state).removeEmpty(above: record.path)
        }
        for key in keys where HostKind(key) == .process {
            _ = try state.within(ProcessDirectory.parent) { folder in
                let view = try folder.within(key.name) { try ProcessView.load(ProcessDirectory(folder: $0)) } ?? nil
                if let view, view.stored.owner == owner, !view.isSupervised, view.survivor == nil {
                    try folder.removeTree(key.name)
                }
            }
        }
    }

    /// Removes Plumb's own directory after the last inventory; of processes that were released and run on, only what
    /// their supervisors need stays. Whether the root was Plumb's, too.
    func leave() throws -> Bool {
        let madeRoot = try HostRecord.load(state).madeRoot
        try removeProcesses()
        for name in try state.list() where ![ProcessDirectory.parent, HostRecord.file, "lock"].contains(name) {
            if try state.facts(name)?.kind == .directory { try state.removeTree(name) } else { try state.remove(name) }
        }
        guard try state.facts(ProcessDirectory.parent) == nil else { return false }
        // Whoever is killed before this is finished by the next, which has to know what is Plumb's to remove.
        try state.remove(HostRecord.file)
        // The lock last: whoever waits for it finds it gone, and begins anew.
        try state.remove("lock")
        return try root.removeFolder(HostPath.reserved) && madeRoot
    }

    private func removeProcesses() throws {
        _ = try state.within(ProcessDirectory.parent) { folder in
            for name in try folder.list() {
                let view = try folder.within(name) { try ProcessView.load(ProcessDirectory(folder: $0)) } ?? nil
                if !(view?.isSupervised ?? false), view?.survivor == nil { try folder.removeTree(name) }
            }
        }
        _ = try state.removeFolder(ProcessDirectory.parent)
    }
}
