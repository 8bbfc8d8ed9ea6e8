import Manifests

/// Reads `render.helm.valuesFrom` of a source.
enum ValuesReferenceReader {
    private static let limit = 50

    static func references(from settings: ObjectReader) throws -> [HelmSettings.ValuesReference] {
        let values = try settings.optionalArray("valuesFrom") ?? []
        guard values.count <= limit else { throw settings.error("render.helm.valuesFrom has more than \(limit) entries.") }
        return try values.enumerated().map { index, value in
            try reference(from: ObjectReader(value, "render.helm.valuesFrom[\(index)]", at: settings.origin))
        }
    }

    private static func reference(from reader: ObjectReader) throws -> HelmSettings.ValuesReference {
        let kind = try reader.choice("kind", HelmSettings.ValuesReference.Kind.self)
        var reference = HelmSettings.ValuesReference(kind: kind, name: try reader.string("name"))
        reference.key = try reader.optionalString("key") ?? reference.key
        reference.targetPath = try reader.optionalString("targetPath")
        reference.isLiteral = try reader.optionalBool("literal") ?? false
        reference.isOptional = try reader.optionalBool("optional") ?? false
        try reader.refuse("valuesKey", "write it as key.")
        try reader.finish()
        guard isName(reference.name) else {
            throw reader.error("\(reference.name.quoted) cannot name a \(kind.rawValue).")
        }
        guard !reference.key.isEmpty else { throw reader.error("The key of \(kind.rawValue) \(reference.name) is empty.") }
        if let path = reference.targetPath {
            guard !path.isEmpty, !path.utf8.contains(where: { $0 < 0x20 || "=,{}".utf8.contains($0) }) else {
                throw reader.error("The targetPath is \(path.quoted), and has to be a path such as image.tag or hosts[0].name.")
            }
        } else if reference.isLiteral {
            throw reader.error("literal is for one value, which targetPath places.")
        }
        return reference
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 253
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
            && name.utf8.first != 46
    }
}
