/// Points in time as Kubernetes writes them, RFC 3339: `2026-01-31T18:00:00Z`, `2026-01-31T19:00:00.5+01:00`.
package enum TimeText {
    /// The time since 1970-01-01T00:00:00Z, to the nanosecond; nil for anything else, and for dates that do not exist.
    package static func parse(_ text: String) -> Duration? {
        var reader = Reader(bytes: Array(text.utf8)[...])
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("Tt "), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2), let nanoseconds = reader.fraction(),
            let offset = reader.offset(), reader.bytes.isEmpty
        else { return nil }
        // A leap second is a second like the one before it, as everywhere in Unix time.
        guard (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24, minute < 60, second <= 60 else {
            return nil
        }
        let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        return .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant's `days_from_civil`: years that begin in March, so that leap days come last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func number(_ digits: Int) -> Int? {
            let head = bytes.prefix(digits)
            guard head.count == digits, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
            bytes = bytes.dropFirst(digits)
            return head.reduce(0) { $0 * 10 + Int($1 - 48) }
        }

        mutating func skip(_ choices: String) -> Bool {
            guard let first = bytes.first, choices.utf8.contains(first) else { return false }
            bytes = bytes.dropFirst()
            return true
        }

        /// Nanoseconds; none where there is no fraction. Digits beyond the ninth are dropped.
        mutating func fraction() -> Int? {
            guard skip(".") else { return 0 }
            let digits = bytes.prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return nil }
            bytes = bytes.dropFirst(digits.count)
            let kept = digits.prefix(9)
            return (kept + Array(repeating: 48, count: 9 - kept.count)).reduce(0) { $0 * 10 + Int($1 - 48) }
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if skip("Zz") { return 0 }
            guard let sign = bytes.first, skip("+-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return (sign == 45 ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
    }
}
