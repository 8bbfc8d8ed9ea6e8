#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StoreDirectory {
    private static let endings = ["pack", "rev", "idx"]

    /// Removes what an earlier clean-up that was killed has left.
    func removeUnfinishedPacks() throws {
        for name in names("") where name.hasPrefix("joined-") { try remove(name) }
    }

    /// Puts the pack of `GitStore.pack` in the place of all other objects, and takes commits that went with them off the list
    /// of those without history.
    ///
    /// Readers are not disturbed: what they have open stays, and what they do not find they look for anew.
    func replaceObjects(withPack hash: String, keepingShallow commits: Set<String>) throws {
        let old = names("pack/").filter { !$0.hasPrefix("pack-\(hash).") }
        if old.contains(where: { $0.hasSuffix(".promisor") }) {
            try Data().write(to: URL(filePath: "\(repository)/objects/pack/pack-\(hash).promisor"))
        }
        // The index comes last: with it the pack is there.
        for ending in Self.endings where names("").contains("joined-\(hash).\(ending)") {
            let place = "pack/pack-\(hash).\(ending)"
            if FileManager.default.fileExists(atPath: objects(place)) { try remove(place) }
            try FileManager.default.moveItem(atPath: objects("joined-\(hash).\(ending)"), toPath: objects(place))
        }
        guard FileManager.default.fileExists(atPath: objects("pack/pack-\(hash).idx")) else { return }
        // And goes first.
        for name in old.sorted(by: { $0.hasSuffix(".idx") && !$1.hasSuffix(".idx") }) { try remove("pack/\(name)") }
        for name in names("") where name.utf8.count == 2 { try remove(name) }
        try keepShallow(commits)
    }

    private func keepShallow(_ commits: Set<String>) throws {
        let file = URL(filePath: "\(repository)/shallow")
        guard let data = try? Data(contentsOf: file) else { return }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").filter { commits.contains(String($0)) }
        try Data(lines.map { "\($0)\n" }.joined().utf8).write(to: file, options: .atomic)
    }

    private func names(_ directory: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: objects(directory))) ?? []
    }

    private func objects(_ name: String) -> String { "\(repository)/objects/\(name)" }
    private func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: objects(name)) }
}

extension StoreDirectory {
    /// What `git ls-remote` printed when the repository was last looked at; nil where it never was.
    var references: [UInt8]? { (try? Data(contentsOf: URL(filePath: referencesFile))).map { Array($0) } }

    func write(references: [UInt8]) throws { try Data(references).write(to: URL(filePath: referencesFile), options: .atomic) }

    private var referencesFile: String { "\(path)/references" }
}
