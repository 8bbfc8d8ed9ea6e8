/// `len`, `index` and `slice` as Go's templates have them.
enum Indexing {
    static func length(_ value: GoValue) throws -> Int {
        if let bytes = value.bytes { return bytes.count }
        if let list = value.listContent { return list.elements.count }
        if let map = value.mapContent { return map.count }
        if value.isAbsent {
            throw GoError(value.isNone ? "reflect: call of reflect.Value.Type on zero Value" : "len of nil pointer")
        }
        throw GoError("len of type \(value.typeName)")
    }

    static func index(_ value: GoValue, by keys: ArraySlice<GoValue>) throws -> GoValue {
        if case .none = value { throw GoError("index of untyped nil") }
        if case .null = value { throw GoError("index of untyped nil") }
        var item = value
        for key in keys {
            if let list = item.listContent {
                item = list.elements[try place(key, in: list.elements.count, of: "slice")]
            } else if let bytes = item.bytes {
                item = .int(Int64(bytes[try place(key, in: bytes.count, of: "string")]), .uint8)
            } else if let map = item.mapContent {
                item = try look(up: key, in: map)
            } else if item.isAbsent {
                throw GoError("index of nil pointer")
            } else {
                throw GoError("can't index item of type \(item.typeName)")
            }
        }
        return item
    }

    private static func look(up key: GoValue, in map: GoMap) throws -> GoValue {
        switch key {
        case .string(let text): return map[text] ?? map.zeroElement
        case .binary: return map.zeroElement
        case .none, .null: throw GoError("value is nil; should be of type string")
        default: throw GoError("value has type \(key.typeName); should be string")
        }
    }

    private static func place(_ key: GoValue, in count: Int, of kind: String? = nil) throws -> Int {
        switch key {
        case .int(let number, _):
            guard number >= 0, number <= count else { throw GoError("index out of range: \(number)") }
            if let kind, number == count { throw GoError("reflect: \(kind) index out of range") }
            return Int(number)
        case .none, .null: throw GoError("cannot index slice/array with nil")
        default: throw GoError("cannot index slice/array with type \(key.typeName)")
        }
    }

    static func slice(_ value: GoValue, by keys: ArraySlice<GoValue>) throws -> GoValue {
        if value.isAbsent { throw GoError("slice of untyped nil") }
        guard keys.count <= 3 else { throw GoError("too many slice indexes: \(keys.count)") }
        let count: Int
        if let bytes = value.bytes {
            if keys.count == 3 { throw GoError("cannot 3-index slice a string") }
            count = bytes.count
        } else if let list = value.listContent {
            count = list.elements.count
        } else {
            throw GoError("can't slice item of type \(value.typeName)")
        }
        var bounds = [0, count]
        for (index, key) in keys.prefix(2).enumerated() { bounds[index] = try place(key, in: count) }
        guard bounds[0] <= bounds[1] else { throw GoError("invalid slice index: \(bounds[0]) > \(bounds[1])") }
        if let bytes = value.bytes { return .text(bytes[bounds[0]..<bounds[1]]) }
        guard var list = value.listContent else { return value }
        list.elements = Array(list.elements[bounds[0]..<bounds[1]])
        return .list(list)
    }
}
