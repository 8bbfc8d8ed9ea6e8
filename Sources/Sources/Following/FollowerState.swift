import Model

extension RepositoryFollower {
    /// What is known of a repository.
    package struct State: Sendable {
        /// From the last look that succeeded; of an earlier process where none did yet. Nil where nothing was ever known.
        package internal(set) var references: ReferenceList?
        package internal(set) var look = SourceState()

        /// Whether a look found something else than the one before. Times do not count.
        func isNews(after other: State) -> Bool { references != other.references || look.isNews(after: other.look) }
    }
}
