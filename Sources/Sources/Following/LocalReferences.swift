import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a repository on this machine keeps its references. Every call blocks on the file system.
enum LocalReferences {
    /// More directories than any repository has that people work in; those beyond are found by the looks that are made anyhow.
    private static let directories = 5000
    private static let pointerSize = 4096

    /// The files and directories to watch; where there is no repository yet, those by which one would come.
    static func paths(of path: String) -> [String] {
        guard let own = try? LocalRepository.directory(of: path) else { return [path, "\(path)/.git"] }
        // In a linked work tree `.git` is a file that leads to a directory of the main one's.
        let directory = pointer(own, "gitdir: ").map { absolute($0, from: path) } ?? own
        let common = pointer("\(directory)/commondir", "").map { absolute($0, from: directory) } ?? directory
        var result = ["\(directory)/HEAD", "\(common)/packed-refs", "\(common)/reftable"]
        var queue = ["\(common)/refs"]
        while let next = queue.popLast(), result.count < directories {
            result.append(next)
            queue += subdirectories(of: next)
        }
        return result
    }

    private static func pointer(_ file: String, _ prefix: String) -> String? {
        guard case .file(let size, _)? = kind(file), size <= pointerSize,
            let data = try? Data(contentsOf: URL(filePath: file))
        else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasPrefix(prefix) else { return nil }
        return String(text.dropFirst(prefix.count).prefix { !$0.isNewline })
    }

    private static func absolute(_ path: String, from directory: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }

    private static func subdirectories(of directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.map { "\(directory)/\($0)" }.filter { if case .directory? = kind($0) { true } else { false } }
    }

    private static func kind(_ path: String) -> Descriptor.Kind? {
        guard let slash = path.lastIndex(of: "/"), let parent = try? Descriptor.root(String(path[..<slash])) else { return nil }
        return try? parent.kind(of: String(path[path.index(after: slash)...]))
    }
}
