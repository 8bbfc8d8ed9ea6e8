/// `eq` and `lt` as Go's templates have them: numbers of one kind only, and no lists or maps.
enum Comparison {
    private enum Kind: Equatable { case bool, int, unsigned, float, string, other }

    private static func kind(_ value: GoValue) -> Kind {
        switch value {
        case .bool: .bool
        case .int(_, let type): type.isSigned ? .int : .unsigned
        case .float: .float
        case .string, .binary: .string
        case .object(let object): if case .int = object.content { .int } else { .other }
        default: .other
        }
    }

    static func isEqual(_ arguments: GoArguments) throws -> Bool {
        guard arguments.count > 1 else { throw GoError("missing argument for comparison") }
        for other in arguments.rest(1) where try isEqual(arguments[0], other) { return true }
        return false
    }

    private static func isEqual(_ left: GoValue, _ right: GoValue) throws -> Bool {
        let kinds = (kind(left), kind(right))
        guard kinds.0 == kinds.1 else {
            switch (left, right) {
            case (.int(let a, let type), .int(let b, _)): return (type.isSigned ? a : b) >= 0 && a == b
            default:
                if left.isAbsent || right.isAbsent { return false }
                throw GoError("incompatible types for comparison: \(left.typeName) and \(right.typeName)")
            }
        }
        switch (left, right) {
        case (.bool(let a), .bool(let b)): return a == b
        case (.int(let a, _), .int(let b, _)): return a == b
        case (.float(let a), .float(let b)): return a == b
        case (.string(let a), .string(let b)): return Bytes.areEqual(a, b)
        default: break
        }
        if kinds.0 == .string { return left.bytes == right.bytes }
        return try isEqualOther(left, right)
    }

    private static func isEqualOther(_ left: GoValue, _ right: GoValue) throws -> Bool {
        if left.isAbsent || right.isAbsent { return left.isNilLike && right.isNilLike }
        for value in [right, left] where value.listContent != nil || value.mapContent != nil {
            if left.typeName != right.typeName {
                let texts = [left, right].map { String(decoding: GoFormat.format(Array("%s".utf8), [$0]), as: UTF8.self) }
                let types = "\(left.typeName), \(right.typeName)"
                throw GoError("non-comparable types \(texts[0]): \(types): \(GoFormat.print(right))")
            }
            let shown = String(decoding: GoFormat.format(Array("%s".utf8), [value]), as: UTF8.self)
            throw GoError("non-comparable type \(shown): \(value.typeName)")
        }
        if case .time(let a) = left, case .time(let b) = right { return a == b }
        return DeepEquality.areEqual(left, right)
    }

    static func isLess(_ left: GoValue, _ right: GoValue) throws -> Bool {
        let kinds = (kind(left), kind(right))
        guard kinds.0 == kinds.1 else {
            if case .int(let a, let type) = left, case .int(let b, _) = right {
                return type.isSigned ? a < 0 || UInt64(a) < UInt64(bitPattern: b) : b >= 0 && UInt64(bitPattern: a) < UInt64(b)
            }
            // Types that have no order at all are refused before types that do not fit each other.
            if kinds.0 == .other || kinds.1 == .other { throw GoError("invalid type for comparison") }
            throw GoError("incompatible types for comparison: \(left.typeName) and \(right.typeName)")
        }
        switch (left, right) {
        case (.int(let a, let type), .int(let b, _)): return type.isSigned ? a < b : UInt64(bitPattern: a) < UInt64(bitPattern: b)
        case (.float(let a), .float(let b)): return a < b
        case (.string(let a), .string(let b)): return Bytes.compare(a, b) < 0
        default: break
        }
        if kinds.0 == .string, let a = left.bytes, let b = right.bytes { return a.lexicographicallyPrecedes(b) }
        throw GoError("invalid type for comparison")
    }

    static func isLessOrEqual(_ left: GoValue, _ right: GoValue) throws -> Bool {
        let isLess = try isLess(left, right)
        return try isLess || isEqual(left, right)
    }
}

extension GoValue {
    /// A nil of any type.
    var isNilLike: Bool {
        switch self {
        case .none, .null: true
        case .list(let list): list.isNil
        case .map(let map): map.isNil
        default: false
        }
    }
}

/// Go's `reflect.DeepEqual`: types count, and a nil list is not an empty one.
enum DeepEquality {
    static func areEqual(_ left: GoValue, _ right: GoValue) -> Bool {
        switch (left, right) {
        case (.none, .none), (.none, .null), (.null, .none), (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.int(let a, let type), .int(let b, let other)): return a == b && type == other
        case (.float(let a), .float(let b)): return a == b
        case (.string(let a), .string(let b)): return Bytes.areEqual(a, b)
        case (.binary(let a), .binary(let b)): return a == b
        case (.list(let a), .list(let b)): return areEqual(a, b)
        case (.map(let a), .map(let b)): return areEqual(a, b)
        case (.time(let a), .time(let b)): return a == b
        case (.object(let a), .object(let b)): return a.typeName == b.typeName && areEqual(a.content, b.content)
        default: return false
        }
    }

    private static func areEqual(_ left: GoList, _ right: GoList) -> Bool {
        left.element == right.element && left.isNil == right.isNil && left.elements.count == right.elements.count
            && zip(left.elements, right.elements).allSatisfy { areEqual($0, $1) }
    }

    private static func areEqual(_ left: GoMap, _ right: GoMap) -> Bool {
        left.isSame(as: right) && left.kind == right.kind
            || left.kind == right.kind && left.isNil == right.isNil && left.count == right.count
                && zip(left.entries, right.entries).allSatisfy { Bytes.areEqual($0.key, $1.key) && areEqual($0.value, $1.value) }
    }

    private static func areEqual(_ left: GoObjectContent, _ right: GoObjectContent) -> Bool {
        switch (left, right) {
        case (.structure(let a), .structure(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && areEqual($0.value, $1.value) }
        case (.list(let a), .list(let b)): areEqual(a, b)
        case (.map(let a), .map(let b)): areEqual(a, b)
        case (.int(let a), .int(let b)): a == b
        default: false
        }
    }
}
