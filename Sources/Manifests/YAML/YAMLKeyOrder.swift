/// The order that Kubernetes prints keys in: runs of digits by their number (`a2` before `a10`), letters after
/// everything else, the rest by code point.
enum YAMLKeyOrder {
    /// `lettersFollowDigits`: behind a digit, letters go before everything else.
    static func sorted(_ object: Object, lettersFollowDigits: Bool = false) -> [Object.Member] {
        let keyed = object.members.map { (scalars: Array($0.key.unicodeScalars), member: $0) }
        return keyed.sorted { precedes($0.scalars, $1.scalars, lettersFollowDigits) }.map(\.member)
    }

    static func precedes(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], _ lettersFollowDigits: Bool = false) -> Bool {
        guard let index = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return left.count < right.count
        }
        let (a, b) = (left[index], right[index])
        switch (a.properties.isLetter, b.properties.isLetter) {
        case (true, true): return a < b
        case (let isLeft, let isRight) where isLeft != isRight:
            let isBehindDigit = lettersFollowDigits && index > 0 && left[index - 1].properties.isDigit
            return isBehindDigit ? isLeft : isRight
        default: break
        }
        let isInsideNumber = (a == "0" || b == "0") && hasNonZeroDigit(before: index, in: left)
        let (leftNumber, leftEnd) = number(in: left, from: index, start: isInsideNumber ? 1 : 0)
        let (rightNumber, rightEnd) = number(in: right, from: index, start: isInsideNumber ? 1 : 0)
        if leftNumber != rightNumber { return leftNumber < rightNumber }
        return leftEnd != rightEnd ? leftEnd < rightEnd : a < b
    }

    /// Whether the digits that end before `index` make up more than zero, so that a 0 that follows counts.
    private static func hasNonZeroDigit(before index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        scalars[..<index].reversed().prefix { $0.properties.isDigit }.contains { $0 != "0" }
    }

    /// Numbers of more than 18 digits wrap around, as they do elsewhere; the order stays the same every time.
    private static func number(in scalars: [Unicode.Scalar], from index: Int, start: Int64) -> (value: Int64, end: Int) {
        var value = start
        var end = index
        while end < scalars.count, scalars[end].properties.isDigit {
            value = value &* 10 &+ (Int64(scalars[end].value) - 48)
            end += 1
        }
        return (value, end)
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isLetter: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    fileprivate var isDigit: Bool { generalCategory == .decimalNumber }
}
