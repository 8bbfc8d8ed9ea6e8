import Manifests
import Model

/// The objects of a build so far, in order; no two have the same id.
struct ResourceSet: Sendable {
    var resources: [Resource] = []
    /// What is known of types in place of what is built in.
    private(set) var schema: OpenAPISchema?

    /// Has the document describe the types from now on.
    mutating func use(_ schema: OpenAPISchema?) {
        guard let schema else { return }
        self.schema = schema
        for index in resources.indices { resources[index].use(schema) }
    }

    mutating func append(contentsOf new: [Resource]) throws {
        guard !new.isEmpty else { return }
        resources += new
        guard resources.count <= KustomizeLimits.objects else {
            throw PlumbError(.limit, "The kustomization gives more than \(KustomizeLimits.objects) objects.")
        }
        try checkUnique { "\($0) is defined twice" }
    }

    /// Throws where two objects have the same id; `message` says what that means.
    func checkUnique(_ message: (ResourceID) -> String) throws {
        var seen: [ResourceID: Int] = [:]
        for (index, resource) in resources.enumerated() {
            guard let first = seen.updateValue(index, forKey: resource.id) else { continue }
            throw PlumbError(
                .invalid, "\(message(resource.id)): in \(resources[first].origin) and here.",
                remedy: "Remove one of the two, or give it another name.", at: resource.origin
            )
        }
    }

    /// The objects that have, or ever had, an id that `matches`.
    func indices(withAnyID matches: (ResourceID) -> Bool) -> [Int] {
        resources.indices.filter { index in
            let resource = resources[index]
            guard !resource.isDeleted else { return false }
            let id = resource.id
            return matches(id) || resource.former.contains { matches($0.id(id.gvk)) }
        }
    }

    mutating func dropDeleted() {
        if resources.contains(where: \.isDeleted) { resources.removeAll(where: \.isDeleted) }
    }
}
