extension GoTime {
    /// The methods of `time.Time` that templates have a use for.
    func method(_ name: String) -> GoMethod? {
        let time = self
        switch name {
        case "Format": return GoMethod([.string]) { .text(time.format($0.bytes(0))) }
        case "Unix": return GoMethod { _ in .int64(time.seconds) }
        case "UnixMilli": return GoMethod { _ in .int64(time.seconds * 1000 + time.nanoseconds / 1_000_000) }
        case "UnixMicro": return GoMethod { _ in .int64(time.seconds * 1_000_000 + time.nanoseconds / 1000) }
        case "UnixNano": return GoMethod { _ in .int64(time.seconds &* 1_000_000_000 &+ time.nanoseconds) }
        case "Year": return GoMethod { _ in .int(time.civil.year) }
        case "Month":
            return GoMethod { _ in .object(NamedNumber("time.Month", time.civil.month, GoTimeLayout.months[time.civil.month - 1])) }
        case "Weekday":
            return GoMethod { _ in
                .object(NamedNumber("time.Weekday", time.civil.weekday, GoTimeLayout.weekdays[time.civil.weekday]))
            }
        case "Day": return GoMethod { _ in .int(time.civil.day) }
        case "YearDay": return GoMethod { _ in .int(time.civil.dayOfYear) }
        case "Hour": return GoMethod { _ in .int(time.civil.hour) }
        case "Minute": return GoMethod { _ in .int(time.civil.minute) }
        case "Second": return GoMethod { _ in .int(time.civil.second) }
        case "Nanosecond": return GoMethod { _ in .int(Int(time.nanoseconds)) }
        case "UTC", "Local": return GoMethod { _ in .time(GoTime(seconds: time.seconds, nanoseconds: time.nanoseconds)) }
        case "IsZero": return GoMethod { _ in .bool(time == GoTime.zero) }
        case "String": return GoMethod { _ in .string(time.description) }
        case "AddDate": return GoMethod([.int, .int, .int]) { .time(time.addingDate($0.int(0), $0.int(1), $0.int(2))) }
        case "After", "Before", "Equal":
            return GoMethod([.time]) { arguments in
                guard case .time(let other) = arguments[0] else { return .bool(false) }
                let isBefore = (time.seconds, time.nanoseconds) < (other.seconds, other.nanoseconds)
                return .bool(name == "Equal" ? time == other : name == "Before" ? isBefore : !isBefore && time != other)
            }
        default: return nil
        }
    }

    private func addingDate(_ years: Int, _ months: Int, _ days: Int) -> GoTime {
        let civil = civil
        let day = CivilTime.days(civil.year + years, civil.month + months, civil.day) + days
        let ofDay = Int64(civil.hour * 3600 + civil.minute * 60 + civil.second)
        var result = self
        result.seconds = Int64(day) * 86400 + ofDay - Int64(offset)
        return result
    }
}

/// A number whose type prints a name for it.
struct NamedNumber: GoObject {
    let typeName: String
    let value: Int
    let text: String?

    init(_ typeName: String, _ value: Int, _ text: String) {
        self.typeName = typeName
        self.value = value
        self.text = text
    }

    var content: GoObjectContent { .int(Int64(value)) }
}
