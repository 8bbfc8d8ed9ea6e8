import Glibc
import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Puts Files and Directories in their places, under the lock of the store. Killed between any two steps, the same call
/// again ends in the same state: the record names the entry of the file system before that gets its name.
struct PathWriter {
    let root: Folder
    let state: Folder
    let difference: PathDifference
    let owner: String

    private var records: PathRecords { PathRecords(state: state) }

    func write(_ desired: DesiredPath, _ write: Write) throws -> WriteResult {
        let known = try record(for: desired, write)
        try MadeParents(root: root, state: state).make(above: desired.path)
        return try root.within(desired.path.components.dropLast()) { folder in
            let facts = try folder.facts(desired.path.name)
            let isOurs = known.map { $0.path == desired.path && (facts.map($0.covers) ?? false) } ?? false
            try check(facts, desired, write, known, isOurs: isOurs)
            var record = PathRecord(
                kind: desired.kind, name: desired.key.name, owner: owner,
                uid: write.mode == .replace ? UUID().uuidString.lowercased() : known?.uid ?? UUID().uuidString.lowercased(),
                path: desired.path, state: isOurs ? .applied : .intended, identity: facts?.identity, obsolete: known?.obsolete)
            if let known, known.path != desired.path { record.obsolete = known.path }
            let written = try put(desired, facts, &record, in: folder)
            record.state = .applied
            record.identity = written.identity
            try records.save(record)
            try finish(&record, replacing: known)
            return WriteResult(uid: record.uid, returned: difference.returned(desired, written))
        } ?? { throw PlumbError(.conflict, "The directory of \(desired.path) was removed meanwhile.", remedy: "Try again.") }()
    }

    /// The record of this key, or of another key of this application that had the path before.
    ///
    /// Another application's is taken over only where the plan says so of this very entry.
    private func record(for desired: DesiredPath, _ write: Write) throws -> PathRecord? {
        var record = try records.load(desired.key)
        // A new path is free, or the write fails on what is there; so only the others have to look at every record.
        if record == nil, write.mode != .create { record = try records.loadAll().first { $0.path == desired.path } }
        if let record, record.owner != owner, write.mode != .adopt || write.uid != record.uid {
            throw PlumbError(.conflict, "\(desired.path) belongs to the application \(record.owner).")
        }
        return record
    }

    private func check(_ facts: FileFacts?, _ desired: DesiredPath, _ write: Write, _ known: PathRecord?, isOurs: Bool) throws {
        guard let facts else { return }
        try Self.check(facts, desired)
        if isOurs { return }
        if write.mode == .create {
            throw PlumbError(
                .conflict, "\(desired.path) is there already, and is not Plumb's.", remedy: "Plan again: it may be adopted.")
        }
        let isMoving = known.map { $0.path != desired.path } ?? false
        if isMoving || (write.uid != nil && write.uid != known?.uid && write.uid != facts.foundUID) {
            throw PlumbError(.conflict, "\(desired.path) is not what the plan saw: something else is there.", remedy: "Plan again.")
        }
    }

    /// Throws `conflict` where no write can make the live entry the desired one.
    static func check(_ facts: FileFacts, _ desired: DesiredPath) throws {
        let isReplaceable = desired.kind == .file ? facts.kind != .directory : facts.kind == .directory
        guard !isReplaceable else { return }
        throw PlumbError(
            .conflict, "\(desired.path) is \(facts.kind.rawValue), and \(desired.key) makes it \(desired.expected.rawValue).",
            remedy: "Move it away, or choose another path.")
    }

    private func put(_ desired: DesiredPath, _ facts: FileFacts?, _ record: inout PathRecord, in folder: Folder) throws -> FileFacts
    {
        let name = desired.path.name
        if let facts, facts.kind == desired.expected {
            let fields = try difference.fields(desired, live: facts, name: name, in: folder)
            if !fields.contains(where: { $0.path == "/spec/content" }) {
                return fields.isEmpty ? facts : try adjust(desired, facts, in: folder)
            }
        }
        let temporary = Self.temporaryName(desired.key)
        let live = facts?.kind == desired.expected ? facts : nil
        let written =
            desired.kind == .file
            ? try folder.writeTemporary(temporary, desired.content ?? desired.initialContent, desired.attributes(live))
            : try makeTemporary(temporary, desired, in: folder)
        record.identity = written.identity
        try records.save(record)
        try folder.rename(temporary, to: name, replacing: facts != nil)
        try folder.synchronize()
        return written
    }

    /// Changes mode and owner of what is there: the content stays the same entry for whoever has it open.
    private func adjust(_ desired: DesiredPath, _ facts: FileFacts, in folder: Folder) throws -> FileFacts {
        let file = retrying { openat(folder.descriptor, desired.path.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard file >= 0 else { throw systemError("open \(desired.path)") }
        defer { close(file) }
        try Folder.set(desired.attributes(facts), of: file, desired.path.description)
        var status = stat()
        guard fstat(file, &status) == 0 else { throw systemError("look at \(desired.path)") }
        return FileFacts(status)
    }

    private func makeTemporary(_ name: String, _ desired: DesiredPath, in folder: Folder) throws -> FileFacts {
        _ = try folder.removeFolder(name)
        try folder.makeFolder(name, mode: 0o700)
        return try folder.within(name) { made in
            try Folder.set(desired.attributes(nil), of: made.descriptor, desired.path.description)
            var status = stat()
            guard fstat(made.descriptor, &status) == 0 else { throw systemError("look at \(desired.path)") }
            return FileFacts(status)
        } ?? { throw PlumbError(.conflict, "\(folder.shown(name)) was removed meanwhile.") }()
    }

    /// What the object was before is gone once the new place is taken.
    private func finish(_ record: inout PathRecord, replacing known: PathRecord?) throws {
        if record.kind == .directory { try MadeParents(root: root, state: state).forget(record.path) }
        if let known, known.key != record.key { try records.remove(known.key) }
        guard let obsolete = record.obsolete else { return }
        if let left = try PathRemover(root: root, state: state).remove(obsolete, record.kind) {
            throw PlumbError(.conflict, "\(record.key) moved to \(record.path); its old place stays: \(left).")
        }
        record.obsolete = nil
        try records.save(record)
    }

    static func temporaryName(_ key: ResourceKey) -> String { ".plumb-\(Digest(bytes: Array(key.description.utf8)).short).tmp" }
}
