/// Where desired state lives, and how often it is looked at. `plumb.dev/v1alpha1`, kind Repository.
package struct Repository: Sendable, Hashable {
    package var name: String
    package var git: Application.GitSource
    /// Between two looks at a repository that does not tell when it changes.
    package var interval: Duration

    package static let interval = Duration.seconds(60)

    package init(name: String, git: Application.GitSource, interval: Duration = Repository.interval) {
        self.name = name
        self.git = git
        self.interval = interval
    }
}
