#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// sprig's arithmetic on floats. Sums and products are done in decimal: `addf 0.1 0.2` is 0.3.
enum FloatFunctions {
    static let functions: [String: GoFunction] = [
        "float64": GoFunction([.any]) { .float(GoCast.float($0[0])) },
        "ceil": GoFunction([.any]) { .float(GoCast.float($0[0]).rounded(.up)) },
        "floor": GoFunction([.any]) { .float(GoCast.float($0[0]).rounded(.down)) },
        "round": GoFunction([.any, .int], variadic: .float) { .float(round($0)) },
        "maxf": GoFunction([.any], variadic: .any) { arguments in
            .float(arguments.values.map { GoCast.float($0) }.reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) })
        },
        "minf": GoFunction([.any], variadic: .any) { arguments in
            .float(arguments.values.map { GoCast.float($0) }.reduce(.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) })
        },
        "add1f": GoFunction([.any]) { try fold($0[0], [.int(1)]) { $0.adding($1) } },
        "addf": GoFunction(variadic: .any) { try fold(.float(0), $0.rest(0)) { $0.adding($1) } },
        "subf": GoFunction([.any], variadic: .any) { try fold($0[0], $0.rest(1)) { $0.adding($1.negated) } },
        "mulf": GoFunction([.any], variadic: .any) { try fold($0[0], $0.rest(1)) { $0.multiplied(by: $1) } },
        "divf": GoFunction([.any], variadic: .any) { try fold($0[0], $0.rest(1)) { try $0.divided(by: $1) } },
    ]

    private static func fold(
        _ first: GoValue, _ others: ArraySlice<GoValue>, _ operation: (Decimal, Decimal) throws -> Decimal
    ) throws -> GoValue {
        var result = Decimal(GoCast.float(first))
        for other in others { result = try operation(result, Decimal(GoCast.float(other))) }
        return .float(result.double)
    }

    private static func round(_ arguments: GoArguments) -> Double {
        var threshold = 0.5
        if arguments.count > 2, case .float(let given) = arguments[2] { threshold = given }
        let power = pow(10, Double(arguments.int(1)))
        let digit = power * GoCast.float(arguments[0])
        let fraction = digit - digit.rounded(.towardZero)
        return (fraction >= threshold ? digit.rounded(.up) : digit.rounded(.down)) / power
    }
}

/// A decimal number: `coefficient` × 10^`exponent`. What grows beyond 128 bits goes on as a float.
struct Decimal {
    private var coefficient: Int128
    private var exponent: Int
    private var fallback: Double?

    init(_ double: Double) {
        guard double.isFinite else {
            (coefficient, exponent, fallback) = (0, 0, double)
            return
        }
        let (sign, digits, point) = GoFloat.decimal(double)
        coefficient = Int128(sign + String(decoding: digits, as: UTF8.self)) ?? 0
        exponent = point - digits.count
    }

    private init(_ coefficient: Int128, _ exponent: Int) {
        self.coefficient = coefficient
        self.exponent = exponent
    }

    private init(fallback: Double) {
        coefficient = 0
        exponent = 0
        self.fallback = fallback
    }

    var double: Double { fallback ?? Double("\(coefficient)e\(exponent)") ?? 0 }

    var negated: Decimal {
        var copy = self
        copy.coefficient = -coefficient
        copy.fallback = fallback.map { -$0 }
        return copy
    }

    func adding(_ other: Decimal) -> Decimal {
        let common = min(exponent, other.exponent)
        guard let a = scaled(to: common), let b = other.scaled(to: common) else { return Decimal(fallback: double + other.double) }
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? Decimal(fallback: double + other.double) : Decimal(sum, common)
    }

    func multiplied(by other: Decimal) -> Decimal {
        let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
        if overflow || fallback != nil || other.fallback != nil { return Decimal(fallback: double * other.double) }
        return Decimal(product, exponent + other.exponent)
    }

    /// To 16 digits behind the point, rounded half away from zero.
    func divided(by other: Decimal) throws -> Decimal {
        guard other.coefficient != 0 || other.fallback != nil else { throw GoError("decimal division by 0") }
        let shift = exponent - other.exponent + 16
        guard fallback == nil, other.fallback == nil, let numerator = shift >= 0 ? Self.shift(coefficient, shift) : coefficient,
            let denominator = shift >= 0 ? other.coefficient : Self.shift(other.coefficient, -shift)
        else { return Decimal(fallback: double / other.double) }
        let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        let isUp = rest.magnitude >= denominator.magnitude - rest.magnitude
        let isNegative = (numerator < 0) != (denominator < 0)
        return Decimal(isUp ? quotient + (isNegative ? -1 : 1) : quotient, -16)
    }

    private func scaled(to common: Int) -> Int128? { fallback == nil ? Self.shift(coefficient, exponent - common) : nil }

    private static func shift(_ number: Int128, _ places: Int) -> Int128? {
        guard places <= 38 else { return number == 0 ? 0 : nil }
        var result = number
        for _ in 0..<places {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }
}
