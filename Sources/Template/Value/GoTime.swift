/// A moment, and the zone that it is shown in.
package struct GoTime: Equatable, Sendable {
    /// Since 1970, in UTC.
    package var seconds: Int64
    package var nanoseconds: Int64
    package var zone: GoZone

    package init(seconds: Int64, nanoseconds: Int64 = 0, zone: GoZone = .utc) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        self.zone = zone
    }

    /// Go's zero time: the first of January of the year 1.
    static let zero = GoTime(seconds: -62_135_596_800)

    package static func == (left: GoTime, right: GoTime) -> Bool {
        left.seconds == right.seconds && left.nanoseconds == right.nanoseconds
    }

    func adding(nanoseconds delta: Int64) -> GoTime {
        var result = self
        let total = nanoseconds + delta % 1_000_000_000
        result.seconds += delta / 1_000_000_000 + (total < 0 ? -1 : total / 1_000_000_000)
        result.nanoseconds = (total + 1_000_000_000) % 1_000_000_000
        return result
    }

    /// In nanoseconds, within the bounds of Go's durations.
    func since(_ other: GoTime) -> Int64 {
        let (product, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(nanoseconds - other.nanoseconds)
        return overflow || carry ? (seconds > other.seconds ? .max : .min) : sum
    }
}

/// A zone by its rules: which offset counts when.
package struct GoZone: Equatable, Sendable {
    package struct Period: Equatable, Sendable {
        /// The second, since 1970, from which it counts.
        let start: Int64
        /// East of Greenwich, in seconds.
        let offset: Int
        let abbreviation: String
    }

    let name: String
    let periods: [Period]

    package static let utc = GoZone(name: "UTC", periods: [Period(start: .min, offset: 0, abbreviation: "UTC")])

    static func fixed(_ name: String, offset: Int) -> GoZone {
        GoZone(name: name, periods: [Period(start: .min, offset: offset, abbreviation: name)])
    }

    func period(at seconds: Int64) -> Period {
        periods.last { $0.start <= seconds } ?? periods.first ?? GoZone.utc.periods[0]
    }
}

/// A date and a time of day in the proleptic Gregorian calendar.
struct CivilTime {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    /// Sunday is 0.
    var weekday: Int
    /// From 1.
    var dayOfYear: Int

    init(_ seconds: Int64) {
        let days = Int((Double(seconds) / 86400).rounded(.down))
        let rest = Int(seconds - Int64(days) * 86400)
        (year, month, day) = Self.date(days)
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        weekday = ((days + 4) % 7 + 7) % 7
        dayOfYear = days - Self.days(year, 1, 1) + 1
    }

    /// Days since 1970; a month or day out of range counts on.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month - 1
        var year = year + (shifted >= 0 ? shifted / 12 : (shifted - 11) / 12)
        let month = ((shifted % 12) + 12) % 12 + 1
        if month <= 2 { year -= 1 }
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
