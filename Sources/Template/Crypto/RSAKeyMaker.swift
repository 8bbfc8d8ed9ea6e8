/// RSA keys out of given random bytes: the same bytes, the same key. Libraries make keys only out of their own chance.
struct RSAKeyMaker {
    /// Gives more random bytes at each call.
    let random: (Int) -> [UInt8]

    private static let exponent = BigNumber(65537)
    private static let smallPrimes: [UInt64] = {
        let roots = stride(from: 3, to: 128, by: 2)
        return stride(from: 3, to: 16384, by: 2).filter { number in !roots.contains { $0 < number && number % $0 == 0 } }.map(
            UInt64.init)
    }()

    /// The key as PKCS #1.
    func privateKey(bits: Int) -> [UInt8] {
        while true {
            var (p, q) = (prime(bits: bits / 2), prime(bits: bits / 2))
            if p < q { (p, q) = (q, p) }
            if p == q { continue }
            let one = BigNumber(1)
            let (n, product) = (p * q, (p - one) * (q - one))
            let common = BigNumber.greatestCommonDivisor(p - one, q - one)
            let lambda = product.dividing(by: common).quotient
            guard n.bitWidth == bits, let d = Self.exponent.inverse(modulo: lambda), let coefficient = q.inverse(modulo: p) else {
                continue
            }
            let numbers = [
                BigNumber(0), n, Self.exponent, d, p, q, d.dividing(by: p - one).remainder, d.dividing(by: q - one).remainder,
                coefficient,
            ]
            return DER.sequence(numbers.map { DER.integer($0.bigEndian) })
        }
    }

    private func prime(bits: Int) -> BigNumber {
        while true {
            var bytes = random(bits / 8)
            // The two highest bits, so that the product is as long as it should be; and odd.
            bytes[0] |= 0xC0
            bytes[bytes.count - 1] |= 1
            var candidate = BigNumber(bigEndian: bytes)
            var remainders = Self.smallPrimes.map { candidate.remainder(small: $0) }
            for _ in 0..<2000 where candidate.bitWidth == bits {
                if !remainders.contains(0), isPrime(candidate) { return candidate }
                candidate = candidate + BigNumber(2)
                for index in remainders.indices { remainders[index] = (remainders[index] + 2) % Self.smallPrimes[index] }
            }
        }
    }

    /// Miller and Rabin's test, and that the public exponent fits.
    private func isPrime(_ candidate: BigNumber) -> Bool {
        let one = BigNumber(1)
        let before = candidate - one
        guard before.remainder(small: 65537) != 0 else { return false }
        var shift = 0
        while !before.bit(shift) { shift += 1 }
        let odd = before.dividing(by: BigNumber([UInt64](repeating: 0, count: shift / 64) + [1 << UInt64(shift % 64)])).quotient
        let powers = MontgomeryPower(modulo: candidate)
        // For numbers of this size that are not chosen by an adversary, far fewer rounds would do.
        for base: UInt64 in [2, 3, 5, 7, 11, 13, 17] {
            var power = powers.power(BigNumber(base), odd)
            if power == one || power == before { continue }
            var isWitness = true
            for _ in 1..<max(shift, 1) where isWitness {
                power = powers.power(power, BigNumber(2))
                if power == before { isWitness = false }
            }
            if isWitness { return false }
        }
        return true
    }
}
