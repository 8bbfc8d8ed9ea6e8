/// A natural number of any size, as far as making an RSA key takes: words of 64 bits, the lowest first, none of them 0 at the end.
struct BigNumber: Equatable {
    private(set) var words: [UInt64]

    init(_ words: [UInt64]) {
        self.words = words
        while self.words.last == 0 { self.words.removeLast() }
    }

    init(_ value: UInt64) { self.init([value]) }

    init(bigEndian bytes: [UInt8]) {
        var words: [UInt64] = []
        var end = bytes.count
        while end > 0 {
            words.append(bytes[max(0, end - 8)..<end].reduce(0) { $0 << 8 | UInt64($1) })
            end -= 8
        }
        self.init(words)
    }

    var bigEndian: [UInt8] {
        let bytes = words.reversed().flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
        return Array(bytes.drop { $0 == 0 })
    }

    var isZero: Bool { words.isEmpty }
    var isOdd: Bool { (words.first ?? 0) & 1 == 1 }
    var bitWidth: Int { words.isEmpty ? 0 : words.count * 64 - (words.last ?? 0).leadingZeroBitCount }

    func bit(_ index: Int) -> Bool { index / 64 < words.count && words[index / 64] >> UInt64(index % 64) & 1 == 1 }

    static func < (left: BigNumber, right: BigNumber) -> Bool {
        if left.words.count != right.words.count { return left.words.count < right.words.count }
        for index in left.words.indices.reversed() where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return false
    }

    static func + (left: BigNumber, right: BigNumber) -> BigNumber {
        var result: [UInt64] = []
        var carry: UInt64 = 0
        for index in 0..<max(left.words.count, right.words.count) {
            let a = index < left.words.count ? left.words[index] : 0
            let b = index < right.words.count ? right.words[index] : 0
            let (first, over) = a.addingReportingOverflow(b)
            let (second, overTwo) = first.addingReportingOverflow(carry)
            result.append(second)
            carry = over || overTwo ? 1 : 0
        }
        return BigNumber(result + [carry])
    }

    /// `left` must not be the smaller one.
    static func - (left: BigNumber, right: BigNumber) -> BigNumber {
        var result = left.words
        var borrow: UInt64 = 0
        for index in result.indices {
            let b = index < right.words.count ? right.words[index] : 0
            let (first, under) = result[index].subtractingReportingOverflow(b)
            let (second, underTwo) = first.subtractingReportingOverflow(borrow)
            result[index] = second
            borrow = under || underTwo ? 1 : 0
        }
        return BigNumber(result)
    }

    static func * (left: BigNumber, right: BigNumber) -> BigNumber {
        var result = [UInt64](repeating: 0, count: left.words.count + right.words.count)
        for (i, a) in left.words.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.words.enumerated() {
                let (high, low) = a.multipliedFullWidth(by: b)
                let (first, over) = result[i + j].addingReportingOverflow(low)
                let (second, overTwo) = first.addingReportingOverflow(carry)
                result[i + j] = second
                carry = high &+ (over ? 1 : 0) &+ (overTwo ? 1 : 0)
            }
            result[i + right.words.count] = carry
        }
        return BigNumber(result)
    }

    func remainder(small divisor: UInt64) -> UInt64 {
        words.reversed().reduce(UInt64(0)) { divisor.dividingFullWidth(($0, $1)).remainder }
    }

    /// Long division, a word at a time (Knuth's algorithm D).
    func dividing(by divisor: BigNumber) -> (quotient: BigNumber, remainder: BigNumber) {
        if self < divisor { return (BigNumber(0), self) }
        if divisor.words.count == 1 { return dividing(byWord: divisor.words[0]) }
        let shift = divisor.words[divisor.words.count - 1].leadingZeroBitCount
        let v = divisor.shifted(left: shift)
        var u = shifted(left: shift) + [0]
        while u.count < words.count + 1 { u.append(0) }
        let count = divisor.words.count
        var quotient = [UInt64](repeating: 0, count: u.count - count)
        for j in (0..<(u.count - count)).reversed() {
            let digit = Self.estimate(u, at: j + count, by: v, count)
            quotient[j] = Self.subtract(v, times: digit, from: &u, at: j, count) ? digit - 1 : digit
        }
        return (BigNumber(quotient), BigNumber(Array(u[..<count])).shifted(right: shift))
    }

    private func dividing(byWord divisor: UInt64) -> (quotient: BigNumber, remainder: BigNumber) {
        var quotient = words
        var rest: UInt64 = 0
        for index in words.indices.reversed() {
            (quotient[index], rest) = divisor.dividingFullWidth((rest, words[index]))
        }
        return (BigNumber(quotient), BigNumber(rest))
    }

    /// One digit of the quotient, at most one too large.
    private static func estimate(_ u: [UInt64], at top: Int, by v: [UInt64], _ count: Int) -> UInt64 {
        let (high, second) = (v[count - 1], v[count - 2])
        if u[top] >= high { return .max }
        var (digit, rest) = high.dividingFullWidth((u[top], u[top - 1]))
        while true {
            let product = digit.multipliedFullWidth(by: second)
            guard product.high > rest || (product.high == rest && product.low > u[top - 2]) else { return digit }
            digit -= 1
            let (sum, overflow) = rest.addingReportingOverflow(high)
            if overflow { return digit }
            rest = sum
        }
    }

    /// Takes `digit` times `v` away, and puts one `v` back where that was one too many; then true.
    private static func subtract(_ v: [UInt64], times digit: UInt64, from u: inout [UInt64], at j: Int, _ count: Int) -> Bool {
        var borrow: UInt64 = 0
        for index in 0..<count {
            let (high, low) = digit.multipliedFullWidth(by: v[index])
            let (first, under) = u[j + index].subtractingReportingOverflow(low)
            let (second, underTwo) = first.subtractingReportingOverflow(borrow)
            u[j + index] = second
            borrow = high &+ (under ? 1 : 0) &+ (underTwo ? 1 : 0)
        }
        let (last, isTooMany) = u[j + count].subtractingReportingOverflow(borrow)
        u[j + count] = last
        guard isTooMany else { return false }
        var carry: UInt64 = 0
        for index in 0..<count {
            let (first, over) = u[j + index].addingReportingOverflow(v[index])
            let (second, overTwo) = first.addingReportingOverflow(carry)
            u[j + index] = second
            carry = over || overTwo ? 1 : 0
        }
        u[j + count] &+= carry
        return true
    }

    /// By less than a word.
    private func shifted(left shift: Int) -> [UInt64] {
        if shift == 0 { return words }
        var carry: UInt64 = 0
        let result = words.map { word -> UInt64 in
            defer { carry = word >> UInt64(64 - shift) }
            return word << UInt64(shift) | carry
        }
        return carry == 0 ? result : result + [carry]
    }

    private func shifted(right shift: Int) -> BigNumber {
        if shift == 0 { return self }
        return BigNumber(
            words.indices.map { words[$0] >> UInt64(shift) | ($0 + 1 < words.count ? words[$0 + 1] << UInt64(64 - shift) : 0) })
    }

    /// The number that this one has to be multiplied by for 1 to remain; nil where there is none.
    func inverse(modulo modulus: BigNumber) -> BigNumber? {
        var (r, next) = (modulus, dividing(by: modulus).remainder)
        // Coefficients are kept modulo `modulus`, so that none is ever below 0.
        var (t, nextT) = (BigNumber(0), BigNumber(1))
        while !next.isZero {
            let (quotient, rest) = r.dividing(by: next)
            let product = (quotient * nextT).dividing(by: modulus).remainder
            let difference = t < product ? t + modulus - product : t - product
            (t, nextT) = (nextT, difference)
            (r, next) = (next, rest)
        }
        return r == BigNumber(1) ? t : nil
    }

    static func greatestCommonDivisor(_ left: BigNumber, _ right: BigNumber) -> BigNumber {
        var (a, b) = (left, right)
        while !b.isZero { (a, b) = (b, a.dividing(by: b).remainder) }
        return a
    }
}

/// Powers modulo an odd number, in Montgomery's form.
struct MontgomeryPower {
    private let modulus: [UInt64]
    private let inverse: UInt64
    private let square: [UInt64]

    init(modulo odd: BigNumber) {
        modulus = odd.words
        var inverse: UInt64 = 1
        for _ in 0..<6 { inverse = inverse &* (2 &- odd.words[0] &* inverse) }
        self.inverse = 0 &- inverse
        let shifted = BigNumber([UInt64](repeating: 0, count: modulus.count * 2) + [1])
        square = Self.padded(shifted.dividing(by: odd).remainder, modulus.count)
    }

    func power(_ base: BigNumber, _ exponent: BigNumber) -> BigNumber {
        let count = modulus.count
        let one = Self.padded(BigNumber(1), count)
        var scratch = [UInt64](repeating: 0, count: count + 2)
        var factor = Self.padded(base, count)
        var result = one
        multiply(&factor, by: square, &scratch)
        multiply(&result, by: square, &scratch)
        for index in (0..<exponent.bitWidth).reversed() {
            multiply(&result, by: result, &scratch)
            if exponent.bit(index) { multiply(&result, by: factor, &scratch) }
        }
        multiply(&result, by: one, &scratch)
        return BigNumber(result)
    }

    private static func padded(_ number: BigNumber, _ count: Int) -> [UInt64] {
        number.words + Array(repeating: 0, count: max(0, count - number.words.count))
    }

    private func multiply(_ left: inout [UInt64], by right: [UInt64], _ scratch: inout [UInt64]) {
        let count = modulus.count
        scratch.withUnsafeMutableBufferPointer { t in
            t.update(repeating: 0)
            right.withUnsafeBufferPointer { right in
                modulus.withUnsafeBufferPointer { modulus in
                    for i in 0..<count {
                        Self.add(right, times: left[i], to: t, count: count)
                        Self.add(modulus, times: t[0] &* inverse, to: t, count: count)
                        for j in 0...count { t[j] = t[j + 1] }
                        t[count + 1] = 0
                    }
                    Self.reduce(t, modulus, count)
                }
            }
            for index in 0..<count { left[index] = t[index] }
        }
    }

    /// Takes the modulus away once where the number is not below it.
    private static func reduce(_ t: UnsafeMutableBufferPointer<UInt64>, _ modulus: UnsafeBufferPointer<UInt64>, _ count: Int) {
        if t[count] == 0 {
            var index = count - 1
            while index >= 0, t[index] == modulus[index] { index -= 1 }
            if index >= 0, t[index] < modulus[index] { return }
        }
        var borrow: UInt64 = 0
        for index in 0..<count {
            let (first, under) = t[index].subtractingReportingOverflow(modulus[index])
            let (second, underTwo) = first.subtractingReportingOverflow(borrow)
            t[index] = second
            borrow = under || underTwo ? 1 : 0
        }
    }

    private static func add(
        _ number: UnsafeBufferPointer<UInt64>, times factor: UInt64, to t: UnsafeMutableBufferPointer<UInt64>, count: Int
    ) {
        var carry: UInt64 = 0
        for j in 0..<count {
            // Cannot overflow: (2^64 − 1)² + 2 × (2^64 − 1) = 2^128 − 1.
            let sum = UInt128(factor) &* UInt128(number[j]) &+ UInt128(t[j]) &+ UInt128(carry)
            t[j] = UInt64(truncatingIfNeeded: sum)
            carry = UInt64(truncatingIfNeeded: sum >> 64)
        }
        let (sum, over) = t[count].addingReportingOverflow(carry)
        t[count] = sum
        if over { t[count + 1] &+= 1 }
    }
}
