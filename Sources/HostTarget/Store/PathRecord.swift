import Model

/// What Plumb put under a path: which application's it is, and the very entry of the file system it was.
struct PathRecord: Codable, Sendable {
    enum State: String, Codable { case intended, applied }

    var kind: HostKind
    var name: String
    /// Full name of the application.
    var owner: String
    var uid: String
    var path: HostPath
    var state: State
    /// Of what was, or is about to be, put there.
    var identity: FileIdentity?
    /// Where the object was before its path changed, until that is removed.
    var obsolete: HostPath?

    var key: ResourceKey { kind.key(name) }

    /// Whether what is there now is this object. An editor that saves makes a new entry of the file system: applied,
    /// it is still the object; merely intended, it is somebody else's that came first.
    func covers(_ facts: FileFacts) -> Bool { state == .applied || facts.identity == identity }
}

/// The records, one file each, under `.plumb/objects/<Kind>/<name>.json`.
struct PathRecords {
    let state: Folder

    static let folder = "objects"

    func load(_ key: ResourceKey) throws -> PathRecord? {
        try state.within([Self.folder, key.kind]) { try $0.load("\(key.name).json", as: PathRecord.self) } ?? nil
    }

    func loadAll() throws -> [PathRecord] {
        var records: [PathRecord] = []
        for kind in [HostKind.directory, .file] {
            _ = try state.within([Self.folder, kind.rawValue]) { folder in
                for name in try folder.list() where name.hasSuffix(".json") && !name.hasPrefix(".") {
                    if let record = try folder.load(name, as: PathRecord.self) { records.append(record) }
                }
            }
        }
        return records
    }

    func save(_ record: PathRecord) throws {
        try state.makeFolder(Self.folder, mode: 0o700)
        _ = try state.within(Self.folder) { folder in
            try folder.makeFolder(record.kind.rawValue, mode: 0o700)
            _ = try folder.within(record.kind.rawValue) { try $0.store("\(record.name).json", json: record) }
        }
    }

    func remove(_ key: ResourceKey) throws {
        _ = try state.within([Self.folder, key.kind]) { folder in
            try folder.remove("\(key.name).json")
            try folder.synchronize()
        }
    }
}
