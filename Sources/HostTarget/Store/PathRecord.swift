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

    /// Of the record's own file; nil where there is none.
    func facts(_ key: ResourceKey) throws -> FileFacts? {
        try state.within([Self.folder, key.kind]) { try $0.facts("\(key.name).json") } ?? nil
    }

    func loadAll() throws -> [PathRecord] { try keys().compactMap { try load($0) } }

    /// Of all records.
    func keys() throws -> [ResourceKey] {
        try [HostKind.directory, .file].flatMap { kind in
            try (state.within([Self.folder, kind.rawValue]) { try $0.list() } ?? []).compactMap { Self.key(kind, $0) }
        }
    }

    /// Of the record in a file of this name; nil for the name of no record.
    static func key(_ kind: HostKind, _ file: some StringProtocol) -> ResourceKey? {
        file.hasSuffix(".json") && !file.hasPrefix(".") ? kind.key(String(file.dropLast(5))) : nil
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
