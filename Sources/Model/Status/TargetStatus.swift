package import Manifests

/// A target as the operator last saw it.
package struct TargetStatus: Sendable, Hashable {
    package var name: String
    package var place: String
    package var installation: String?
    package var applications: Int
    /// Why it does not answer, or why nothing is written to it; nil where all is well.
    package var error: String?
    package var failingSince: String?

    package init(name: String, place: String) {
        self.name = name
        self.place = place
        applications = 0
    }

    package var value: Value {
        var value: Value = ["name": .string(name), "place": .string(place), "applications": .integer(Int64(applications))]
        value["installation"] = installation.map(Value.string)
        value["error"] = error.map(Value.string)
        value["failingSince"] = failingSince.map(Value.string)
        return value
    }
}
