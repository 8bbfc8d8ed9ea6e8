import Manifests
import Model

/// The parts of kubeconfig files (`v1 Config` of client-go) that choose a server and a user.
struct Kubeconfig: Sendable {
    /// A named cluster, user or context, and the file that has it: paths are relative to that.
    struct Entry: Sendable, Hashable {
        var name: String
        var value: Value
        var file: String
    }

    var currentContext: String?
    var contexts: [String: Entry] = [:]
    var clusters: [String: Entry] = [:]
    var users: [String: Entry] = [:]

    init() {}

    /// - Parameter value: The document, already read; an empty file is an empty kubeconfig.
    init(_ value: Value, file: String) throws {
        if value.isNull { return }
        guard value.object != nil else { throw Fields.error(file, "it is not a mapping, but \(value.typeName)") }
        let fields = Fields(value: value, file: file, place: "top level")
        if let kind = try fields.string("kind"), kind != "Config" {
            throw Fields.error(file, "its kind is \(kind.quoted), not Config")
        }
        if let version = try fields.string("apiVersion"), version != "v1" {
            throw Fields.error(file, "its apiVersion is \(version.quoted), not v1")
        }
        currentContext = try fields.string("current-context")
        contexts = try Self.entries(fields, "contexts", holding: "context")
        clusters = try Self.entries(fields, "clusters", holding: "cluster")
        users = try Self.entries(fields, "users", holding: "user")
    }

    /// Adds what `later` has and this one has not. An entry is taken whole: of two with one name the first counts.
    mutating func merge(_ later: Kubeconfig) {
        currentContext = currentContext ?? later.currentContext
        contexts.merge(later.contexts) { first, _ in first }
        clusters.merge(later.clusters) { first, _ in first }
        users.merge(later.users) { first, _ in first }
    }

    private static func entries(_ fields: Fields, _ key: String, holding member: String) throws -> [String: Entry] {
        var result: [String: Entry] = [:]
        for (index, element) in try fields.list(key).enumerated() {
            let place = "\(key)[\(index)]"
            guard element.object != nil else {
                throw Fields.error(fields.file, "\(place) is not a mapping, but \(element.typeName)")
            }
            guard let name = try Fields(value: element, file: fields.file, place: place).string("name") else {
                throw Fields.error(fields.file, "\(place) has no name")
            }
            let value = element[member] ?? .null
            guard value.isNull || value.object != nil else {
                throw Fields.error(fields.file, "\(member) \(name.quoted) is not a mapping, but \(value.typeName)")
            }
            let entry = Entry(name: name, value: value, file: fields.file)
            guard result.updateValue(entry, forKey: name) == nil else {
                throw Fields.error(fields.file, "there are two of the name \(name.quoted) in \(key)")
            }
        }
        return result
    }
}
