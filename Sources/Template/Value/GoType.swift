/// The types that functions ask of their arguments.
package enum GoType: Sendable {
    /// `interface {}`
    case any
    /// `reflect.Value`: takes anything, an invalid value too.
    case reflect
    case string, int, int64, uint32, bool, float
    /// `map[string]interface {}`
    case map
    /// `common.Values`
    case values
    /// `[]interface {}`
    case list
    case time
    /// `sprig.certificate`
    case certificate

    var name: String {
        switch self {
        case .any: "interface {}"
        case .reflect: "reflect.Value"
        case .string: "string"
        case .int: "int"
        case .int64: "int64"
        case .uint32: "uint32"
        case .bool: "bool"
        case .float: "float64"
        case .map: "map[string]interface {}"
        case .values: "common.Values"
        case .list: "[]interface {}"
        case .time: "time.Time"
        case .certificate: "sprig.certificate"
        }
    }

    /// Whether an untyped nil is a value of it.
    var canBeNil: Bool {
        switch self {
        case .any, .reflect, .map, .values, .list: true
        default: false
        }
    }

    /// Its nil, for those that have one.
    var zero: GoValue {
        switch self {
        case .any: .null
        case .map: .map(GoMap(.any, isNil: true))
        case .values: .map(GoMap(.values, isNil: true))
        case .list: .list(GoList([], isNil: true))
        default: .none
        }
    }

    func accepts(_ value: GoValue) -> Bool {
        switch (self, value) {
        case (.any, _), (.reflect, _): true
        case (.string, .string), (.string, .binary), (.bool, .bool), (.float, .float), (.time, .time): true
        case (.int, .int(_, .int)), (.int64, .int(_, .int64)): true
        case (.map, .map(let map)), (.values, .map(let map)): map.kind == .any || map.kind == .values
        case (.list, .list(let list)): list.element == .any
        case (.certificate, .object(let object)): object.typeName == name
        default: false
        }
    }
}

extension GoValue {
    /// As Go's `%T` prints it.
    package var typeName: String {
        switch self {
        case .none, .null: "<nil>"
        case .bool: "bool"
        case .int(_, let type): type.name
        case .float: "float64"
        case .string, .binary: "string"
        case .list(let list): list.typeName
        case .map(let map): map.typeName
        case .time: "time.Time"
        case .object(let object): object.typeName
        }
    }

    /// As Go's `reflect.Kind` prints it.
    package var kindName: String {
        switch self {
        case .none, .null: "invalid"
        case .bool: "bool"
        case .int(_, let type): type.name
        case .float: "float64"
        case .string, .binary: "string"
        case .list: "slice"
        case .map: "map"
        case .time: "struct"
        case .object(let object):
            switch object.content {
            case .structure: object.typeName.hasPrefix("*") ? "ptr" : "struct"
            case .list: "slice"
            case .map: "map"
            case .int: "int"
            }
        }
    }

    /// Truth as `if` and sprig's `empty` have it.
    package var isTrue: Bool {
        switch self {
        case .none, .null: false
        case .bool(let value): value
        case .int(let value, _): value != 0
        case .float(let value): value != 0
        case .string(let value): !value.isEmpty
        case .binary(let value): !value.isEmpty
        case .list(let list): !list.elements.isEmpty
        case .map(let map): map.count > 0
        case .time: true
        case .object(let object):
            switch object.content {
            case .structure: true
            case .list(let list): !list.elements.isEmpty
            case .map(let map): map.count > 0
            case .int(let value): value != 0
            }
        }
    }

    var isNone: Bool { if case .none = self { true } else { false } }

    /// Neither a value nor a nil interface.
    package var isAbsent: Bool {
        switch self {
        case .none, .null: true
        default: false
        }
    }

    /// The list that a value is, whatever its type is called.
    package var listContent: GoList? {
        switch self {
        case .list(let list): return list
        case .object(let object): if case .list(let list) = object.content { return list } else { return nil }
        default: return nil
        }
    }

    package var mapContent: GoMap? {
        switch self {
        case .map(let map): return map
        case .object(let object): if case .map(let map) = object.content { return map } else { return nil }
        default: return nil
        }
    }

    /// The bytes of a string, or nil for another type.
    package var bytes: [UInt8]? {
        switch self {
        case .string(let text): Array(text.utf8)
        case .binary(let bytes): bytes
        default: nil
        }
    }
}

extension GoList {
    var typeName: String {
        switch element {
        case .any: "[]interface {}"
        case .string: "[]string"
        case .int: "[]int"
        case .byte: "[]uint8"
        case .map: "[]map[string]interface {}"
        case .list: "[][]interface {}"
        }
    }
}

extension GoMap {
    var typeName: String {
        switch kind {
        case .any: "map[string]interface {}"
        case .values: "common.Values"
        case .string: "map[string]string"
        case .bytes: "map[string][]uint8"
        }
    }

    /// What a look-up of a missing key gives.
    var zeroElement: GoValue {
        switch kind {
        case .any, .values: .null
        case .string: .string("")
        case .bytes: .list(GoList([], of: .byte, isNil: true))
        }
    }
}
