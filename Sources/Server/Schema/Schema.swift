import Manifests

/// The shape of a JSON value, for the OpenAPI document. Only as much as the API needs.
indirect enum Schema: Sendable {
    case string
    case choice([String])
    /// RFC 3339, UTC.
    case time
    case integer
    case boolean
    case array(Schema)
    /// Of names that are not known before to values of one shape.
    case map(Schema)
    case object([Field])
    /// One of `Schemas.components`.
    case named(String)

    struct Field: Sendable {
        let name: String
        let schema: Schema
        var isRequired = true
        var note = ""
    }

    var value: Value {
        switch self {
        case .string: ["type": "string"]
        case .choice(let choices): ["type": "string", "enum": .array(choices.map(Value.string))]
        case .time: ["type": "string", "format": "date-time"]
        case .integer: ["type": "integer", "format": "int64"]
        case .boolean: ["type": "boolean"]
        case .array(let element): ["type": "array", "items": element.value]
        case .map(let element): ["type": "object", "additionalProperties": element.value]
        case .object(let fields): Self.value(of: fields)
        case .named(let name): ["$ref": .string("#/components/schemas/\(name)")]
        }
    }

    private static func value(of fields: [Field]) -> Value {
        let properties = fields.map { field in
            var value = field.schema.value
            if !field.note.isEmpty { value["description"] = .string(field.note) }
            return (field.name, value)
        }
        var value: Value = ["type": "object", "properties": .object(Object(properties))]
        let required = fields.filter(\.isRequired).map { Value.string($0.name) }
        if !required.isEmpty { value["required"] = .array(required) }
        return value
    }
}

extension Schema.Field {
    static func field(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, note: note)
    }

    static func optional(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, isRequired: false, note: note)
    }
}
