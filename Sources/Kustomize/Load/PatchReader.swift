import Manifests
import Model

/// Reads what a kustomization says of its patches.
enum PatchReader {
    static let fields: Set<String> = ["path", "patch", "target", "options"]

    /// An entry of `patches:`, whose text is read without white space around it: a block of text at its end loses its newline.
    static func rule(_ fields: FieldReader, _ path: String) throws -> PatchRule {
        try rule(fields, path, text: try fields.string("patch").trimmed)
    }

    private static func rule(_ fields: FieldReader, _ path: String, text: String) throws -> PatchRule {
        let file = try fields.string("path")
        guard text.isEmpty != file.isEmpty else {
            throw fields.error("\(path) needs either a patch or the path of one, and not both.")
        }
        let options = try fields.mapping("options", known: ["allowNameChange", "allowKindChange"]) {
            (try $0.bool("allowNameChange"), try $0.bool("allowKindChange"))
        }
        let target = try fields.mapping("target", known: Selector.fields) { try Selector($0) }
        return PatchRule(
            field: path, text: text, path: file, target: target,
            allowsNameChange: options?.0 ?? false, allowsKindChange: options?.1 ?? false
        )
    }

    /// An entry of `patchesJson6902:`, which has to say to which object it applies.
    static func namedRule(_ fields: FieldReader, _ path: String) throws -> PatchRule {
        let rule = try rule(fields, path, text: try fields.string("patch"))
        guard rule.target?.name.isEmpty == false else { throw fields.error("\(path) needs target.name.") }
        return rule
    }

    /// The entries of `patchesStrategicMerge:`, each a patch or the path of one.
    static func strategicMerges(_ key: String, of fields: FieldReader) throws -> [PatchRule] {
        try fields.values(key).map { item in
            guard let text = item.value.string else {
                throw fields.error(
                    "The field \(item.path) must be the path of a patch, or a patch as text, but is \(item.value.typeName).")
            }
            // Text of several lines, or with a mapping's colon, can only be a patch.
            let isInline = text.contains("\n") || text.contains(": ")
            return PatchRule(field: item.path, text: isInline ? text : "", path: isInline ? "" : text, target: nil)
        }
    }
}

extension String {
    /// Without white space around it.
    fileprivate var trimmed: String {
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: isText), let last = unicodeScalars.lastIndex(where: isText) else {
            return ""
        }
        return String(unicodeScalars[first...last])
    }
}
