#if os(Linux)
    /// An entry that a path depends on: a name in a directory, whose own path has no symlink in it.
    struct Step: Hashable {
        let directory: String
        let name: String
    }

    /// Where a path leads, and what it depends on along the way.
    struct PathWalk {
        enum End: Equatable {
            case directory(String)
            /// A file, a device, or nothing yet.
            case entry
        }

        var steps: [Step] = []
        var end = End.directory("/")
        /// Something on the way cannot be watched.
        var hasBlindSpot = false
    }

    /// Follows paths from the root of the file system, and watches each directory before it looks for a name in it: whatever
    /// changes after the look is told.
    struct PathWalker {
        let inotify: Inotify
        /// Directories by the number of their watch; more than one name where they are mounted in several places.
        private(set) var directories: [Int32: Set<String>] = [:]
        private var watched: [String: Inotify.Interest] = [:]
        private var unreadable: Set<String> = []
        /// Of directories, by their components as they were given.
        private var known: [[String]: PathWalk] = [:]

        private static let linkLimit = 40

        init(_ inotify: Inotify) { self.inotify = inotify }

        /// The way to the directory that a path's last component is looked for in.
        mutating func parent(_ components: ArraySlice<String>) throws -> PathWalk {
            guard let name = components.last else { return PathWalk() }
            if let walk = known[Array(components)] { return walk }
            var walk = try parent(components.dropLast())
            if case .directory(let directory) = walk.end {
                let last = try follow(name, in: directory, .names)
                walk.steps += last.steps
                walk.end = last.end
                walk.hasBlindSpot = walk.hasBlindSpot || last.hasBlindSpot
            }
            known[Array(components)] = walk
            return walk
        }

        /// From a name in a directory to what it means in the end; its first step is that name.
        mutating func follow(_ name: String, in directory: String, _ interest: Inotify.Interest) throws -> PathWalk {
            var (current, rest, links) = (directory, [name], 0)
            var walk = PathWalk()
            while let name = rest.popLast() {
                if name == ".." {
                    current = Self.parentPath(current)
                    continue
                }
                walk.steps.append(Step(directory: current, name: name))
                let path = current == "/" ? "/\(name)" : "\(current)/\(name)"
                walk.end = .entry
                do {
                    if try !watch(current, rest.isEmpty ? interest : .names) { walk.hasBlindSpot = true }
                    switch try SystemCalls.entry(path) {
                    case .directory: current = path
                    case .other: return walk
                    case .symlink(let target):
                        links += 1
                        guard links <= Self.linkLimit else { return walk }
                        if target.utf8.first == UInt8(ascii: "/") { current = "/" }
                        rest += target.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
                    }
                } catch SystemCalls.Failure.missing, Inotify.Failure.missing {
                    return walk
                } catch SystemCalls.Failure.unreadable {
                    walk.hasBlindSpot = true
                    return walk
                }
            }
            walk.end = .directory(current)
            return walk
        }

        /// Whether it can be watched. Throws where it is gone.
        mutating func watch(_ directory: String, _ interest: Inotify.Interest) throws -> Bool {
            if unreadable.contains(directory) { return false }
            if let present = watched[directory], present.rawValue >= interest.rawValue { return true }
            do {
                directories[try inotify.add(directory, interest), default: []].insert(directory)
                watched[directory] = interest
                return true
            } catch Inotify.Failure.unreadable {
                unreadable.insert(directory)
                return false
            }
        }

        private static func parentPath(_ path: String) -> String {
            guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "/" }
            return String(path[..<slash])
        }
    }
#endif
