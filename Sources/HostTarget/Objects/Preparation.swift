import Manifests
import Model

/// Turns manifests into desired objects: decoded, with the bytes of their files, and named by their digests.
struct Preparation {
    let placement: Placement
    /// For the digests of files that not everybody may read.
    let key: DigestKey

    /// Of all files of one application together, in bytes: they are in memory while it is applied.
    static let contentLimit = 256 << 20

    func prepare(_ manifests: [Manifest]) async throws -> [DesiredObject] {
        var problems: [PlumbError] = []
        if let namespace = placement.namespace {
            problems.append(
                PlumbError(
                    .unsupported, "A host has no namespaces, so nothing can go to \(namespace.quoted).",
                    remedy: "Leave out target.namespace and --namespace."))
        }
        var objects: [Item] = []
        for manifest in manifests {
            do {
                let (key, object) = try HostObjectReader.read(manifest)
                objects.append(Item(key: key, manifest: manifest, object: object))
            } catch let error as PlumbError {
                problems.append(error)
            }
        }
        problems += Self.conflicts(objects)
        var desired: [ResourceKey: DesiredObject] = [:]
        var total = 0
        // Files first: what a process restarts on goes into its digest.
        for item in objects.sorted(by: { $0.rank < $1.rank }) {
            do {
                let object = try await complete(item, objects, desired)
                total += object.content?.count ?? 0
                desired[item.key] = object
            } catch let error as PlumbError {
                problems.append(error)
            }
        }
        if total > Self.contentLimit {
            problems.append(
                PlumbError(.limit, "The files of this application have \(total) bytes together; the limit is \(Self.contentLimit).")
            )
        }
        if let first = problems.first { throw Self.combined(first, problems) }
        return objects.compactMap { desired[$0.key] }
    }

    struct Item {
        var key: ResourceKey
        var manifest: Manifest
        var object: HostObject

        var rank: Int { if case .process = object { 1 } else { 0 } }
    }

    private func complete(_ item: Item, _ all: [Item], _ done: [ResourceKey: DesiredObject]) async throws -> DesiredObject {
        var spec = item.manifest.value["spec"] ?? .null
        var content: [UInt8]?
        var requires: Set<ResourceKey> = []
        var isPublic = true
        // The same without what is secret, where the digest would be another one in the next process.
        var provisional: Value?
        switch item.object {
        case .file(let file):
            let bytes = try await bytes(of: file, item.manifest.origin)
            content = bytes
            isPublic = file.isPublic
            // The bytes count, not the name of the file that they are kept in.
            spec["source"] = nil
            spec["content"] = nil
            if !isPublic, !key.isLasting { provisional = spec }
            spec["content"] = .string(Digest(bytes: bytes).description)
            requires = Self.directories(above: file.path, all)
        case .directory(let directory):
            requires = Self.directories(above: directory.path, all)
        case .process(let process):
            try refuseHook(item, process)
            let triggers = process.restartOn.compactMap { done[$0.kind.key($0.name)] }
            if triggers.contains(where: { $0.provisionalDigest != nil }) {
                provisional = spec
                provisional?["restartOn"] = .array(triggers.map { .string(($0.provisionalDigest ?? $0.digest).description) })
            }
            var versions: [Value] = []
            for reference in process.restartOn {
                let key = reference.kind.key(reference.name)
                guard all.contains(where: { $0.key == key }) else {
                    throw PlumbError(
                        .invalid, "spec.restartOn names \(key), which this application does not have.", at: item.manifest.origin)
                }
                versions.append(.string(done[key]?.digest.description ?? ""))
                requires.insert(key)
            }
            if !versions.isEmpty { spec["restartOn"] = .array(versions) }
        }
        let kind = Value.string(item.key.kind)
        let identified: Value = ["kind": kind, "spec": spec]
        let digest = isPublic ? Digest(of: identified) : Digest.keyed(Array(identified.json.utf8), key: key.bytes)
        var object = DesiredObject(key: item.key, manifest: item.manifest, digest: digest, content: content, requires: requires)
        object.provisionalDigest = provisional.map { Digest(of: ["kind": kind, "spec": $0]) }
        return object
    }

    private func bytes(of file: FileSpec, _ origin: Origin) async throws -> [UInt8] {
        switch file.content {
        case .inline(let text): return Array(text.utf8)
        case .source(let source):
            do {
                let path = try TreePath(origin.file).parent.resolving(source)
                if case .directory? = try await placement.tree.entry(at: path) {
                    throw PlumbError(.invalid, "spec.source is \(source.quoted), which is a directory; it has to be a file.")
                }
                return try await placement.tree.read(path)
            } catch var error as PlumbError {
                error.origin = error.origin ?? origin
                throw error
            }
        }
    }

    /// A hook runs once; one that restarts for ever would never be over.
    private func refuseHook(_ item: Item, _ process: ProcessSpec) throws {
        let isHook = ["plumb.dev/hook", "argocd.argoproj.io/hook"].contains { item.manifest.annotation($0) != nil }
        guard isHook, item.manifest.value.at("spec", "restart") != nil, process.restart != .never else { return }
        throw PlumbError(
            .invalid, "\(item.key) is a hook, and spec.restart is \(process.restart.rawValue).", remedy: "Leave restart out.",
            at: item.manifest.origin)
    }

    private static func directories(above path: HostPath, _ all: [Item]) -> Set<ResourceKey> {
        let ancestors = Set(path.ancestors)
        return Set(
            all.compactMap { item in
                if case .directory(let directory) = item.object, ancestors.contains(directory.path) { item.key } else { nil }
            })
    }

    /// Two objects of one name or path, and a file where another object needs a directory.
    private static func conflicts(_ items: [Item]) -> [PlumbError] {
        var problems: [PlumbError] = []
        var keys: [ResourceKey: Item] = [:]
        var paths: [HostPath: Item] = [:]
        for item in items {
            if let other = keys.updateValue(item, forKey: item.key) {
                problems.append(
                    PlumbError(
                        .invalid, "\(item.key) is there twice, here and at \(other.manifest.origin).", at: item.manifest.origin))
            }
            if let path = item.object.path, let other = paths.updateValue(item, forKey: path), other.key != item.key {
                problems.append(
                    PlumbError(
                        .invalid, "\(item.key) has the same path as \(other.key) at \(other.manifest.origin): \(path).",
                        at: item.manifest.origin))
            }
        }
        for item in items {
            for ancestor in item.object.path?.ancestors ?? [] {
                guard let other = paths[ancestor], case .file = other.object else { continue }
                problems.append(
                    PlumbError(
                        .invalid, "\(item.key) is below \(ancestor), which \(other.key) makes a file.", at: item.manifest.origin))
            }
        }
        return problems
    }

    private static func combined(_ first: PlumbError, _ problems: [PlumbError]) -> PlumbError {
        guard problems.count > 1 else { return first }
        let shown = problems.prefix(50).map { "  \($0.description)" }
        let more = problems.count > 50 ? ["  and \(problems.count - 50) more"] : []
        return PlumbError(
            first.code, "\(problems.count) of the objects cannot be placed on a host:\n" + (shown + more).joined(separator: "\n"))
    }
}
