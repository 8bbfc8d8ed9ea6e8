import Manifests

/// Values as JSON, YAML and TOML, and bytes as text.
enum EncodingFunctions {
    static let functions: [String: GoFunction] = json.merging(yaml) { $1 }.merging(bytes) { $1 }

    private static let json: [String: GoFunction] = [
        "toJson": GoFunction([.any]) { .text((try? GoJSON.encode($0[0])) ?? []) },
        "mustToJson": GoFunction([.any]) { .text(try GoJSON.encode($0[0])) },
        "toPrettyJson": GoFunction([.any]) { .text((try? GoJSON.encode($0[0], indent: "  ")) ?? []) },
        "mustToPrettyJson": GoFunction([.any]) { .text(try GoJSON.encode($0[0], indent: "  ")) },
        "toRawJson": GoFunction([.any]) { .text((try? GoJSON.encode($0[0], escapesHTML: false)) ?? []) },
        "mustToRawJson": GoFunction([.any]) { .text(try GoJSON.encode($0[0], escapesHTML: false)) },
        "fromJson": GoFunction([.string]) { arguments in
            decoded { try GoJSONText.parse(arguments.bytes(0)) }
        },
        "fromJsonArray": GoFunction([.string]) { arguments in
            decodedList { try GoJSONText.parse(arguments.bytes(0)) }
        },
        "mustFromJson": GoFunction([.string]) { arguments in
            GoValue(try GoJSONText.parse(arguments.bytes(0)))
        },
    ]

    private static let yaml: [String: GoFunction] = [
        "toYaml": GoFunction([.any]) { .text((try? GoYAML.encode($0[0])) ?? []) },
        "mustToYaml": GoFunction([.any]) { .text(try GoYAML.encode($0[0])) },
        "toYamlPretty": GoFunction([.any]) { .text((try? GoYAML.encode($0[0], isPretty: true)) ?? []) },
        "fromYaml": GoFunction([.string]) { arguments in
            decoded(prefix: yamlMismatch) { try GoYAML.first(arguments.bytes(0)) }
        },
        "fromYamlArray": GoFunction([.string]) { arguments in
            decodedList(prefix: yamlMismatch) { try GoYAML.first(arguments.bytes(0)) }
        },
        "toToml": GoFunction([.any]) { arguments in
            // Nothing at all is no error of the encoder, which would be the text, but one of the call.
            if arguments[0].isAbsent { return .string(try TOMLWriter.text(arguments[0])) }
            do { return .string(try TOMLWriter.text(arguments[0])) } catch let error as GoError { return .string(error.message) }
        },
        "mustToToml": GoFunction([.any]) { .string(try TOMLWriter.text($0[0])) },
        "fromToml": GoFunction([.string]) { arguments in
            do { return .map(try TOMLParser.parse(arguments.bytes(0))) } catch let error as GoError {
                return .map(GoMap([("Error", .string(error.message))]))
            }
        },
    ]

    private static let bytes: [String: GoFunction] = [
        "b64enc": GoFunction([.string]) { .text(Base64Text.encode($0.bytes(0))) },
        "b64dec": GoFunction([.string]) { arguments in
            switch Base64Text.decode(arguments.bytes(0)) {
            case .success(let bytes): .text(bytes)
            case .failure(let error): .string("illegal base64 data at input byte \(error.offset)")
            }
        },
        "b32enc": GoFunction([.string]) { .text(Base32Text.encode($0.bytes(0))) },
        "b32dec": GoFunction([.string]) { arguments in
            switch Base32Text.decode(arguments.bytes(0)) {
            case .success(let bytes): .text(bytes)
            case .failure(let error): .string("illegal base32 data at input byte \(error.offset)")
            }
        },
    ]

    private static let yamlMismatch = "error unmarshaling JSON: while decoding JSON: "

    /// A map, or what is wrong with the text under the key `Error`. `null` of JSON leaves no map at all.
    private static func decoded(prefix: String? = nil, _ read: () throws -> Value) -> GoValue {
        do {
            switch try read() {
            case .object(let object): return .map(GoMap(object))
            case .null: return .map(GoMap(isNil: prefix == nil))
            case let other: return .map(GoMap([("Error", .string((prefix ?? "") + mismatch(other, "map[string]interface {}")))]))
            }
        } catch { return .map(GoMap([("Error", .string(message(error)))])) }
    }

    private static func decodedList(prefix: String? = nil, _ read: () throws -> Value) -> GoValue {
        do {
            switch try read() {
            case .array(let elements): return .list(elements.map { GoValue($0) })
            case .null: return .list(GoList([], isNil: prefix == nil))
            case let other: return .list([.string((prefix ?? "") + mismatch(other, "[]interface {}"))])
            }
        } catch { return .list([.string(message(error))]) }
    }

    private static func message(_ error: any Error) -> String {
        (error as? ManifestError)?.message ?? (error as? GoError)?.message ?? "\(error)"
    }

    private static func mismatch(_ value: Value, _ type: String) -> String {
        let name =
            switch value {
            case .object: "object"
            case .array: "array"
            case .string: "string"
            case .bool: "bool"
            default: "number"
            }
        return "json: cannot unmarshal \(name) into Go value of type \(type)"
    }
}

/// YAML as Helm writes and reads it: by way of JSON.
enum GoYAML {
    static func encode(_ value: GoValue, isPretty: Bool = false) throws -> [UInt8] {
        let tree = try GoJSON.tree(value, keepsFloats: isPretty)
        let text = isPretty ? YAML.serialize(indented: tree) : YAML.serialize(tree)
        let bytes = Array(text.utf8)
        return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
    }

    /// The first document of a stream.
    ///
    /// Throws `GoError` in go-yaml's words for what is no YAML, and `ManifestError` for what else is wrong with it.
    static func first(_ bytes: [UInt8]) throws -> Value {
        do { return try YAML.first(bytes, file: "YAML", dialect: .helm) ?? .null } catch {
            guard let problem = YAML.problem(in: bytes) else { throw error }
            throw GoError("error converting YAML to JSON: yaml: \(problem)")
        }
    }
}
