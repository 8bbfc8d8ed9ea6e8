import Model

/// Decompresses DEFLATE data (RFC 1951) out of a gzip member (RFC 1952).
struct Inflate {
    private let input: [UInt8]
    private let limit: Int
    private var position: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    /// The content of a gzip file, its further members too. Throws `invalid`, and `limit` for more than `limit` bytes.
    static func gunzip(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        var start = 0
        repeat {
            var inflate = Inflate(input: bytes, position: try headerEnd(bytes, from: start), limit: limit - result.count)
            try inflate.run()
            result += inflate.output
            start = inflate.position + 8
        } while start + 18 <= bytes.count && bytes[start] == 0x1F
        return result
    }

    private init(input: [UInt8], position: Int, limit: Int) {
        self.input = input
        self.position = position
        self.limit = limit
    }

    private static func headerEnd(_ bytes: [UInt8], from start: Int) throws -> Int {
        guard bytes.count >= start + 18, bytes[start] == 0x1F, bytes[start + 1] == 0x8B, bytes[start + 2] == 8 else {
            throw PlumbError(.invalid, "The archive is no gzip file.")
        }
        let flags = bytes[start + 3]
        var position = start + 10
        if flags & 4 != 0 { position += 2 + Int(bytes[position]) + Int(bytes[position + 1]) << 8 }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard position < bytes.count, let end = bytes[position...].firstIndex(of: 0) else { throw truncated }
            position = end + 1
        }
        if flags & 2 != 0 { position += 2 }
        guard position < bytes.count else { throw truncated }
        return position
    }

    private static var truncated: PlumbError { PlumbError(.invalid, "The archive ends too early, or is damaged.") }

    private mutating func run() throws {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try block(Self.fixedLiterals, Self.fixedDistances)
            case 2:
                let (literals, distances) = try dynamicCodes()
                try block(literals, distances)
            default: throw Self.truncated
            }
        }
    }

    private mutating func take(_ count: Int) throws -> Int {
        while bitCount < count {
            guard position < input.count else { throw Self.truncated }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            bitCount += 8
            position += 1
        }
        let value = bits & (1 << UInt32(count) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func stored() throws {
        bits = 0
        bitCount = 0
        guard position + 4 <= input.count else { throw Self.truncated }
        let length = Int(input[position]) | Int(input[position + 1]) << 8
        position += 4
        guard position + length <= input.count else { throw Self.truncated }
        try reserve(length)
        output += input[position..<position + length]
        position += length
    }

    private func reserve(_ count: Int) throws {
        guard output.count + count <= limit else {
            throw PlumbError(.limit, "The archive holds more than \(limit >> 20) MiB.")
        }
    }

    // MARK: Codes

    /// A canonical Huffman code: how many there are of each length, and the symbols in order.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init(_ lengths: [Int]) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            for length in 1..<16 {
                for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
            }
        }
    }

    private static let fixedLiterals = Code((0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = Code(Array(repeating: 5, count: 30))

    private mutating func symbol(_ code: Code) throws -> Int {
        var (value, first, index) = (0, 0, 0)
        for length in 1..<16 {
            value |= try take(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw Self.truncated
    }

    private mutating func dynamicCodes() throws -> (Code, Code) {
        let literals = try take(5) + 257
        let distances = try take(5) + 1
        let lengths = try take(4) + 4
        guard literals <= 286, distances <= 30 else { throw Self.truncated }
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var own = [Int](repeating: 0, count: 19)
        for index in 0..<lengths { own[order[index]] = try take(3) }
        let code = Code(own)
        var all: [Int] = []
        while all.count < literals + distances {
            let symbol = try symbol(code)
            switch symbol {
            case 0..<16: all.append(symbol)
            case 16:
                guard let last = all.last else { throw Self.truncated }
                all += Array(repeating: last, count: 3 + (try take(2)))
            case 17: all += Array(repeating: 0, count: 3 + (try take(3)))
            default: all += Array(repeating: 0, count: 11 + (try take(7)))
            }
        }
        guard all.count == literals + distances else { throw Self.truncated }
        return (Code(Array(all[..<literals])), Code(Array(all[literals...])))
    }

    // MARK: Blocks

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    private static let lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
        12289,
        16385, 24577,
    ]

    private mutating func block(_ literals: Code, _ distances: Code) throws {
        while true {
            let value = try symbol(literals)
            if value == 256 { return }
            if value < 256 {
                try reserve(1)
                output.append(UInt8(value))
                continue
            }
            guard value < 286 else { throw Self.truncated }
            let length = Self.lengthBases[value - 257] + (try take(Self.lengthBits[value - 257]))
            let slot = try symbol(distances)
            guard slot < 30 else { throw Self.truncated }
            let distance = Self.distanceBases[slot] + (try take(max(0, slot / 2 - 1)))
            guard distance <= output.count else { throw Self.truncated }
            try reserve(length)
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }
}
