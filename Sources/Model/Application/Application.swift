/// What to deploy: a source, how it is rendered, the target, and how to sync. `plumb.dev/v1alpha1`, kind Application.
package struct Application: Sendable, Hashable {
    package var name: String
    /// The name it had before, whose inventory moves over; from the annotation `plumb.dev/renamed-from`.
    package var renamedFrom: String?
    package var source: Source
    package var target: TargetReference
    package var serviceAccount: String?
    /// Names; empty for none.
    package var dependsOn: [String]
    package var substitute: [String: String]
    package var sync: SyncPolicy
    package var deadlines: Deadlines
    package var ignore: [IgnoreRule]

    package init(name: String, source: Source = Source(), target: TargetReference = TargetReference()) {
        self.name = name
        self.source = source
        self.target = target
        self.dependsOn = []
        self.substitute = [:]
        self.sync = SyncPolicy()
        self.deadlines = Deadlines()
        self.ignore = []
    }

    package struct Source: Sendable, Hashable {
        package var place: Place
        /// Below the root of what `place` leads to; `.` for a chart.
        package var path: String
        package var renderer: Renderer

        package init(_ place: Place = .own, path: String = ".", renderer: Renderer = .detect) {
            self.place = place
            self.path = path
            self.renderer = renderer
        }
    }

    /// Where the files of a source are.
    package enum Place: Sendable, Hashable {
        /// The repository and revision that the application itself came from.
        case own
        case git(GitSource)
        case chart(ChartSelection, from: ChartRepository)
        /// A Repository object by its name.
        case repository(String, Selection)
    }

    /// What to take from a Repository.
    package enum Selection: Sendable, Hashable {
        /// Of a Git repository; nil for what the Repository says itself.
        case reference(GitSource.Reference?)
        case chart(ChartSelection)
    }

    package enum Renderer: Sendable, Hashable {
        case detect
        case plain
        case kustomize
        case helm(HelmSettings)
        case plugin(PluginSettings)
    }

    package struct TargetReference: Sendable, Hashable {
        package var name: String?
        package var namespace: String?
        package var createNamespace: Bool

        package init(name: String? = nil, namespace: String? = nil, createNamespace: Bool = false) {
            self.name = name
            self.namespace = namespace
            self.createNamespace = createNamespace
        }
    }
}

/// Two finite deadlines: every operation ends.
package struct Deadlines: Sendable, Hashable {
    package var applied: Duration
    package var healthy: Duration

    package init(applied: Duration = .seconds(120), healthy: Duration = .seconds(600)) {
        self.applied = applied
        self.healthy = healthy
    }
}

/// Fields of some objects that are left to others. `*` in `name` stands for any run of characters.
package struct IgnoreRule: Sendable, Hashable {
    package var group: String
    package var kind: String
    package var namespace: String?
    package var name: String
    /// JSON pointers, with `[name=app]` selecting an element of a list.
    package var paths: [String]

    package init(group: String, kind: String, namespace: String? = nil, name: String = "*", paths: [String]) {
        self.group = group
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.paths = paths
    }
}
