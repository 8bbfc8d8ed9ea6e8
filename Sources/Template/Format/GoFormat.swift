/// Go's `fmt`: values as text.
enum GoFormat {
    /// `fmt.Sprint` of one value.
    static func print(_ value: GoValue) -> String {
        switch value {
        case .string(let text): return text
        case .int(let number, let type): return type == .uint64 ? String(UInt64(bitPattern: number)) : String(number)
        case .bool(let bool): return bool ? "true" : "false"
        case .float(let number): return GoFloat.shortest(number)
        default:
            var printer = GoPrinter()
            printer.print(value, verb: "v")
            return String(decoding: printer.output, as: UTF8.self)
        }
    }

    /// `fmt.Sprint`: a space between two values of which neither is a string.
    static func print(_ values: some Sequence<GoValue>) -> [UInt8] {
        var printer = GoPrinter()
        var afterString = true
        for (index, value) in values.enumerated() {
            let isString = value.isString
            if index > 0, !isString, !afterString { printer.output.append(0x20) }
            printer.print(value, verb: "v")
            afterString = isString
        }
        return printer.output
    }

    /// `fmt.Sprintln`: a space between any two values, and a line break.
    static func printLine(_ values: some Sequence<GoValue>) -> [UInt8] {
        var printer = GoPrinter()
        for (index, value) in values.enumerated() {
            if index > 0 { printer.output.append(0x20) }
            printer.print(value, verb: "v")
        }
        printer.output.append(0x0A)
        return printer.output
    }

    /// `fmt.Sprintf`.
    static func format(_ format: [UInt8], _ arguments: [GoValue]) -> [UInt8] {
        var formatter = GoFormatter(format: format, arguments: arguments)
        return formatter.run()
    }
}

extension GoValue {
    var isString: Bool {
        switch self {
        case .string, .binary: true
        default: false
        }
    }
}
