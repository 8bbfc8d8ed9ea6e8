/// The methods of Helm's type for values.
enum ValuesMethods {
    private static let names: Set<String> = ["AsMap", "Table", "PathValue", "YAML"]

    static func method(_ name: String, of map: GoMap) -> GoMethod? {
        guard names.contains(name) else { return nil }
        switch name {
        case "AsMap": return GoMethod { _ in .map(GoMap(viewing: map, as: .any)) }
        case "YAML": return GoMethod { _ in .text(try GoYAML.encode(.map(map)) + [0x0A]) }
        case "Table":
            return GoMethod([.string]) { arguments in
                guard let value = look(up: arguments.string(0), in: map), case .map(let found) = value else {
                    throw GoError("\(GoQuote.double(arguments.bytes(0))) is not a table")
                }
                return .map(GoMap(viewing: found, as: .values))
            }
        default:
            return GoMethod([.string]) { arguments in
                guard let value = look(up: arguments.string(0), in: map), value.mapContent == nil else {
                    throw GoError("\(GoQuote.double(arguments.bytes(0))) is not a value")
                }
                return value
            }
        }
    }

    private static func look(up path: String, in map: GoMap) -> GoValue? {
        var value = GoValue.map(map)
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            guard case .map(let map) = value, let next = map[String(part)] else { return nil }
            value = next
        }
        return value
    }
}
