/// Where desired state lives, and how often it is looked at. `plumb.dev/v1alpha1`, kind Repository.
package struct Repository: Sendable, Hashable {
    package var name: String
    package var location: Location
    /// Between two looks at a repository that does not tell when it changes.
    package var interval: Duration

    package static let interval = Duration.seconds(60)

    package enum Location: Sendable, Hashable {
        case git(Application.GitSource)
        case charts(Application.ChartRepository)
    }

    package init(name: String, _ location: Location, interval: Duration = Repository.interval) {
        self.name = name
        self.location = location
        self.interval = interval
    }
}
