import Manifests
import Model

/// What a desired path and the live one differ in, with values fit for showing.
struct PathDifference {
    /// For digests of content that is not public.
    let key: [UInt8]
    /// What is known of files without reading them; nil: nothing.
    var memory: FileMemory? = nil

    /// Live content above this is not read to be shown.
    private static let readLimit = TreeLimits.fileSize

    func fields(_ desired: DesiredPath, live: FileFacts, name: String, in folder: Folder) throws -> [FieldChange] {
        guard live.kind == desired.expected else {
            return [FieldChange(path: "/kind", old: live.kind.rawValue, new: desired.expected.rawValue)]
        }
        var fields: [FieldChange] = []
        if let content = desired.content, let change = try contentChange(desired, content, live, name, folder) {
            fields.append(change)
        }
        if let mode = desired.mode, mode != live.mode {
            fields.append(FieldChange(path: "/spec/mode", old: Self.octal(live.mode), new: Self.octal(mode)))
        }
        let isUserSame = desired.user == nil || desired.user == live.user
        let isGroupSame = desired.group == nil || desired.group == live.group
        if !isUserSame || !isGroupSame {
            fields.append(
                FieldChange(
                    path: "/spec/owner", old: Self.owner(live.user, desired.group.map { _ in live.group }),
                    new: Self.owner(desired.user ?? live.user, desired.group)))
        }
        return fields
    }

    private func contentChange(_ desired: DesiredPath, _ content: [UInt8], _ live: FileFacts, _ name: String, _ folder: Folder)
        throws
        -> FieldChange?
    {
        guard live.size <= Self.readLimit else {
            return FieldChange(path: "/spec/content", old: "\(live.size) bytes", new: shown(content, isPublic: desired.isPublic))
        }
        let read = { try folder.read(name, limit: Self.readLimit) ?? [] }
        if let memory, try memory.holds(content, at: desired.path, live, read: read) { return nil }
        let current = try read()
        guard current != content else { return nil }
        // What only some may read now was perhaps never meant to be shown.
        let isPublic = desired.isPublic && live.mode & 0o004 != 0
        if isPublic, let (old, new) = Self.firstDifferentLine(current, content) {
            return FieldChange(path: "/spec/content", old: old, new: new)
        }
        return FieldChange(path: "/spec/content", old: shown(current, isPublic: isPublic), new: shown(content, isPublic: isPublic))
    }

    /// The size and a short digest.
    func shown(_ content: [UInt8], isPublic: Bool) -> String {
        isPublic
            ? "\(content.count) bytes, sha256:\(Digest(bytes: content).short)"
            : "secret, keyed:\(Digest.keyed(content, key: key).short)"
    }

    /// `line 3: …` of both, for texts; nil for anything that is not plain UTF-8.
    private static func firstDifferentLine(_ old: [UInt8], _ new: [UInt8]) -> (String, String)? {
        let limit = 1 << 20
        guard old.count <= limit, new.count <= limit, isText(old), isText(new) else { return nil }
        let oldLines = old.split(separator: 10, omittingEmptySubsequences: false)
        let newLines = new.split(separator: 10, omittingEmptySubsequences: false)
        let count = max(oldLines.count, newLines.count)
        guard let index = (0..<count).first(where: { line($0, oldLines) != line($0, newLines) }) else { return nil }
        let text: (ArraySlice<UInt8>?) -> String = { bytes in
            guard let bytes else { return "line \(index + 1): (none)" }
            let line = String(decoding: bytes, as: UTF8.self)
            return "line \(index + 1): " + (line.count > 120 ? line.prefix(120) + "…" : line[...])
        }
        return (text(line(index, oldLines)), text(line(index, newLines)))
    }

    private static func line(_ index: Int, _ lines: [ArraySlice<UInt8>]) -> ArraySlice<UInt8>? {
        lines.indices.contains(index) ? lines[index] : nil
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        guard bytes.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 9 || $0 == 10 }) else { return false }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func owner(_ user: UInt32, _ group: UInt32?) -> String {
        Accounts.name(ofUser: user) + (group.map { ":\(Accounts.name(ofGroup: $0))" } ?? "")
    }

    /// Of what is on the disk, on what the manifest declares.
    func returned(_ desired: DesiredPath, _ live: FileFacts) -> Digest {
        var parts = ["\(desired.kind.rawValue) \(desired.path)"]
        if desired.mode != nil { parts.append("mode \(live.mode)") }
        if desired.user != nil { parts.append("user \(live.user)") }
        if desired.group != nil { parts.append("group \(live.group)") }
        if let content = desired.content {
            parts.append("content \(desired.isPublic ? Digest(bytes: content) : Digest.keyed(content, key: key))")
        }
        return Digest(bytes: Array(parts.joined(separator: "\n").utf8))
    }
}
