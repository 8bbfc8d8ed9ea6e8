import Manifests
import Model

/// An entry of `images:`.
struct ImageTransformer {
    private let rule: ImageRule
    private let fields: [FieldSpec]
    private let pattern: Pattern

    init(_ rule: ImageRule, fields: [FieldSpec], file: String) throws {
        self.rule = rule
        self.fields = fields
        pattern = try Pattern(
            rule.name, suffix: "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?", field: "images.name", origin: Origin(file: file)
        )
    }

    /// Containers anywhere in an object first, then the fields of the built-in kinds: an image can be reached twice.
    func apply(to set: inout ResourceSet) throws {
        for index in set.resources.indices
        where !set.resources[index].isDeleted && set.resources[index].kind != "CustomResourceDefinition" {
            try updateContainers(in: &set.resources[index])
            try set.resources[index].update(fields) { try update(&$0) }
        }
    }

    private func updateContainers(in resource: inout Resource) throws {
        do { try updateContainers(in: &resource.value) } catch let error as ManifestError {
            throw PlumbError(.invalid, "\(resource.id) has an image that cannot be changed: \(error.message).", at: resource.origin)
        }
    }

    private func updateContainers(in value: inout Value) throws {
        switch value {
        case .array(var elements):
            value = .null
            for index in elements.indices { try updateContainers(in: &elements[index]) }
            value = .array(elements)
        case .object(var members):
            value = .null
            try members.updateValues { key, member in
                try updateContainers(in: &member)
                guard key == "containers" || key == "initContainers", var containers = member.array else { return }
                for index in containers.indices {
                    guard var image = containers[index]["image"] else { continue }
                    try update(&image)
                    containers[index]["image"] = image
                }
                member = .array(containers)
            }
            value = .object(members)
        default: return
        }
    }

    private func update(_ value: inout Value) throws(ManifestError) {
        guard value.array == nil, value.object == nil else { throw ManifestError("there is \(value.typeName), not a text") }
        guard let text = value.scalarText, pattern.matches(text) else { return }
        value = .string(renamed(text))
    }

    private func renamed(_ text: String) -> String {
        var image = ImageName(text)
        if !rule.newName.isEmpty { image.name = rule.newName }
        if !rule.newTag.isEmpty {
            image.tag = rule.newTag
            image.digest = rule.digest
        } else if !rule.digest.isEmpty {
            image.tag = ""
            image.digest = rule.digest
        } else if !rule.tagSuffix.isEmpty {
            image.tag += rule.tagSuffix
            image.digest = ""
        }
        return image.text
    }
}

/// `registry:5000/name:tag@digest` in its parts.
struct ImageName {
    var name: String
    var tag = ""
    var digest = ""

    init(_ text: String) {
        name = text
        if let at = name.firstIndex(of: "@") {
            digest = String(name[name.index(after: at)...])
            name = String(name[..<at])
        }
        // A colon before the last slash belongs to the registry's port.
        let start = name.lastIndex(of: "/") ?? name.startIndex
        if let colon = name[start...].lastIndex(of: ":") {
            tag = String(name[name.index(after: colon)...])
            name = String(name[..<colon])
        }
    }

    var text: String { name + (tag.isEmpty ? "" : ":" + tag) + (digest.isEmpty ? "" : "@" + digest) }
}
