/// sprig's functions on paths; those for files and for URLs are the same on Linux.
enum PathFunctions {
    static let functions: [String: GoFunction] = {
        let functions: [String: GoFunction] = [
            "base": GoFunction([.string]) { .string(GoPath.base($0.string(0))) },
            "dir": GoFunction([.string]) { .string(GoPath.directory($0.string(0))) },
            "clean": GoFunction([.string]) { .string(GoPath.clean($0.string(0))) },
            "ext": GoFunction([.string]) { .string(GoPath.fileExtension($0.string(0))) },
            "isAbs": GoFunction([.string]) { .bool($0.bytes(0).first == UInt8(ascii: "/")) },
        ]
        let second = functions.map { ("os" + $0.key.prefix(1).uppercased() + $0.key.dropFirst(), $0.value) }
        return functions.merging(second) { $1 }
    }()
}

/// Go's `path`.
package enum GoPath {
    package static func base(_ path: String) -> String {
        if path.isEmpty { return "." }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        return parts.last.map { String(Substring($0)) } ?? "/"
    }

    package static func directory(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return clean(String(path[...slash]))
    }

    package static func fileExtension(_ path: String) -> String {
        let name =
            path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last.map { String(Substring($0)) } ?? ""
        return name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    }

    /// The shortest path that means the same.
    package static func clean(_ path: String) -> String {
        let isRooted = path.utf8.first == UInt8(ascii: "/")
        var parts: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")).map({ String(Substring($0)) }) where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isRooted {
                parts.append("..")
            }
        }
        let joined = parts.joined(separator: "/")
        return isRooted ? "/" + joined : joined.isEmpty ? "." : joined
    }

    package static func join(_ parts: String...) -> String {
        let kept = parts.filter { !$0.isEmpty }
        return kept.isEmpty ? "" : clean(kept.joined(separator: "/"))
    }
}
