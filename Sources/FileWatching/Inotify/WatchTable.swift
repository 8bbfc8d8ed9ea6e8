#if os(Linux)
    import Glibc
    import Model

    /// Which watched paths an event is about. Made anew when a directory on the way to one, or a symlink, is another.
    struct WatchTable {
        /// Paths whose last component is looked for in the same directory.
        private struct Group {
            var steps: [Step]
            var paths: [Int] = []
        }

        let paths: [WatchedPath]
        private(set) var directories: [Int32: Set<String>] = [:]
        /// Paths that something is not told about.
        private(set) var blind: Set<WatchedPath> = []

        private var groups: [[String]: Group] = [:]
        /// Steps on the way to the directories of the groups.
        private var ways: Set<Step> = []
        /// The paths of an entry.
        private var entries: [Step: [Int]] = [:]
        /// Entries that lead on: directories with their listings, and symlinks.
        private var leading: Set<Step> = []
        /// The paths of a directory whose own entries count.
        private var listings: [String: [Int]] = [:]

        static let empty = WatchTable()
        private init() { paths = [] }

        /// Watches whatever the paths depend on.
        init(_ paths: [WatchedPath], _ inotify: Inotify) throws {
            self.paths = paths
            var walker = PathWalker(inotify)
            for index in paths.indices { try add(index, &walker) }
            directories = walker.directories
        }

        private mutating func add(_ index: Int, _ walker: inout PathWalker) throws {
            let (components, scope) = (paths[index].components, paths[index].scope)
            let parent = try walker.parent(components.dropLast())
            groups[Array(components.dropLast()), default: Group(steps: parent.steps)].paths.append(index)
            ways.formUnion(parent.steps)
            var hasBlindSpot = parent.hasBlindSpot
            var end = parent.end
            if let name = components.last, case .directory(let directory) = parent.end {
                let walk = try walker.follow(name, in: directory, scope == .entry ? .closing : .contents)
                for step in walk.steps { entries[step, default: []].append(index) }
                if walk.steps.count > 1 { leading.formUnion(walk.steps) }
                hasBlindSpot = hasBlindSpot || walk.hasBlindSpot
                end = walk.end
                if scope == .entries, case .directory = end { leading.formUnion(walk.steps) }
            }
            if scope == .entries, case .directory(let directory) = end {
                listings[directory, default: []].append(index)
                // Gone in between: its parent tells.
                if (try? walker.watch(directory, .contents)) == false { hasBlindSpot = true }
            }
            if hasBlindSpot { blind.insert(paths[index]) }
        }

        /// What an event changes, and whether the table is out of date after it.
        func effect(of event: Inotify.Event) -> (changed: Set<String>, isOutdated: Bool) {
            var changed: Set<String> = []
            var isOutdated = false
            for directory in directories[event.watch] ?? [] {
                if event.name.isEmpty {
                    guard event.has(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED) else { continue }
                    changed.formUnion(below(directory))
                    isOutdated = true
                    continue
                }
                let step = Step(directory: directory, name: event.name)
                for index in entries[step] ?? [] { changed.insert(paths[index].name) }
                for index in listings[directory] ?? [] { changed.insert(paths[index].entry(event.name)) }
                if ways.contains(step) { changed.formUnion(beyond(step)) }
                if !isOutdated, event.has(Self.replacing) { isOutdated = isOther(step) }
            }
            return (changed, isOutdated)
        }

        private static let replacing = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB

        /// Whether what stands there now leads elsewhere than it did. Files that take each other's place do not.
        private func isOther(_ step: Step) -> Bool {
            if ways.contains(step) || leading.contains(step) { return true }
            guard let indices = entries[step] else { return false }
            switch try? SystemCalls.entry("\(step.directory)/\(step.name)") {
            case .symlink: return true
            case .directory: return indices.contains { paths[$0].scope == .entries }
            case .other, nil: return false
            }
        }

        private func beyond(_ step: Step) -> [String] {
            groups.values.filter { $0.steps.contains(step) }.flatMap { $0.paths.map { paths[$0].name } }
        }

        private func below(_ directory: String) -> Set<String> {
            var affected = Set(listings[directory] ?? [])
            for group in groups.values where group.steps.contains(where: { $0.directory == directory }) {
                affected.formUnion(group.paths)
            }
            for (step, indices) in entries where step.directory == directory { affected.formUnion(indices) }
            return Set(affected.map { paths[$0].name })
        }
    }
#endif
