/// The password hash of OpenBSD, version `2a`.
enum BCrypt {
    private static let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// `password` of at most 72 bytes, `salt` of 16.
    static func hash(_ password: [UInt8], salt: [UInt8], cost: Int) -> String {
        let key = password + [0]
        var cipher = Blowfish()
        cipher.expand(key: key, salt: salt)
        for _ in 0..<(1 << cost) {
            cipher.expand(key: key, salt: [])
            cipher.expand(key: salt, salt: [])
        }
        var words = stride(from: 0, to: 24, by: 4).map { start in
            Array("OrpheanBeholderScryDoubt".utf8)[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in stride(from: 0, to: 6, by: 2) {
            for _ in 0..<64 { (words[index], words[index + 1]) = cipher.encrypt(words[index], words[index + 1]) }
        }
        let bytes = words.flatMap { word in (0..<4).map { UInt8(word >> UInt32(24 - 8 * $0) & 255) } }
        let level = cost < 10 ? "0\(cost)" : "\(cost)"
        return "$2a$\(level)$" + encode(salt) + encode(Array(bytes.prefix(23)))
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let group = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for index in 0...part.count { result.append(alphabet[Int(group >> UInt32(18 - 6 * index) & 63)]) }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The cipher that bcrypt is made of.
private struct Blowfish {
    private var p: [UInt32]
    private var s: [UInt32]

    /// Its tables begin as the digits of π behind the point.
    private static let digits = PiDigits.words(18 + 1024)

    init() {
        p = Array(Self.digits[..<18])
        s = Array(Self.digits[18...])
    }

    func encrypt(_ left: UInt32, _ right: UInt32) -> (UInt32, UInt32) {
        var (l, r) = (left, right)
        for round in stride(from: 0, to: 16, by: 2) {
            l ^= p[round]
            r ^= mix(l)
            r ^= p[round + 1]
            l ^= mix(r)
        }
        return (r ^ p[17], l ^ p[16])
    }

    private func mix(_ word: UInt32) -> UInt32 {
        let a = s[Int(word >> 24)] &+ s[256 + Int(word >> 16 & 255)]
        return (a ^ s[512 + Int(word >> 8 & 255)]) &+ s[768 + Int(word & 255)]
    }

    mutating func expand(key: [UInt8], salt: [UInt8]) {
        var position = 0
        for index in 0..<18 { p[index] ^= Self.word(key, &position) }
        position = 0
        var (l, r): (UInt32, UInt32) = (0, 0)
        func next(_ l: UInt32, _ r: UInt32) -> (UInt32, UInt32) {
            guard !salt.isEmpty else { return encrypt(l, r) }
            let a = l ^ Self.word(salt, &position)
            return encrypt(a, r ^ Self.word(salt, &position))
        }
        for index in stride(from: 0, to: 18, by: 2) {
            (l, r) = next(l, r)
            (p[index], p[index + 1]) = (l, r)
        }
        for index in stride(from: 0, to: 1024, by: 2) {
            (l, r) = next(l, r)
            (s[index], s[index + 1]) = (l, r)
        }
    }

    /// Four bytes, from the start again behind the end.
    private static func word(_ bytes: [UInt8], _ position: inout Int) -> UInt32 {
        var word: UInt32 = 0
        for _ in 0..<4 {
            word = word << 8 | UInt32(bytes[position])
            position = (position + 1) % bytes.count
        }
        return word
    }
}

/// The binary digits of π, by Machin's formula.
private enum PiDigits {
    /// The first words of 32 bits behind the point.
    static func words(_ count: Int) -> [UInt32] {
        // Two words more than wanted, for what rounding loses.
        let size = count + 3
        var sum = arctangent(5, times: 16, size)
        let minus = arctangent(239, times: 4, size)
        subtract(minus, from: &sum)
        return Array(sum[1...count])
    }

    /// `factor` × arctan(1/x), in a fixed point behind the first word.
    private static func arctangent(_ x: UInt64, times factor: UInt32, _ size: Int) -> [UInt32] {
        var power = [UInt32](repeating: 0, count: size)
        power[0] = factor
        divide(&power, by: x)
        var sum = power
        var divisor: UInt64 = 1
        var isNegative = false
        while power.contains(where: { $0 != 0 }) {
            divide(&power, by: x * x)
            divisor += 2
            isNegative.toggle()
            var term = power
            divide(&term, by: divisor)
            if isNegative { subtract(term, from: &sum) } else { add(term, to: &sum) }
        }
        return sum
    }

    private static func divide(_ number: inout [UInt32], by divisor: UInt64) {
        var rest: UInt64 = 0
        for index in number.indices {
            let value = rest << 32 | UInt64(number[index])
            number[index] = UInt32(truncatingIfNeeded: value / divisor)
            rest = value % divisor
        }
    }

    private static func add(_ other: [UInt32], to number: inout [UInt32]) {
        var carry: UInt64 = 0
        for index in number.indices.reversed() {
            let value = UInt64(number[index]) + UInt64(other[index]) + carry
            number[index] = UInt32(truncatingIfNeeded: value)
            carry = value >> 32
        }
    }

    private static func subtract(_ other: [UInt32], from number: inout [UInt32]) {
        var borrow: Int64 = 0
        for index in number.indices.reversed() {
            let value = Int64(number[index]) - Int64(other[index]) - borrow
            borrow = value < 0 ? 1 : 0
            number[index] = UInt32(truncatingIfNeeded: value)
        }
    }
}
