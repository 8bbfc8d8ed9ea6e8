extension YAML.Dialect {
    /// The string that a scalar is in this dialect alone; nil where it is read as Kubernetes reads it.
    func text(of scalar: YAMLScalar) -> String? {
        guard self == .kustomize, scalar.isPlain, scalar.tag == nil else { return nil }
        if Self.words.contains(scalar.text) { return scalar.text }
        return Self.isDate(scalar.text) ? scalar.text + "T00:00:00Z" : nil
    }

    private static let words = Set(["y", "yes", "on", "n", "no", "off"].flatMap { [$0, $0.uppercased(), $0.prefix(1).uppercased() + $0.dropFirst()] })

    /// Whether the text is a year, a month and a day in digits, and nothing else.
    private static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard number(0..<4) != nil, let month = number(5..<7), let day = number(8..<10) else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}
