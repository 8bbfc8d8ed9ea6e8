/// sprig's functions on maps. `set`, `unset` and the merges change the map that they are given.
enum DictionaryFunctions {
    static let functions: [String: GoFunction] = [
        "dict": GoFunction(variadic: .any) { arguments in
            let map = GoMap()
            for index in stride(from: 0, to: arguments.count, by: 2) {
                let key = String(decoding: arguments[index].sprigBytes, as: UTF8.self)
                map[key] = index + 1 < arguments.count ? arguments[index + 1] : .string("")
            }
            return .map(map)
        },
        "get": GoFunction([.map, .string]) { $0.map(0)[$0.string(1)] ?? .string("") },
        "set": GoFunction([.map, .string, .any]) { arguments in
            guard !arguments.map(0).isNil else { throw GoError("assignment to entry in nil map") }
            arguments.map(0)[arguments.string(1)] = arguments[2]
            return .map(GoMap(viewing: arguments.map(0), as: .any))
        },
        "unset": GoFunction([.map, .string]) { arguments in
            arguments.map(0)[arguments.string(1)] = nil
            return .map(GoMap(viewing: arguments.map(0), as: .any))
        },
        "hasKey": GoFunction([.map, .string]) { .bool($0.map(0)[$0.string(1)] != nil) },
        "pluck": GoFunction([.string], variadic: .map) { arguments in
            .list((1..<max(1, arguments.count)).compactMap { arguments.map($0)[arguments.string(0)] })
        },
        // Go gives them in any order; sorted is one of those.
        "keys": GoFunction(variadic: .map) { arguments in
            .strings(arguments.values.indices.flatMap { arguments.map($0).entries.map(\.key) })
        },
        "values": GoFunction([.map]) { .list($0.map(0).entries.map(\.value)) },
        "pick": GoFunction([.map], variadic: .string) { arguments in
            let map = GoMap()
            for index in 1..<max(1, arguments.count) {
                if let value = arguments.map(0)[arguments.string(index)] { map[arguments.string(index)] = value }
            }
            return .map(map)
        },
        "omit": GoFunction([.map], variadic: .string) { arguments in
            let map = arguments.map(0).copy(as: .any)
            for index in 1..<max(1, arguments.count) { map[arguments.string(index)] = nil }
            return .map(map)
        },
        "merge": merge(overwriting: false), "mustMerge": merge(overwriting: false),
        "mergeOverwrite": merge(overwriting: true), "mustMergeOverwrite": merge(overwriting: true),
        "deepCopy": deepCopy, "mustDeepCopy": deepCopy,
        "dig": GoFunction(variadic: .any) { try dig($0.values) },
    ]

    private static func merge(overwriting: Bool) -> GoFunction {
        GoFunction([.map], variadic: .map) { arguments in
            var target = arguments.map(0)
            for source in (1..<max(1, arguments.count)).map(arguments.map) {
                // A nil map is made as soon as there is one to merge into it.
                if target.isNil, !source.isNil { target = GoMap() }
                try merge(source, into: target, overwriting: overwriting, depth: 0, arguments.execution)
            }
            return .map(GoMap(viewing: target, as: .any))
        }
    }

    private static func merge(_ source: GoMap, into target: GoMap, overwriting: Bool, depth: Int, _ execution: Execution) throws {
        guard depth < 200 else { throw GoError("maps are nested too deeply") }
        if source.isSame(as: target) { return }
        execution.note(target)
        // Only what both have is gone into: maps that share their parts are small until somebody writes them out.
        try execution.step(source.count)
        for entry in source.entries {
            let existing = target[entry.key]
            if entry.value.isAbsent {
                if overwriting { target[entry.key] = entry.value }
                continue
            }
            if case .map(let inner) = entry.value, case .map(let into)? = existing, !into.isNil {
                try merge(inner, into: into, overwriting: overwriting, depth: depth + 1, execution)
            }
            if let existing, existing.isTrue {
                if entry.value.mapContent != nil, existing.mapContent != nil { continue }
                if entry.value.listContent != nil, existing.listContent != nil {
                    if overwriting { target[entry.key] = entry.value }
                    continue
                }
            }
            if overwriting || existing == nil || existing?.isTrue == false { target[entry.key] = entry.value }
        }
    }

    private static let deepCopy = GoFunction([.any]) { arguments in
        if arguments[0].isAbsent { throw GoError("reflect: call of reflect.Value.Type on zero Value") }
        return try copy(arguments[0], depth: 0, arguments.execution)
    }

    static func copy(_ value: GoValue, depth: Int, _ execution: Execution) throws -> GoValue {
        guard depth < 200 else { throw GoError("the value is nested too deeply") }
        try execution.step()
        switch value {
        case .map(let map) where !map.isNil:
            let result = GoMap(map.kind)
            for entry in map.entries { result[entry.key] = try copy(entry.value, depth: depth + 1, execution) }
            return .map(result)
        case .list(var list):
            list.elements = try list.elements.map { try copy($0, depth: depth + 1, execution) }
            return .list(list)
        default: return value
        }
    }

    private static func dig(_ values: [GoValue]) throws -> GoValue {
        guard values.count >= 3 else { throw GoError("dig needs at least three arguments") }
        var current = values[values.count - 1]
        var names: [String] = []
        for key in values.dropLast(2) {
            guard case .string(let name) = key else { throw conversion(key, to: "string") }
            names.append(name)
        }
        for (index, name) in names.enumerated() {
            guard let map = current.plainMap else { throw conversion(current, to: "map[string]interface {}", isOuter: index == 0) }
            guard let next = map[name] else { return values[values.count - 2] }
            current = next
        }
        return current
    }

    private static func conversion(_ value: GoValue, to type: String, isOuter: Bool = false) -> GoError {
        GoError("interface conversion: interface {} is \(value.isAbsent ? "nil" : value.typeName), not \(type)")
    }
}

extension GoValue {
    /// A map that Go takes for a `map[string]interface {}` without being told.
    var plainMap: GoMap? { if case .map(let map) = self, map.kind == .any { map } else { nil } }
}
