/// Values as TOML, as Helm's `toToml` writes them.
struct TOMLWriter {
    private var lines: [String] = []

    static func text(_ value: GoValue) throws -> String {
        if value.isAbsent { throw GoError("reflect: call of reflect.Value.Type on zero Value") }
        if value.tomlMap == nil, isTable(value) { throw GoError("toml: top-level values must be Go maps or structs") }
        guard let map = value.tomlMap else { return try inline(value) }
        var writer = TOMLWriter()
        try writer.table(map, path: [])
        return writer.lines.map { $0 + "\n" }.joined()
    }

    private mutating func table(_ map: [(String, GoValue)], path: [String]) throws {
        guard path.count < 100 else { throw GoError("toml: nested too deeply") }
        let indent = String(repeating: "  ", count: path.count)
        let kept = map.filter { !$0.1.isNilInTOML }
        for (key, value) in kept where !Self.isTable(value) {
            lines.append("\(indent)\(Self.key(key)) = \(try Self.inline(value))")
        }
        for (key, value) in kept where Self.isTable(value) {
            if let inner = value.tomlMap {
                header("[", path + [key], "]")
                try table(inner, path: path + [key])
            } else {
                for element in value.listContent?.elements ?? [] {
                    header("[[", path + [key], "]]")
                    try table(element.tomlMap ?? [], path: path + [key])
                }
            }
        }
    }

    private mutating func header(_ open: String, _ path: [String], _ close: String) {
        if path.count == 1 || open == "[[", !lines.isEmpty { lines.append("") }
        let indent = String(repeating: "  ", count: path.count - 1)
        lines.append(indent + open + path.map(Self.key).joined(separator: ".") + close)
    }

    /// A map, or a list of nothing but maps.
    private static func isTable(_ value: GoValue) -> Bool {
        if value.tomlMap != nil { return !value.isNilInTOML }
        guard let list = value.listContent, !list.elements.isEmpty else { return false }
        return list.elements.allSatisfy { $0.tomlMap != nil && !$0.isNilInTOML }
    }

    private static func inline(_ value: GoValue) throws -> String {
        switch value {
        case .none, .null: throw GoError("toml: cannot encode a nil value")
        case .bool, .int: return GoFormat.print(value)
        case .float(let number): return float(number)
        case .string(let text): return quoted(text)
        case .binary(let bytes): return quoted(GoJSON.repaired(bytes))
        case .time(let time): return GoJSON.timeText(time)
        default: break
        }
        if let list = value.listContent {
            if list.elements.contains(where: \.isNilInTOML) { throw GoError("toml: cannot encode array with nil element") }
            return "[" + (try list.elements.map(inline)).joined(separator: ", ") + "]"
        }
        let members = value.tomlMap ?? []
        let (plain, tables) = (members.filter { !isTable($0.1) }, members.filter { isTable($0.1) })
        return "{" + (try inline(plain, isLast: tables.isEmpty)) + (try inline(tables, isLast: true)) + "}"
    }

    /// A comma follows by the place among all members, also those that are left out for being nil.
    private static func inline(_ members: [(String, GoValue)], isLast: Bool) throws -> String {
        var result = ""
        for (index, (name, value)) in members.enumerated() where !value.isNilInTOML {
            result += "\(key(name)) = \(try inline(value))"
            if !isLast || index != members.count - 1 { result += ", " }
        }
        return result
    }

    private static func float(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "+inf" }
        let text = GoFloat.shortest(number)
        return text.contains(".") || text.contains("e") ? text : text + ".0"
    }

    private static func key(_ key: String) -> String {
        let isBare = key.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F || $0 == 0x2D
        }
        return isBare && !key.isEmpty ? key : quoted(key)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "\\u" + GoQuote.hex(scalar.value, digits: 4)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension GoValue {
    fileprivate var isNilInTOML: Bool {
        switch self {
        case .map(let map): map.isNil
        case .list(let list): list.isNil
        default: isAbsent
        }
    }

    fileprivate var tomlMap: [(String, GoValue)]? {
        if let map = mapContent { return map.entries.map { ($0.key, $0.value) } }
        if case .object(let object) = self, case .structure(let fields) = object.content {
            return fields.map { ($0.name, $0.value) }
        }
        return nil
    }
}
