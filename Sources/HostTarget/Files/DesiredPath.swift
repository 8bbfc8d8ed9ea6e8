import Manifests
import Model

/// A File or Directory as it is to be on this host: accounts looked up, ignored fields left out.
struct DesiredPath {
    let key: ResourceKey
    let kind: HostKind
    let path: HostPath
    /// nil: as it is; on something new, the default.
    var mode: UInt32?
    var user: UInt32?
    var group: UInt32?
    /// nil for a directory, and where the content is left to others.
    var content: [UInt8]?
    /// What a new file holds even where its content is left to others afterwards.
    let initialContent: [UInt8]
    let isPublic: Bool

    /// nil for a Process. Throws `notFound` for a user or group that the host does not have.
    init?(_ desired: DesiredObject, ignore: [IgnoreRule]) throws {
        let owner: Owner?
        key = desired.key
        switch try HostObjectReader.read(desired.manifest).object {
        case .process: return nil
        case .file(let file):
            (kind, path, mode, owner) = (.file, file.path, file.mode, file.owner)
            isPublic = file.isPublic
            content = desired.content ?? []
        case .directory(let directory):
            (kind, path, mode, owner) = (.directory, directory.path, directory.mode, directory.owner)
            isPublic = true
            content = nil
        }
        initialContent = content ?? []
        if let owner {
            do {
                (user, group) = try owner.resolve()
            } catch var error as PlumbError {
                error.origin = desired.manifest.origin
                throw error
            }
        }
        for rule in ignore where rule.covers(desired.key) {
            for path in rule.paths {
                switch path {
                case "/spec/mode": mode = nil
                case "/spec/owner": (user, group) = (nil, nil)
                case "/spec/content", "/spec/source": content = nil
                default: break
                }
            }
        }
    }

    var expected: FileFacts.Kind { kind == .file ? .file : .directory }

    /// For a new entry, or one whose facts are `live`.
    func attributes(_ live: FileFacts?) -> Folder.Attributes {
        Folder.Attributes(
            mode: mode ?? live?.mode ?? (kind == .file ? 0o644 : 0o755), user: user ?? live?.user, group: group ?? live?.group)
    }
}

extension IgnoreRule {
    /// Whether the rule is about this key; `*` in the name stands for any run of characters.
    func covers(_ key: ResourceKey) -> Bool {
        group == key.group && kind == key.kind && Self.matches(Array(name.utf8)[...], Array(key.name.utf8)[...])
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == 42 { return rest.isEmpty || text.indices.contains { matches(rest, text[$0...]) } || matches(rest, []) }
        return text.first == first && matches(rest, text.dropFirst())
    }
}
