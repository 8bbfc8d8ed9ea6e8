import Model

/// Which files of a partial copy are there, and how the others come.
///
/// A copy is fetched without file contents; asked for one by one, Git would fetch each with a request and a process of
/// its own. So a directory's files are fetched together, and with them those below it unless there are very many.
actor MissingBlobs {
    private let store: GitStore
    private let turnstile: Turnstile
    /// Directories below which everything is there, and those of which only the direct entries are.
    private var complete: Set<String> = []
    private var shallow: Set<String> = []

    private static let together = 2000
    private static let remembered = 50_000

    init(store: GitStore, turnstile: Turnstile) {
        self.store = store
        self.turnstile = turnstile
    }

    /// The server cannot be asked for single objects: commits are fetched with all their files.
    private(set) var isWhole = false

    /// Makes sure that the files in the directory `tree` are there; `ancestors` are the directories on the way to it, and itself.
    ///
    /// With `entries`, its own objects, a directory with very much below it gets only those.
    func fetch(below tree: String, of ancestors: [String], entries: [String]?, commit: String) async throws {
        guard !isThere(tree, ancestors, entries) else { return }
        try await turnstile.pass {
            // Another reader of the same directory may have been first.
            guard !isThere(tree, ancestors, entries) else { return }
            let missing = try await store.missingObjects(below: tree)
            let isMuch = missing.count > Self.together
            let wanted = entries.map { isMuch ? missing.intersection($0) : missing } ?? missing
            if try await store.fetchObjects(wanted.sorted()) {
                isMuch && entries != nil ? Self.add(tree, to: &shallow) : Self.add(tree, to: &complete)
            } else {
                try await store.fetchWhole(commit)
                isWhole = true
                Self.add(ancestors.first ?? tree, to: &complete)
            }
        }
    }

    /// Looks again what is there, after a clean-up of the copy.
    func forget() {
        complete = []
        shallow = []
    }

    private func isThere(_ tree: String, _ ancestors: [String], _ entries: [String]?) -> Bool {
        complete.contains(tree) || !complete.isDisjoint(with: ancestors) || (entries != nil && shallow.contains(tree))
    }

    private static func add(_ tree: String, to known: inout Set<String>) {
        if known.count >= remembered { known = [] }
        known.insert(tree)
    }
}
