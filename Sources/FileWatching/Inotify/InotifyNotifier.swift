#if os(Linux)
    import Dispatch
    import Model
    import Synchronization

    /// Hears of changes from the kernel. What the kernel cannot tell (directories that this user may not read) is looked at from
    /// time to time.
    final class InotifyNotifier: Notifier {
        private enum State {
            case waiting
            case watching(WatchTable)
            case ended
        }

        private let inotify: Inotify
        private let changes: PendingChanges
        private let rest: PollingNotifier
        private let queue = DispatchQueue(label: "plumb.files.inotify")
        private let source: Mutex<any DispatchSourceRead>
        /// Only ever locked on the queue, where waiting for a disk is allowed.
        private let state = Mutex(State.waiting)

        init(changes: PendingChanges) throws {
            self.changes = changes
            rest = PollingNotifier(changes: changes)
            let inotify = try Inotify()
            self.inotify = inotify
            source = Mutex(DispatchSource.makeReadSource(fileDescriptor: inotify.descriptor, queue: queue))
            source.withLock { source in
                source.setEventHandler { [weak self] in self?.receive() }
                source.activate()
            }
        }

        func replace(_ paths: [WatchedPath]) async throws {
            var seen: Set<WatchedPath> = []
            let watched = paths.filter { seen.insert($0).inserted }
            try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result { try self.set(watched) }) }
            }
        }

        func close() async {
            await rest.close()
            await withCheckedContinuation { continuation in
                source.withLock { source in
                    // Not before: the number may be another's as soon as it is closed, and the source still looks at it.
                    source.setCancelHandler { [inotify] in
                        inotify.close()
                        continuation.resume()
                    }
                    source.cancel()
                }
            }
        }

        private func set(_ watched: [WatchedPath]) throws {
            try state.withLock { state in
                switch state {
                case .waiting:
                    state = .watching(try build(watched, replacing: .empty))
                    changes.add(.everything)
                case .watching(let table):
                    let known = Set(table.paths)
                    state = .watching(try build(watched, replacing: table))
                    changes.add(.paths(Set(watched.filter { !known.contains($0) }.map(\.name))))
                case .ended: break
                }
            }
        }

        private func receive() {
            let events = inotify.read()
            state.withLock { state in
                guard case .watching(let table) = state else { return }
                var changed: Set<String> = []
                var isOutdated = false
                for event in events {
                    if event.watch < 0 {
                        changes.add(.everything)
                        isOutdated = true
                        continue
                    }
                    let effect = table.effect(of: event)
                    changed.formUnion(effect.changed)
                    isOutdated = isOutdated || effect.isOutdated
                }
                do {
                    if isOutdated { state = .watching(try build(table.paths, replacing: table)) }
                    // Only now: whoever looks after hearing of it is to be told of what comes after that.
                    changes.add(.paths(changed))
                } catch {
                    state = .ended
                    changes.fail(error as? PlumbError ?? PlumbError(.failed, "Files cannot be watched: \(error)."))
                }
            }
        }

        /// The watches that stay are not interrupted.
        private func build(_ paths: [WatchedPath], replacing old: WatchTable) throws -> WatchTable {
            let table = try WatchTable(paths, inotify)
            for watch in old.directories.keys where table.directories[watch] == nil { inotify.remove(watch) }
            rest.replace(table.blind)
            return table
        }
    }
#endif
