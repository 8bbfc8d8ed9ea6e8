/// A value as Go's templates see it: what an interface holds, with the Go type that it would have there.
///
/// Not `Sendable`: maps are shared and changed in place, as templates expect of `set`.
package enum GoValue {
    /// Go's invalid value: the outcome of a pipeline that found nothing. Prints as `<no value>`.
    case none
    /// A nil interface.
    case null
    case bool(Bool)
    case int(Int64, GoIntType)
    case float(Double)
    case string(String)
    /// A string that is not UTF-8.
    case binary([UInt8])
    case list(GoList)
    case map(GoMap)
    case time(GoTime)
    case object(any GoObject)

    package static func int(_ value: Int) -> GoValue { .int(Int64(value), .int) }
    package static func int64(_ value: Int64) -> GoValue { .int(value, .int64) }

    /// A `[]interface {}`.
    package static func list(_ elements: [GoValue]) -> GoValue { .list(GoList(elements, of: .any)) }

    /// A `[]string`.
    package static func strings(_ elements: [String]) -> GoValue { .list(GoList(elements.map { .string($0) }, of: .string)) }

    /// The string of these bytes, whatever they are.
    package static func text(_ bytes: some Sequence<UInt8>) -> GoValue {
        let bytes = Array(bytes)
        return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .binary(bytes)
    }
}

/// The integer types that occur in templates. Unsigned ones keep their bits in an `Int64`.
package enum GoIntType: UInt8, Sendable {
    case int, int64, int32, uint8, uint64

    var isSigned: Bool { self != .uint8 && self != .uint64 }

    var name: String {
        switch self {
        case .int: "int"
        case .int64: "int64"
        case .int32: "int32"
        case .uint8: "uint8"
        case .uint64: "uint64"
        }
    }
}

/// A slice, with the type of its elements.
package struct GoList {
    package enum Element: UInt8, Sendable { case any, string, int, byte, map, list }

    package var elements: [GoValue]
    package var element: Element
    /// A nil slice prints as an empty one, and is `null` in JSON.
    package var isNil: Bool
    /// How many lists are inside each other at most, this one counted; what is in maps is not.
    let nesting: Int

    package init(_ elements: [GoValue], of element: Element = .any, isNil: Bool = false) {
        self.elements = elements
        self.element = element
        self.isNil = isNil
        nesting = elements.reduce(1) { if case .list(let list) = $1 { max($0, list.nesting + 1) } else { $0 } }
    }
}

/// What a template may call fields and methods of, beside maps.
package protocol GoObject {
    /// As Go's `%T` prints it.
    var typeName: String { get }
    var content: GoObjectContent { get }
    /// The method bound to this object, or nil.
    func method(_ name: String) -> GoMethod?
    /// What `String()` gives, for types that have it.
    var text: String? { get }
    /// What stands for it in JSON, for types that say so.
    var jsonText: String? { get }
    /// What is left of it as an argument of a function: a struct loses the methods of its pointer there.
    var boxed: any GoObject { get }
}

extension GoObject {
    package var text: String? { nil }
    package var jsonText: String? { nil }
    package var boxed: any GoObject { self }
    package func method(_ name: String) -> GoMethod? { nil }
}

/// What an object is underneath its type's name.
package enum GoObjectContent {
    /// The fields in the order of their declaration; a name in JSON where it differs.
    case structure([GoField])
    case list(GoList)
    case map(GoMap)
    case int(Int64)
}

package struct GoField {
    package let name: String
    package let jsonName: String
    package let omitsEmpty: Bool
    /// Go prints fields that no other package sees; JSON leaves them out.
    package let isPrivate: Bool
    package let value: GoValue

    package init(_ name: String, _ value: GoValue, jsonName: String? = nil, omitsEmpty: Bool = false, isPrivate: Bool = false) {
        self.isPrivate = isPrivate
        self.name = name
        self.jsonName = jsonName ?? name
        self.omitsEmpty = omitsEmpty
        self.value = value
    }
}
