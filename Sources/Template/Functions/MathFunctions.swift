/// sprig's arithmetic on integers.
enum MathFunctions {
    static let functions: [String: GoFunction] = [
        "atoi": GoFunction([.string]) { arguments in
            .int(atoi(arguments.string(0)))
        },
        "int": GoFunction([.any]) { .int(GoCast.int($0[0]), .int) },
        "int64": GoFunction([.any]) { .int64(GoCast.int($0[0])) },
        "toDecimal": GoFunction([.any]) { .int64(GoNumbers.parseInt(GoFormat.print($0[0]), base: 8) ?? 0) },
        "add1": GoFunction([.any]) { .int64(GoCast.int($0[0]) &+ 1) },
        "add": GoFunction(variadic: .any) { .int64($0.values.reduce(0) { $0 &+ GoCast.int($1) }) },
        "sub": GoFunction([.any, .any]) { .int64(GoCast.int($0[0]) &- GoCast.int($0[1])) },
        "mul": GoFunction([.any], variadic: .any) { arguments in
            .int64(arguments.rest(1).reduce(GoCast.int(arguments[0])) { $0 &* GoCast.int($1) })
        },
        "div": GoFunction([.any, .any]) { arguments in
            let (left, right) = (GoCast.int(arguments[0]), GoCast.int(arguments[1]))
            guard right != 0 else { throw GoError("runtime error: integer divide by zero") }
            return .int64(left.dividedReportingOverflow(by: right).partialValue)
        },
        "mod": GoFunction([.any, .any]) { arguments in
            let (left, right) = (GoCast.int(arguments[0]), GoCast.int(arguments[1]))
            guard right != 0 else { throw GoError("runtime error: integer divide by zero") }
            return .int64(left.remainderReportingOverflow(dividingBy: right).partialValue)
        },
        "max": maximum, "biggest": maximum,
        "min": GoFunction([.any], variadic: .any) { arguments in
            .int64(arguments.values.map { GoCast.int($0) }.min() ?? 0)
        },
    ]

    /// 0 for what is no number, the nearest one for what is too large.
    private static func atoi(_ text: String) -> Int {
        if let number = GoNumbers.parseInt(text, base: 10) { return Int(number) }
        let digits =
            text.utf8.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return 0 }
        return text.hasPrefix("-") ? .min : .max
    }

    private static let maximum = GoFunction([.any], variadic: .any) { arguments in
        .int64(arguments.values.map { GoCast.int($0) }.max() ?? 0)
    }
}

/// Anything as a number, 0 where it is none: what sprig's functions do with their arguments.
enum GoCast {
    static func int(_ value: GoValue) -> Int64 {
        switch value {
        case .int(let number, _): return number
        case .float(let number): return integer(number)
        case .bool(let bool): return bool ? 1 : 0
        case .string(let text):
            return NumberLiteral.withoutUnderscores(withoutZeroFraction(text)).flatMap { GoNumbers.parseInt($0, base: 0) } ?? 0
        case .object(let object): if case .int(let number) = object.content { return number } else { return 0 }
        default: return 0
        }
    }

    static func float(_ value: GoValue) -> Double {
        switch value {
        case .int(let number, let type): type.isSigned ? Double(number) : Double(UInt64(bitPattern: number))
        case .float(let number): number
        case .bool(let bool): bool ? 1 : 0
        case .string(let text): NumberLiteral.withoutUnderscores(text).flatMap(GoNumbers.parseFloat) ?? 0
        default: 0
        }
    }

    /// As Go converts on this kind of machine.
    static func integer(_ number: Double) -> Int64 { Int64(exactly: number.rounded(.towardZero)) ?? .min }

    /// `1.00` counts as `1`.
    private static func withoutZeroFraction(_ text: String) -> String {
        guard let point = text.firstIndex(of: ".") else { return text }
        let fraction = text[text.index(after: point)...]
        guard !fraction.isEmpty, fraction.allSatisfy({ $0 == "0" }) else { return text }
        return String(text[..<point])
    }
}
