/// A regular expression, read.
indirect enum RegexNode {
    case empty
    case set(RegexSet)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    case repetition(RegexNode, min: Int, max: Int?, isGreedy: Bool)
    case group(RegexNode, index: Int)
    case assertion(RegexAssertion)
}

enum RegexAssertion {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// A set of characters.
struct RegexSet {
    var ranges: [ClosedRange<UInt32>] = []
    var categories: [(RegexCategory, isNegated: Bool)] = []
    var isNegated = false
    var foldsCase = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if isMember(scalar) { return !isNegated }
        guard foldsCase else { return isNegated }
        for other in Self.folded(scalar) where isMember(other) { return !isNegated }
        return isNegated
    }

    private func isMember(_ scalar: Unicode.Scalar) -> Bool {
        for range in ranges where range.contains(scalar.value) { return true }
        for (category, isNegated) in categories where category.contains(scalar) != isNegated { return true }
        return false
    }

    private static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar {
        case "k", "K": return ["k", "K", "\u{212A}"]
        case "s", "S": return ["s", "S", "\u{17F}"]
        case "\u{212A}": return ["k", "K"]
        case "\u{17F}": return ["s", "S"]
        default: return [GoCase.lower(scalar), GoCase.upper(scalar)]
        }
    }

    static let digits = RegexSet(ranges: [0x30...0x39])
    static let words = RegexSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = RegexSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])

    var inverted: RegexSet {
        var copy = self
        copy.isNegated.toggle()
        return copy
    }

    /// The ranges of everything else; only for sets without categories.
    var complement: [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}

/// `\pL`, `\p{Lu}`: a general category of Unicode, or a group of them; and the scripts that charts have been seen to name.
struct RegexCategory {
    private let name: String

    init?(_ name: String) {
        guard Self.names.contains(name) || Self.scripts[name] != nil else { return nil }
        self.name = name
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if let ranges = Self.scripts[name] { return ranges.contains { $0.contains(scalar.value) } }
        if name == "Any" { return true }
        return Self.short(scalar.properties.generalCategory).hasPrefix(name)
    }

    private static let names: Set<String> = [
        "Any", "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P",
        "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ]

    private static let scripts: [String: [ClosedRange<UInt32>]] = [
        "Latin": [0x41...0x5A, 0x61...0x7A, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x1E00...0x1EFF],
        "Greek": [
            0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F...0x37F, 0x384...0x384, 0x386...0x386, 0x388...0x3E1, 0x3F0...0x3FF,
            0x1F00...0x1FFE,
        ],
        "Cyrillic": [0x400...0x484, 0x487...0x52F, 0x1C80...0x1C8A],
        "Han": [
            0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAD9, 0x20000...0x323AF,
        ],
        "Hiragana": [0x3041...0x3096, 0x309D...0x309F], "Katakana": [0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF],
        "Arabic": [
            0x600...0x604, 0x606...0x60B, 0x60D...0x61A, 0x61C...0x61E, 0x620...0x63F, 0x641...0x64A, 0x656...0x66F, 0x671...0x6DC,
            0x6DE...0x6FF,
        ],
        "Hebrew": [0x591...0x5C7, 0x5D0...0x5EA, 0x5EF...0x5F4],
    ]

    private static func short(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        default: "-"
        }
    }
}
