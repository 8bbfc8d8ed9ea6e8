/// The dates of YAML 1.1 that go-yaml knows: `2001-12-14`, `2001-12-14T21:59:43.10Z`, `2001-12-14 21:59:43`.
enum YAMLTimestamp {
    static func matches(_ text: String) -> Bool {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard let year = scanner.number(digits: 4...4), scanner.take("-"), let month = scanner.number(digits: 1...2),
            (1...12).contains(month),
            scanner.take("-"), let day = scanner.number(digits: 1...2), day >= 1, day <= days(in: month, of: year)
        else { return false }
        if scanner.rest.isEmpty { return true }
        let hasZone = scanner.take("T") || scanner.take("t")
        guard hasZone || scanner.take(" "), scanner.time() else { return false }
        return (!hasZone || scanner.zone()) && scanner.rest.isEmpty
    }

    /// A bare date as Kustomize writes it, which takes it for midnight; one with a time as it is.
    static func withTime(_ text: String) -> String {
        let parts = text.split(separator: "-")
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.count <= 4 && Int($0) != nil }) else { return text }
        let padded = parts.map { $0.utf8.count < 2 ? "0" + $0 : String($0) }
        return padded.joined(separator: "-") + "T00:00:00Z"
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first.map(UInt32.init) == character.value else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(digits: ClosedRange<Int>) -> Int? {
            let text = rest.prefix(digits.upperBound).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard text.count >= digits.lowerBound else { return nil }
            rest.removeFirst(text.count)
            return Int(String(decoding: text, as: UTF8.self))
        }

        mutating func time() -> Bool {
            guard let hour = number(digits: 1...2), hour < 24, take(":"), let minute = number(digits: 1...2), minute < 60,
                take(":"),
                let second = number(digits: 1...2), second < 60
            else { return false }
            guard take(".") else { return true }
            let fraction = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(fraction)
            return fraction > 0
        }

        mutating func zone() -> Bool {
            if take("Z") { return true }
            guard take("+") || take("-"), let hour = number(digits: 2...2), hour <= 24, take(":"),
                let minute = number(digits: 2...2)
            else { return false }
            return minute <= 60
        }
    }
}
