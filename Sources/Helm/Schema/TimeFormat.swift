/// Times as RFC 3339 has them, durations as ISO 8601 has them.
enum TimeFormat {
    static func isDateTime(_ text: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(text)
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
        return isDate(bytes[..<10]) && isTime(bytes[11...])
    }

    /// 2006-01-02
    static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(text)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8...])
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// 15:04:05.123+01:00, with the second that is put in before a midnight of UTC.
    static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(text)
        guard bytes.count >= 9, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"),
            let hour = number(bytes[..<2]), let minute = number(bytes[3..<5]), let second = number(bytes[6..<8]),
            hour < 24, minute < 60, second < 61
        else { return false }
        var rest = bytes[8...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0.isDigit }
            guard !digits.isEmpty else { return false }
            rest = rest.dropFirst(1 + digits.count)
        }
        var minutes = hour * 60 + minute
        if !(rest.count == 1 && rest.first.map { $0 | 0x20 } == UInt8(ascii: "z")) {
            guard let offset = offset(Array(rest)) else { return false }
            minutes = (minutes - offset + 24 * 60) % (24 * 60)
        }
        return second < 60 || minutes == 24 * 60 - 1
    }

    /// In minutes, east of Greenwich.
    private static func offset(_ bytes: [UInt8]) -> Int? {
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]), let minutes = number(bytes[4...]),
            hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy(\.isDigit) ? digits.reduce(0) { $0 * 10 + Int($1) - 0x30 } : nil
    }

    /// P1Y2M3DT4H5M6S, or P7W
    static func isDuration(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "P") else { return false }
        let rest = text.dropFirst()
        guard !rest.isEmpty else { return false }
        if rest.last == UInt8(ascii: "W") { return rest.count > 1 && rest.dropLast().allSatisfy(\.isDigit) }
        let halves = rest.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.count < 2 || !halves[1].isEmpty else { return false }
        return zip(halves, ["YMD", "HMS"]).allSatisfy { areUnits($0, among: $1) }
    }

    private static func areUnits(_ text: ArraySlice<UInt8>, among all: String) -> Bool {
        var (rest, units) = (text, Array(all.utf8)[...])
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isDigit }
            guard !digits.isEmpty, let unit = rest.dropFirst(digits.count).first, let place = units.firstIndex(of: unit) else {
                return false
            }
            units = units[(place + 1)...]
            rest = rest.dropFirst(digits.count + 1)
        }
        return true
    }

    /// Two times, or a time and a duration in either order.
    static func isPeriod(_ text: [UInt8]) -> Bool {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return false }
        let (start, end) = (text[..<slash], text[(slash + 1)...])
        if start.first == UInt8(ascii: "P") { return isDuration(start) && isDateTime(end) }
        return isDateTime(start) && (end.first == UInt8(ascii: "P") ? isDuration(end) : isDateTime(end))
    }
}
