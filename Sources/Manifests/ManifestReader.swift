/// Turns the bytes of a file into manifests.
package enum ManifestReader {
    /// The objects of a YAML or JSON file, in the order they stand there; the items of a `List` stand for it.
    ///
    /// The format follows the name (`.json`, `.yaml`, `.yml`) or, with another name, the first character. Empty documents
    /// are skipped. Throws where the text cannot be read, and where a document is no object with `apiVersion`, `kind` and
    /// `metadata.name` or `metadata.generateName`.
    package static func manifests(inFile bytes: [UInt8], file: String, limits: YAML.Limits = YAML.Limits()) throws(ManifestError)
        -> [Manifest]
    {
        try manifests(in: try documents(inFile: bytes, file: file, limits: limits), file: file)
    }

    /// The objects in documents of a file. Throws as `manifests(inFile:)` does for a document that is no object.
    package static func manifests(in documents: [YAML.Document], file: String) throws(ManifestError) -> [Manifest] {
        var manifests: [Manifest] = []
        for document in documents {
            let manifest = Manifest(
                value: document.value, origin: Origin(file: file, line: document.line), templates: document.templates)
            try append(manifest, to: &manifests)
        }
        return manifests
    }

    /// The documents of a YAML or JSON file, whatever they hold; empty ones are left out.
    package static func documents(inFile bytes: [UInt8], file: String, limits: YAML.Limits = YAML.Limits()) throws(ManifestError)
        -> [YAML.Document]
    {
        let name = file.lowercased()
        let isJSON = name.hasSuffix(".json")
        let mayBeJSON = isJSON || bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        guard bytes.count <= limits.bytes else {
            throw ManifestError("the file has \(bytes.count) bytes; at most \(limits.bytes) are read", at: Origin(file: file))
        }
        if isJSON, bytes.allSatisfy({ $0 <= 0x20 }) { return [] }
        guard mayBeJSON else { return try YAML.parse(bytes, file: file, limits: limits) }
        do {
            let value = try JSON.parse(bytes, file: file)
            return value.isNull ? [] : [YAML.Document(value: value, line: bytes.line(at: bytes.firstIndex { $0 > 0x20 } ?? 0))]
        } catch {
            // JSON by its looks only: a flow mapping of YAML begins the same.
            if isJSON { throw error }
            return try YAML.parse(bytes, file: file, limits: limits)
        }
    }

    /// Throws where a manifest is no object with `apiVersion`, `kind` and a name, as reading one does.
    package static func check(_ manifest: Manifest) throws(ManifestError) {
        guard let object = manifest.value.object else {
            throw ManifestError(
                "this document is \(manifest.value.typeName), not an object with apiVersion and kind", at: manifest.origin)
        }
        try ManifestCheck(object: object, origin: manifest.origin).run()
    }

    private static func append(_ manifest: Manifest, to manifests: inout [Manifest]) throws(ManifestError) {
        guard let object = manifest.value.object, let items = try listItems(of: object, at: manifest.origin) else {
            try check(manifest)
            manifests.append(manifest)
            return
        }
        for (index, item) in items.enumerated() {
            let path: [ValuePath.Segment] = [.key("items"), .index(index)]
            let templates = manifest.templates.filter { $0.segments.starts(with: path) }.map {
                ValuePath(Array($0.segments.dropFirst(2)))
            }
            do {
                try append(Manifest(value: item, origin: manifest.origin, templates: Set(templates)), to: &manifests)
            } catch {
                // The line is that of the whole list.
                throw ManifestError("items[\(index)] of this list: \(error.message)", at: error.origin)
            }
        }
    }

    /// The items of a `List`, or of a typed one (`ConfigMapList`), whose items may leave their kind to it; nil for all else.
    private static func listItems(of object: Object, at origin: Origin) throws(ManifestError) -> [Value]? {
        guard let kind = object["kind"]?.string, kind.hasSuffix("List") else { return nil }
        guard let items = object["items"] else { return kind == "List" ? [] : nil }
        if items.isNull { return [] }
        guard let elements = items.array else {
            throw ManifestError("\"items\" of this \(kind) is \(items.typeName), not a list", at: origin)
        }
        guard kind != "List" else { return elements }
        return elements.map { element in
            guard element.object != nil else { return element }
            var element = element
            if element["kind"] == nil { element["kind"] = .string(String(kind.dropLast(4))) }
            if element["apiVersion"] == nil { element["apiVersion"] = object["apiVersion"] }
            return element
        }
    }
}

/// Checks what every later stage takes for granted about a manifest.
private struct ManifestCheck {
    let object: Object
    let origin: Origin

    func run() throws(ManifestError) {
        let apiVersion = try text("apiVersion", object["apiVersion"], in: "this document")
        guard apiVersion.utf8.count(where: { $0 == UInt8(ascii: "/") }) <= 1 else {
            throw error(
                "apiVersion \(apiVersion.quoted) has more than one \"/\"; it is written group/version, or version for the core group"
            )
        }
        let kind = try text("kind", object["kind"], in: "this document")
        guard let metadata = object["metadata"], !metadata.isNull else {
            throw error("this \(kind) has no metadata; write at least metadata.name")
        }
        guard let metadata = metadata.object else { throw error("metadata of this \(kind) is \(metadata.typeName), not a mapping") }
        let name = try name(in: metadata, of: kind)
        if let namespace = metadata["namespace"], !namespace.isNull {
            guard let text = namespace.string else { throw wrongType("metadata.namespace", namespace, of: "\(kind) \(name)") }
            try refuseControlCharacters(in: text, field: "metadata.namespace")
        }
        try checkStrings("labels", metadata["labels"], of: "\(kind) \(name)")
        try checkStrings("annotations", metadata["annotations"], of: "\(kind) \(name)")
    }

    private func name(in metadata: Object, of kind: String) throws(ManifestError) -> String {
        if let name = metadata["name"], !name.isNull { return try text("metadata.name", name, in: "this \(kind)") }
        guard let prefix = metadata["generateName"], !prefix.isNull else {
            throw error("this \(kind) has no metadata.name; write one, or metadata.generateName")
        }
        return try text("metadata.generateName", prefix, in: "this \(kind)")
    }

    private func text(_ field: String, _ value: Value?, in owner: String) throws(ManifestError) -> String {
        guard let value, !value.isNull else { throw error("\(owner) has no \(field)") }
        guard let text = value.string else { throw wrongType(field, value, of: owner) }
        guard !text.isEmpty else { throw error("\(field) of \(owner) is empty") }
        try refuseControlCharacters(in: text, field: field)
        return text
    }

    /// Labels and annotations: a number that was meant as a string is the commonest slip of all.
    private func checkStrings(_ field: String, _ value: Value?, of owner: String) throws(ManifestError) {
        guard let value, !value.isNull else { return }
        guard let members = value.object else { throw error("metadata.\(field) of \(owner) is \(value.typeName), not a mapping") }
        for member in members where member.value.string == nil && !member.value.isNull {
            throw wrongType("the value of \(member.key.quoted) in metadata.\(field)", member.value, of: owner)
        }
    }

    private func refuseControlCharacters(in text: String, field: String) throws(ManifestError) {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return }
        throw error("\(field) \(text.quoted) has a control character in it")
    }

    private func wrongType(_ field: String, _ value: Value, of owner: String) -> ManifestError {
        let remedy =
            switch value {
            case .integer, .double, .bool: "; put it in quotes"
            default: ""
            }
        return error("\(field) of \(owner) is \(value.typeName), not a string\(remedy)")
    }

    private func error(_ message: String) -> ManifestError { ManifestError(message, at: origin) }
}
