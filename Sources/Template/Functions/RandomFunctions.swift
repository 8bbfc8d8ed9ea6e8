/// sprig's random functions. They draw from what the environment gives, once a call, each call of one kind and size another.
enum RandomFunctions {
    static let functions: [String: GoFunction] = [
        "randAlphaNum": text(alphabet: lower + upper + digits),
        "randAlpha": text(alphabet: lower + upper),
        "randNumeric": text(alphabet: digits),
        "randAscii": text(alphabet: Array(32...126)),
        "randBytes": GoFunction([.int]) { arguments in
            guard arguments.int(0) >= 0 else { throw GoError("runtime error: makeslice: len out of range") }
            try arguments.execution.charge(arguments.int(0) * 2)
            return .text(Base64Text.encode(draw(arguments, "randBytes", arguments.int(0))))
        },
        "randInt": GoFunction([.int, .int]) { arguments in
            let (low, high) = (arguments.int(0), arguments.int(1))
            guard high > low else { throw GoError("invalid argument to Intn") }
            let number = draw(arguments, "randInt", 8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return .int(low + Int(number % UInt64(high - low)))
        },
        "uuidv4": GoFunction { arguments in
            var bytes = draw(arguments, "uuidv4", 16)
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            let hex = bytes.map { GoQuote.hex(UInt32($0), digits: 2) }
            return .string([0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hex[$0].joined() }.joined(separator: "-"))
        },
        "shuffle": GoFunction([.string]) { arguments in
            var runes = Array(arguments.string(0).unicodeScalars)
            let random = draw(arguments, "shuffle", runes.count * 4)
            for index in runes.indices.reversed() where index > 0 {
                let number = random[index * 4..<index * 4 + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                runes.swapAt(index, Int(number % UInt32(index + 1)))
            }
            return .string(String(String.UnicodeScalarView(runes)))
        },
    ]

    private static let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    private static let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    private static let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))

    static func draw(_ arguments: GoArguments, _ use: String, _ count: Int) -> [UInt8] {
        arguments.execution.random(for: use, count: count)
    }

    private static func text(alphabet: [UInt8]) -> GoFunction {
        GoFunction([.int]) { arguments in
            let count = max(0, arguments.int(0))
            try arguments.execution.charge(count)
            // Of two bytes, so that no character is noticeably likelier than another.
            let random = draw(arguments, "text\(alphabet.count)", count * 2)
            return .text((0..<count).map { alphabet[(Int(random[$0 * 2]) << 8 | Int(random[$0 * 2 + 1])) % alphabet.count] })
        }
    }
}
