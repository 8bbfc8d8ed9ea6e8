import Manifests

/// Names generated objects after their content, so that a change of it rolls out whatever uses them.
enum NameHash {
    static func apply(to set: inout ResourceSet) throws {
        for index in set.resources.indices where set.resources[index].needsHash {
            let hash = hash(of: set.resources[index].value)
            set.resources[index].rememberID()
            set.resources[index].name += "-" + hash
        }
    }

    /// The suffix that Kustomize gives: of the JSON of kind and data, with an empty name.
    static func hash(of value: Value) -> String {
        var content: Value = ["kind": value["kind"] ?? "", "name": "", "data": nonNull(value["data"]) ?? ""]
        if value["kind"] == "Secret" {
            content["type"] = value["type"] ?? ""
            if value["stringData"]?.object != nil { content["stringData"] = value["stringData"] }
        } else if value["binaryData"]?.object != nil {
            content["binaryData"] = value["binaryData"]
        }
        return encoded(Digest(bytes: escapedForHTML(JSON.serialize(content))).hex)
    }

    private static func nonNull(_ value: Value?) -> Value? { value.flatMap { $0.isNull ? nil : $0 } }

    /// Go escapes these three by default; in JSON they occur only inside of strings.
    private static func escapedForHTML(_ json: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        for byte in json {
            switch byte {
            case UInt8(ascii: "<"): result += Array(#"\u003c"#.utf8)
            case UInt8(ascii: ">"): result += Array(#"\u003e"#.utf8)
            case UInt8(ascii: "&"): result += Array(#"\u0026"#.utf8)
            default: result.append(byte)
            }
        }
        return result
    }

    /// Ten characters without vowels and what looks like them, so that no word comes out.
    private static func encoded(_ hex: String) -> String {
        let replacements: [Character: Character] = ["0": "g", "1": "h", "3": "k", "a": "m", "e": "t"]
        return String(hex.prefix(10).map { replacements[$0] ?? $0 })
    }
}
