/// sprig's functions on lists. None changes a list: each gives a new one.
enum ListFunctions {
    static let functions: [String: GoFunction] = Functions.withMust([
        "append": append, "push": append,
        "prepend": GoFunction([.any, .any]) { .list([$0[1]] + (try elements($0[0], "prepend on"))) },
        "first": GoFunction([.any]) { try elements($0[0], "find first on").first ?? .null },
        "last": GoFunction([.any]) { try elements($0[0], "find last on").last ?? .null },
        "rest": GoFunction([.any]) { arguments in
            let elements = try elements(arguments[0], "find rest on")
            return elements.isEmpty ? .list(GoList([], isNil: true)) : .list(Array(elements.dropFirst()))
        },
        "initial": GoFunction([.any]) { arguments in
            let elements = try elements(arguments[0], "find initial on")
            return elements.isEmpty ? .list(GoList([], isNil: true)) : .list(Array(elements.dropLast()))
        },
        "reverse": GoFunction([.any]) { .list(try elements($0[0], "find reverse on").reversed()) },
        "compact": GoFunction([.any]) { .list(try elements($0[0], "compact on").filter(\.isTrue)) },
        "uniq": GoFunction([.any]) { arguments in
            var result: [GoValue] = []
            for element in try elements(arguments[0], "find uniq on") {
                try arguments.execution.step()
                if !contains(result, element) { result.append(element) }
            }
            return .list(result)
        },
        "without": GoFunction([.any], variadic: .any) { arguments in
            let omitted = Array(arguments.rest(1))
            return .list(try elements(arguments[0], "find without on").filter { !contains(omitted, $0) })
        },
        "has": GoFunction([.any, .any]) { arguments in
            // Nothing has nothing; every other function fails on it.
            .bool(try !arguments[1].isAbsent && contains(elements(arguments[1], "find has on"), arguments[0]))
        },
        "slice": GoFunction([.any], variadic: .any) { try slice($0) },
        "chunk": GoFunction([.int, .any]) { arguments in
            let size = arguments.int(0)
            let elements = try elements(arguments[1], "chunk")
            guard size > 0 else { return try chunk(elements, into: size) }
            let chunks = stride(from: 0, to: elements.count, by: size).map { start in
                GoValue.list(Array(elements[start..<min(start + size, elements.count)]))
            }
            return .list(GoList(chunks, of: .list))
        },
    ]).merging([
        "list": GoFunction(variadic: .any) { .list($0.values) },
        "tuple": GoFunction(variadic: .any) { .list($0.values) },
        "concat": GoFunction(variadic: .any) { arguments in
            let all = try arguments.values.flatMap { try elements($0, "concat type", suffix: " as list") }
            return .list(GoList(all, isNil: all.isEmpty))
        },
        "until": GoFunction([.int]) { try numbers(0, $0.int(0), $0.int(0) < 0 ? -1 : 1, $0.execution) },
        "untilStep": GoFunction([.int, .int, .int]) { try numbers($0.int(0), $0.int(1), $0.int(2), $0.execution) },
        "seq": GoFunction(variadic: .int) { try sequence($0) },
    ]) { $1 }

    private static let append = GoFunction([.any, .any]) { .list(try elements($0[0], "push on") + [$0[1]]) }

    static func elements(_ value: GoValue, _ work: String, suffix: String = "") throws -> [GoValue] {
        if let list = value.listContent { return list.elements }
        if value.isAbsent { throw GoError("runtime error: invalid memory address or nil pointer dereference") }
        if !suffix.isEmpty { throw GoError("Cannot \(work) \(value.kindName)\(suffix)") }
        if work == "chunk" { throw GoError("Cannot chunk type \(value.kindName)") }
        throw GoError("Cannot \(work) type \(value.kindName)")
    }

    /// With a size that is none, what Helm's arithmetic comes to: nothing, one chunk, or an error.
    private static func chunk(_ elements: [GoValue], into size: Int) throws -> GoValue {
        let count = (Double(elements.count - 1) / Double(size)).rounded(.down) + 1
        guard count == 0 || (count == 1 && elements.count == 1 && size < -1) else {
            throw GoError("runtime error: makeslice: len out of range")
        }
        return .list(GoList(count == 0 ? [] : [.list(elements)], of: .list))
    }

    static func contains(_ elements: [GoValue], _ value: GoValue) -> Bool { elements.contains { DeepEquality.areEqual($0, value) } }

    private static func slice(_ arguments: GoArguments) throws -> GoValue {
        guard var list = arguments[0].listContent else {
            if arguments[0].isAbsent { throw GoError("runtime error: invalid memory address or nil pointer dereference") }
            throw GoError("list should be type of slice or array but \(arguments[0].kindName)")
        }
        let count = list.elements.count
        if count == 0 { return .null }
        let start = arguments.count > 1 ? Int(GoCast.int(arguments[1])) : 0
        let end = arguments.count > 2 ? Int(GoCast.int(arguments[2])) : count
        guard start >= 0, end >= start, end <= count else { throw GoError("reflect.Value.Slice: slice index out of bounds") }
        list.elements = Array(list.elements[start..<end])
        return .list(list)
    }

    private static func range(_ start: Int, _ stop: Int, _ step: Int, _ execution: Execution) throws -> [Int] {
        guard start != stop, step != 0, (stop < start) == (step < 0) else { return [] }
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        try execution.charge(overflow ? .max : distance.magnitude / step.magnitude > 1 << 40 ? 1 << 40 : abs(distance / step) * 8)
        return Array(stride(from: start, to: stop, by: step))
    }

    private static func numbers(_ start: Int, _ stop: Int, _ step: Int, _ execution: Execution) throws -> GoValue {
        .list(GoList(try range(start, stop, step, execution).map { .int($0) }, of: .int))
    }

    private static func sequence(_ arguments: GoArguments) throws -> GoValue {
        let numbers = arguments.values.indices.map { arguments.int($0) }
        let values: [Int]
        switch numbers.count {
        case 1:
            let step = numbers[0] < 1 ? -1 : 1
            values = try range(1, numbers[0] + step, step, arguments.execution)
        case 2:
            let step = numbers[1] < numbers[0] ? -1 : 1
            values = try range(numbers[0], numbers[1] + step, step, arguments.execution)
        case 3:
            let isDown = numbers[2] < numbers[0]
            if isDown, numbers[1] > 0 { return .string("") }
            values = try range(numbers[0], numbers[2] + (isDown ? -1 : 1), numbers[1], arguments.execution)
        default: return .string("")
        }
        return .string(values.map(String.init).joined(separator: " "))
    }
}
