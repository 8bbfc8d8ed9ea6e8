import Manifests
import Model

/// Reads host manifests strictly: an unknown field, a wrong type and a path that leads out are errors with the place.
enum HostObjectReader {
    static func read(_ manifest: Manifest) throws -> (key: ResourceKey, object: HostObject) {
        guard manifest.group == HostKind.group else {
            throw PlumbError(
                .unsupported,
                "A host takes objects of \(HostKind.apiVersion) only, not \(manifest.kind.quoted) of \(manifest.apiVersion.quoted).",
                remedy: "Set target.name to the platform that it is for.", at: manifest.origin)
        }
        guard manifest.apiVersion == HostKind.apiVersion else {
            throw PlumbError(
                .unsupported, "There is no version \(manifest.apiVersion.quoted).", remedy: "Use \(HostKind.apiVersion).",
                at: manifest.origin)
        }
        guard let kind = HostKind(rawValue: manifest.kind) else {
            let kinds = HostKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlumbError(
                .invalid, "\(HostKind.apiVersion) has no kind \(manifest.kind.quoted); it has: \(kinds).", at: manifest.origin)
        }
        let reader = ObjectReader(manifest.value, kind.rawValue, at: manifest.origin)
        _ = try reader.string("apiVersion")
        _ = try reader.string("kind")
        let name = try readName(try reader.require("metadata"), manifest.origin)
        let spec = ObjectReader(try reader.require("spec"), "spec", at: manifest.origin)
        try reader.finish()
        return (kind.key(name), try located(manifest.origin) { try read(kind, spec) })
    }

    private static func read(_ kind: HostKind, _ spec: ObjectReader) throws -> HostObject {
        let object: HostObject =
            switch kind {
            case .file:
                .file(
                    FileSpec(
                        path: try spec.path("path"), content: try readContent(spec), mode: try spec.mode(),
                        owner: try spec.owner("owner")))
            case .directory:
                .directory(DirectorySpec(path: try spec.path("path"), mode: try spec.mode(), owner: try spec.owner("owner")))
            case .process: .process(try ProcessReader.read(spec))
            }
        try spec.finish()
        return object
    }

    private static func readName(_ value: Value, _ origin: Origin) throws -> String {
        let metadata = ObjectReader(value, "metadata", at: origin)
        let name = try metadata.string("name")
        try metadata.refuse("namespace", "a host has no namespaces.")
        for field in ["annotations", "labels"] {
            for member in try metadata.optionalObject(field)?.object ?? Object() where member.value.string == nil {
                throw metadata.error("metadata.\(field).\(member.key) has to be a string, and is \(member.value.typeName).")
            }
        }
        try metadata.finish()
        guard isName(name) else {
            throw PlumbError(
                .invalid, "\(name.quoted) cannot name an object.",
                remedy: "Use up to 200 lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit.",
                at: origin)
        }
        return name
    }

    /// A name becomes that of a file in Plumb's own directory.
    static func isName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        let isAlphanumeric: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 200, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 }
    }

    private static func readContent(_ spec: ObjectReader) throws -> FileSpec.Content {
        switch (try spec.optionalString("content"), try spec.optionalString("source")) {
        case (let content?, nil): return .inline(content)
        case (nil, let source?): return .source(source)
        case (nil, nil): throw spec.error("spec needs either content or source: what the file holds\(spec.present).")
        case (_?, _?): throw spec.error("spec has both content and source; a file has one of them.")
        }
    }

    /// Adds the place to an error that does not have one.
    static func located<Result>(_ origin: Origin, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch var error as PlumbError {
            error.origin = error.origin ?? origin
            throw error
        }
    }
}

extension ObjectReader {
    func path(_ key: String) throws -> HostPath { try HostPath(try string(key)) }

    func optionalPath(_ key: String) throws -> HostPath? { try optionalString(key).map { try HostPath($0) } }

    func owner(_ key: String) throws -> Owner? {
        try optionalString(key).map { text in
            guard let owner = Owner(text) else { throw error("spec.\(key) is \(text.quoted), and has to be user or user:group.") }
            return owner
        }
    }

    /// Octal digits in quotes. Bare, `0644` is a number that YAML versions read differently.
    func mode() throws -> UInt32? {
        guard let value = try value("mode") else { return nil }
        guard let text = value.string else {
            throw error("spec.mode has to be a string such as \"0644\", in quotes, and is \(value.typeName).")
        }
        guard (3...4).contains(text.utf8.count), let mode = UInt32(text, radix: 8), text.utf8.allSatisfy({ (48...55).contains($0) })
        else {
            throw error("spec.mode is \(text.quoted), and has to be three or four octal digits, such as \"0644\".")
        }
        return mode
    }
}
