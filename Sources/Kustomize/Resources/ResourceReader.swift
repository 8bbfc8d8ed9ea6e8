import Manifests
import Model

/// Turns the documents of a file into objects, as Kustomize reads them.
enum ResourceReader {
    /// The objects of a file. Lists (any kind that ends in `List`) are opened; their items come after the other documents.
    static func manifests(in documents: [YAML.Document], file: String) throws -> [Manifest] {
        var queue: [Manifest] = []
        for document in documents where !isEmpty(document.value) {
            queue.append(Manifest(value: document.value, origin: Origin(file: file, line: document.line)))
        }
        var result: [Manifest] = []
        var next = 0
        while next < queue.count {
            let manifest = queue[next]
            next += 1
            try check(manifest)
            // A list without items is an object like any other.
            guard manifest.kind.hasSuffix("List"), let items = manifest.value["items"] else {
                result.append(manifest)
                continue
            }
            switch items {
            case .null: break
            case .array(let items): queue += items.filter { !isEmpty($0) }.map { Manifest(value: $0, origin: manifest.origin) }
            default:
                throw PlumbError(
                    .invalid, "The items of a \(manifest.kind) must be a list, but are \(items.typeName).", at: manifest.origin)
            }
            guard queue.count <= KustomizeLimits.objects else {
                throw PlumbError(.limit, "\(file) holds more than \(KustomizeLimits.objects) objects.")
            }
        }
        return result
    }

    private static func isEmpty(_ value: Value) -> Bool { value.isNull || value == .object(Object()) }

    /// Throws where an object lacks what every object of a kustomization has: a kind and a name.
    static func check(_ manifest: Manifest) throws {
        func fail(_ message: String, _ remedy: String? = nil) -> PlumbError {
            PlumbError(.invalid, message, remedy: remedy, at: manifest.origin)
        }
        guard manifest.value.object != nil else {
            throw fail("An object must be a mapping, but this is \(manifest.value.typeName).")
        }
        guard !manifest.kind.isEmpty else {
            throw fail("This object has no kind.", "Give it one, or remove the file from the kustomization.")
        }
        if manifest.kind.hasSuffix("List") { return }
        guard manifest.value.at("metadata", "name")?.scalarText?.isEmpty == false else {
            throw fail("This \(manifest.kind) has no metadata.name.", "A kustomization needs the name of every object.")
        }
    }
}
