package import Model

extension RepositoryFollower {
    /// What is known of a repository. What was known last stays known while it cannot be looked at.
    package struct State: Sendable {
        /// From the last look that succeeded; of an earlier process where none did yet. Nil where nothing was ever known.
        package internal(set) var references: ReferenceList?
        /// When the last look that succeeded was, since 1970-01-01T00:00:00Z; nil where none did yet.
        package internal(set) var checkedAt: Duration?
        /// Why the last look failed; nil when it succeeded.
        package internal(set) var error: PlumbError?
        /// Since when every look fails, since 1970-01-01T00:00:00Z.
        package internal(set) var failingSince: Duration?
        /// How many looks in a row have failed.
        package internal(set) var failures = 0
        /// When it is looked at next, unless somebody asks before, since 1970-01-01T00:00:00Z; nil before the first look.
        package internal(set) var nextCheckAt: Duration?

        /// Whether a look found something else than the one before. Times do not count.
        func isNews(after other: State) -> Bool {
            references != other.references || Self.essence(error) != Self.essence(other.error)
                || (checkedAt == nil) != (other.checkedAt == nil)
        }

        /// Without numbers: the programs say how many milliseconds it took to fail.
        private static func essence(_ error: PlumbError?) -> String? {
            error.map { error in "\(error.code.name) \(error.message.filter { !$0.isNumber })" }
        }
    }
}
