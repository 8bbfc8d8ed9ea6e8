/// Reads a format and prints the arguments that it asks for. Every mistake in a format becomes text, as in Go.
struct GoFormatter {
    private let format: [UInt8]
    private let arguments: [GoValue]
    private var position = 0
    private var next = 0
    private var reordered = false
    private var afterIndex = false
    private var goodIndex = true
    private var printer = GoPrinter()

    init(format: [UInt8], arguments: [GoValue]) {
        self.format = format
        self.arguments = arguments
    }

    mutating func run() -> [UInt8] {
        while position < format.count {
            let start = position
            while position < format.count, format[position] != UInt8(ascii: "%") { position += 1 }
            printer.output += format[start..<position]
            guard position < format.count else { break }
            position += 1
            directive()
        }
        if !reordered, next < arguments.count { reportExtra() }
        return printer.output
    }

    private mutating func directive() {
        printer.flags = GoFlags()
        afterIndex = false
        readFlags()
        readIndex()
        readWidth()
        readPrecision()
        if !afterIndex { readIndex() }
        guard position < format.count else {
            printer.write("%!(NOVERB)")
            return
        }
        let verb = readVerb()
        if verb == "%" {
            printer.write("%")
        } else if !goodIndex {
            printer.write("%!\(verb)(BADINDEX)")
        } else if next >= arguments.count {
            printer.write("%!\(verb)(MISSING)")
        } else {
            if verb == "w" {
                printer.bad(verb, arguments[next])
            } else {
                if verb == "v" { printer.flags.prepareForValue() }
                printer.print(arguments[next], verb: verb)
            }
            next += 1
        }
    }

    private mutating func readVerb() -> Character {
        if let (scalar, length) = Runes.decode(format, at: position) {
            position += length
            return Character(scalar)
        }
        position += 1
        return "\u{FFFD}"
    }

    private mutating func readFlags() {
        while position < format.count {
            switch format[position] {
            case UInt8(ascii: "#"): printer.flags.sharp = true
            case UInt8(ascii: "0"): printer.flags.zero = true
            case UInt8(ascii: "+"): printer.flags.plus = true
            case UInt8(ascii: "-"): printer.flags.minus = true
            case UInt8(ascii: " "): printer.flags.space = true
            default: return
            }
            position += 1
        }
    }

    /// `[3]` says which argument comes next.
    private mutating func readIndex() {
        guard position < format.count, format[position] == UInt8(ascii: "[") else { return }
        reordered = true
        guard let close = format[position...].firstIndex(of: UInt8(ascii: "]")) else {
            goodIndex = false
            position += 1
            return
        }
        let number = Int(String(decoding: format[(position + 1)..<close], as: UTF8.self))
        position = close + 1
        guard let number, (1...max(1, arguments.count)).contains(number), number <= arguments.count else {
            goodIndex = false
            return
        }
        next = number - 1
        afterIndex = true
    }

    private mutating func readNumber() -> Int? {
        var number: Int?
        while position < format.count, (0x30...0x39).contains(format[position]) {
            let value = (number ?? 0) * 10 + Int(format[position] - 0x30)
            number = value
            position += 1
            if value > 1_000_000 { return nil }
        }
        return number
    }

    private mutating func star() -> Int? {
        position += 1
        guard next < arguments.count else { return nil }
        let argument = arguments[next]
        next += 1
        afterIndex = false
        guard case .int(let value, _) = argument, (-1_000_000...1_000_000).contains(value) else { return nil }
        return Int(value)
    }

    private mutating func readWidth() {
        if position < format.count, format[position] == UInt8(ascii: "*") {
            guard let width = star() else {
                printer.write("%!(BADWIDTH)")
                return
            }
            printer.flags.width = abs(width)
            if width < 0 {
                printer.flags.minus = true
                printer.flags.zero = false
            }
        } else {
            printer.flags.width = readNumber()
            if afterIndex, printer.flags.width != nil { goodIndex = false }
        }
    }

    private mutating func readPrecision() {
        guard position < format.count, format[position] == UInt8(ascii: ".") else { return }
        position += 1
        if afterIndex { goodIndex = false }
        readIndex()
        if position < format.count, format[position] == UInt8(ascii: "*") {
            guard let precision = star(), precision >= 0 else {
                printer.write("%!(BADPREC)")
                return
            }
            printer.flags.precision = precision
        } else {
            printer.flags.precision = readNumber() ?? 0
        }
    }

    private mutating func reportExtra() {
        printer.flags = GoFlags()
        printer.write("%!(EXTRA ")
        for (index, argument) in arguments[next...].enumerated() {
            if index > 0 { printer.write(", ") }
            if argument.isAbsent {
                printer.write("<nil>")
            } else {
                printer.write(argument.typeName + "=")
                printer.print(argument, verb: "v")
            }
        }
        printer.write(")")
    }
}

/// What stands between `%` and the verb.
struct GoFlags {
    var sharp = false
    var zero = false
    var plus = false
    var minus = false
    var space = false
    var width: Int?
    var precision: Int?
    /// `%#v` and `%+v`, where the flags mean something else.
    var goSyntax = false
    var fieldNames = false

    mutating func prepareForValue() {
        goSyntax = sharp
        sharp = false
        fieldNames = plus
        plus = false
    }
}
