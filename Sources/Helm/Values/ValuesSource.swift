package import Manifests
import Model
import Template

/// Where a user's values come from, in the order in which they count: a later one over an earlier one.
package enum ValuesSource: Sendable {
    /// A values file.
    case file([UInt8], name: String)
    /// Values written out, as in an Application.
    case object(Object)
    /// `--set a.b=1`
    case set(String)
    /// `--set-string a.b=1`
    case setString(String)
    /// `--set-json a.b={"c":1}`, or a whole object
    case setJSON(String)
    /// `--set-literal a.b=…`
    case setLiteral(String)
    /// One value at a path such as `a.b[0]`, which `what` names in errors: the whole text, typed by its look as `--set` types it,
    /// and text where it is in quotes or literal.
    case single(path: String, text: String, isLiteral: Bool, what: String)
    /// `--set-file a.b=FILE`, the file read by the caller.
    case setFile(key: String, content: [UInt8])

    /// The values of all sources together, as a tree. Throws `invalid`.
    package static func merged(_ sources: [ValuesSource]) throws -> Object { try merge(sources).object }

    static func merge(_ sources: [ValuesSource]) throws -> GoMap {
        let values = GoMap()
        for source in sources { try source.apply(to: values) }
        return values
    }

    private func apply(to values: GoMap) throws {
        switch self {
        case .file(let bytes, let name): Self.overlay(GoMap(try ValuesFile.parse(bytes, file: name)), on: values)
        case .object(let object): Self.overlay(GoMap(object), on: values)
        case .set(let text): try SetExpression.apply(text, kind: .typed, flag: "--set", to: values)
        case .setString(let text): try SetExpression.apply(text, kind: .string, flag: "--set-string", to: values)
        case .setLiteral(let text): try SetExpression.apply(text, kind: .literal, flag: "--set-literal", to: values)
        case .single(let path, let text, let isLiteral, let what):
            try SetExpression.apply(text, at: path, isLiteral: isLiteral, what: what, to: values)
        case .setFile(let key, let content):
            let marked = GoMap()
            try SetExpression.apply("\(key)=", kind: .string, flag: "--set-file", to: marked)
            Self.overlay(Self.replacingEmpty(marked, with: .text(content)), on: values)
        case .setJSON(let text):
            if text.trimmed.hasPrefix("{") {
                guard case .object(let object) = try JSON.parse(Array(text.utf8), file: "--set-json", lastKeyCounts: true) else {
                    return
                }
                Self.overlay(GoMap(object), on: values)
            } else {
                try SetExpression.apply(text, kind: .json, flag: "--set-json", to: values)
            }
        }
    }

    private static func replacingEmpty(_ map: GoMap, with content: GoValue) -> GoMap {
        let result = GoMap()
        for entry in map.entries {
            if case .map(let inner) = entry.value {
                result[entry.key] = .map(replacingEmpty(inner, with: content))
            } else {
                result[entry.key] = content
            }
        }
        return result
    }

    /// Maps are merged; everything else, null too, replaces what was there.
    private static func overlay(_ new: GoMap, on values: GoMap) {
        for entry in new.entries {
            if case .map(let inner) = entry.value, case .map(let own)? = values[entry.key] {
                overlay(inner, on: own)
            } else {
                values[entry.key] = entry.value
            }
        }
    }
}
