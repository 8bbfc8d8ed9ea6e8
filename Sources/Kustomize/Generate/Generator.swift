import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes the object of a generator's rule.
struct Generator {
    let rule: GeneratorRule
    /// The files it reads, by the path as the rule spells it, and the one it is written in.
    let files: [String: LoadedFile]
    let file: String
    let provenance: Provenance?

    private var kind: GeneratorRule.Kind { rule.kind }

    func run(on set: inout ResourceSet) throws {
        var generated = try make()
        let id = generated.id
        let existing = set.indices { $0 == id }
        guard let index = existing.first else {
            guard rule.behavior == .create else {
                throw invalid("\(rule.field) is to \(rule.behavior.rawValue) \(id), but there is no such object.")
            }
            return try set.append(contentsOf: [generated])
        }
        guard existing.count == 1 else {
            throw invalid("\(rule.field) may change several objects: \(id) is not the only one that was called so.")
        }
        let old = set.resources[index]
        guard rule.behavior != .create else {
            throw invalid(
                "\(rule.field) makes \(id), which is in \(old.origin) already.",
                remedy: "Give it another name, or the behavior merge or replace."
            )
        }
        generated.inheritIdentity(of: old)
        for key in ["labels", "annotations"] { generated.merge(old, at: ["metadata", key]) }
        if rule.behavior == .merge {
            generated.provenance = old.provenance
            for key in ["data", "binaryData"] { generated.merge(old, at: [key]) }
            if generated.value["data"] == .object(Object()) { generated.value["data"] = nil }
        }
        set.resources[index] = generated
    }

    private func make() throws -> Resource {
        var metadata: Object = Object([("name", .string(rule.name))])
        if !rule.namespace.isEmpty { metadata["namespace"] = .string(rule.namespace) }
        let options = rule.options
        if !options.labels.isEmpty { metadata["labels"] = .object(Object(options.labels.map { ($0.key, .string($0.value)) })) }
        if !options.annotations.isEmpty {
            metadata["annotations"] = .object(Object(options.annotations.map { ($0.key, .string($0.value)) }))
        }
        var value: Value = ["apiVersion": "v1", "kind": .string(kind.rawValue), "metadata": .object(metadata)]
        if kind == .secret {
            value["type"] = .string(rule.type.isEmpty ? "Opaque" : rule.type)
            value["data"] = .object(Object())
        }
        for (key, content) in try KeyValues(rule, files: files, file: file).pairs {
            if kind == .configMap, let text = String(validating: content, as: UTF8.self) {
                value["data", default: .object(Object())][key] = .string(text)
            } else {
                value[kind == .secret ? "data" : "binaryData", default: .object(Object())][key] = .string(Self.base64(content))
            }
        }
        if options.immutable { value["immutable"] = true }
        var resource = Resource(value: value, origin: Origin(file: file))
        resource.provenance = provenance
        resource.needsHash = !options.disableNameSuffixHash
        return resource
    }

    /// In lines of 70 characters once it is longer than one, each with its newline, as Kustomize writes it.
    private static func base64(_ content: [UInt8]) -> String {
        let text = Data(content).base64EncodedString()
        guard text.utf8.count >= 70 else { return text }
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            result += rest.prefix(70) + "\n"
            rest = rest.dropFirst(70)
        }
        return result
    }

    private func invalid(_ message: String, remedy: String? = nil) -> PlumbError {
        PlumbError(.invalid, message, remedy: remedy, at: Origin(file: file))
    }
}

extension Resource {
    /// Adds the members that `old` has in the mapping at `path` and this one has not.
    fileprivate mutating func merge(_ old: Resource, at path: [String]) {
        let former = path.reduce(old.value as Value?) { $0?[$1] }?.object ?? Object()
        guard !former.isEmpty else { return }
        var members = path.reduce(value as Value?) { $0?[$1] }?.object ?? Object()
        for member in former where members[member.key] == nil {
            // Where nothing is, Kustomize has an empty text.
            members[member.key] = member.value.isNull ? "" : member.value
        }
        if path.count == 1 { value[path[0]] = .object(members) } else { setMetadata(path[1], .object(members)) }
    }
}

extension Value {
    fileprivate subscript(key: String, default initial: Value) -> Value {
        get { self[key] ?? initial }
        set { self[key] = newValue }
    }
}
