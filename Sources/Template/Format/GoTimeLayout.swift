/// Go's layouts: how the reference time, Mon Jan 2 15:04:05 MST 2006, is written.
enum GoTimeLayout {
    enum Element: Equatable {
        case literal([UInt8])
        case longMonth, month, numericMonth, zeroMonth
        case longWeekday, weekday
        case day, spaceDay, zeroDay, spaceDayOfYear, zeroDayOfYear
        case hour, hour12, zeroHour12
        case minute, zeroMinute, second, zeroSecond
        case longYear, year
        case upperPM, lowerPM
        case zoneName
        /// `Z` for UTC where `usesZ`; hours, and minutes and seconds where they are part of it.
        case offset(usesZ: Bool, colon: Bool, minutes: Bool, seconds: Bool)
        case fraction(digits: Int, isFixed: Bool, mark: UInt8)
    }

    /// In an order in which a longer spelling comes before one that it begins with.
    private static let spellings: [(String, Element)] = [
        ("January", .longMonth), ("Jan", .month), ("Monday", .longWeekday), ("Mon", .weekday), ("MST", .zoneName),
        ("01", .zeroMonth), ("002", .zeroDayOfYear), ("02", .zeroDay), ("03", .zeroHour12), ("04", .zeroMinute),
        ("05", .zeroSecond), ("06", .year), ("15", .hour), ("1", .numericMonth), ("2006", .longYear), ("_2006", .longYear),
        ("__2", .spaceDayOfYear), ("_2", .spaceDay), ("2", .day), ("3", .hour12), ("4", .minute), ("5", .second),
        ("PM", .upperPM), ("pm", .lowerPM),
        ("-07:00:00", .offset(usesZ: false, colon: true, minutes: true, seconds: true)),
        ("-070000", .offset(usesZ: false, colon: false, minutes: true, seconds: true)),
        ("-07:00", .offset(usesZ: false, colon: true, minutes: true, seconds: false)),
        ("-0700", .offset(usesZ: false, colon: false, minutes: true, seconds: false)),
        ("-07", .offset(usesZ: false, colon: false, minutes: false, seconds: false)),
        ("Z07:00:00", .offset(usesZ: true, colon: true, minutes: true, seconds: true)),
        ("Z070000", .offset(usesZ: true, colon: false, minutes: true, seconds: true)),
        ("Z07:00", .offset(usesZ: true, colon: true, minutes: true, seconds: false)),
        ("Z0700", .offset(usesZ: true, colon: false, minutes: true, seconds: false)),
        ("Z07", .offset(usesZ: true, colon: false, minutes: false, seconds: false)),
    ]

    static func elements(_ layout: [UInt8]) -> [Element] {
        var elements: [Element] = []
        var literal: [UInt8] = []
        var index = 0
        while index < layout.count {
            if let (element, length, lead) = match(layout, at: index) {
                literal += lead
                if !literal.isEmpty { elements.append(.literal(literal)) }
                literal = []
                elements.append(element)
                index += length
            } else {
                literal.append(layout[index])
                index += 1
            }
        }
        if !literal.isEmpty { elements.append(.literal(literal)) }
        return elements
    }

    private static func match(_ layout: [UInt8], at index: Int) -> (Element, Int, [UInt8])? {
        let byte = layout[index]
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), let fraction = fraction(layout, at: index) {
            return (fraction.0, fraction.1, [])
        }
        for (spelling, element) in spellings where layout[index...].starts(with: spelling.utf8) {
            let end = index + spelling.utf8.count
            // "Jan" is no month inside of a word that goes on in lower case.
            if element == .month || element == .weekday, end < layout.count, (0x61...0x7A).contains(layout[end]) { continue }
            return spelling == "_2006" ? (element, end - index, [UInt8(ascii: "_")]) : (element, end - index, [])
        }
        return nil
    }

    private static func fraction(_ layout: [UInt8], at index: Int) -> (Element, Int)? {
        guard index + 1 < layout.count, layout[index + 1] == UInt8(ascii: "0") || layout[index + 1] == UInt8(ascii: "9") else {
            return nil
        }
        let digit = layout[index + 1]
        let count = layout[(index + 1)...].prefix { $0 == digit }.count
        let end = index + 1 + count
        if end < layout.count, (0x30...0x39).contains(layout[end]) { return nil }
        return (.fraction(digits: min(count, 9), isFixed: digit == UInt8(ascii: "0"), mark: layout[index]), end - index)
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}

extension GoTime {
    var civil: CivilTime { CivilTime(seconds + Int64(offset)) }
    var offset: Int { zone.period(at: seconds).offset }

    func format(_ layout: [UInt8]) -> [UInt8] {
        let civil = civil
        var text = ""
        for element in GoTimeLayout.elements(layout) { text += format(element, civil) }
        return Array(text.utf8)
    }

    private func format(_ element: GoTimeLayout.Element, _ civil: CivilTime) -> String {
        let hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12
        return switch element {
        case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
        case .longMonth: GoTimeLayout.months[civil.month - 1]
        case .month: String(GoTimeLayout.months[civil.month - 1].prefix(3))
        case .numericMonth: String(civil.month)
        case .zeroMonth: pad(civil.month, 2)
        case .longWeekday: GoTimeLayout.weekdays[civil.weekday]
        case .weekday: String(GoTimeLayout.weekdays[civil.weekday].prefix(3))
        case .day: String(civil.day)
        case .spaceDay: (civil.day < 10 ? " " : "") + String(civil.day)
        case .zeroDay: pad(civil.day, 2)
        case .spaceDayOfYear: String(repeating: " ", count: 3 - String(civil.dayOfYear).count) + String(civil.dayOfYear)
        case .zeroDayOfYear: pad(civil.dayOfYear, 3)
        case .hour: pad(civil.hour, 2)
        case .hour12: String(hour12)
        case .zeroHour12: pad(hour12, 2)
        case .minute: String(civil.minute)
        case .zeroMinute: pad(civil.minute, 2)
        case .second: String(civil.second)
        case .zeroSecond: pad(civil.second, 2)
        case .longYear: civil.year < 0 ? "-" + pad(-civil.year, 4) : pad(civil.year, 4)
        case .year: pad(((civil.year % 100) + 100) % 100, 2)
        case .upperPM: civil.hour >= 12 ? "PM" : "AM"
        case .lowerPM: civil.hour >= 12 ? "pm" : "am"
        case .zoneName: zoneName
        case .offset(let usesZ, let colon, let minutes, let seconds):
            usesZ && offset == 0 ? "Z" : offsetText(colon: colon, minutes: minutes, seconds: seconds)
        case .fraction(let digits, let isFixed, let mark): fraction(digits, isFixed, mark)
        }
    }

    private var zoneName: String {
        let abbreviation = zone.period(at: seconds).abbreviation
        return abbreviation.isEmpty ? offsetText(colon: false, minutes: offset % 3600 != 0, seconds: false) : abbreviation
    }

    private func offsetText(colon: Bool, minutes: Bool, seconds: Bool) -> String {
        let size = abs(offset)
        let mark = colon ? ":" : ""
        return (offset < 0 ? "-" : "+") + pad(size / 3600, 2) + (minutes ? mark + pad(size / 60 % 60, 2) : "")
            + (seconds ? mark + pad(size % 60, 2) : "")
    }

    private func fraction(_ digits: Int, _ isFixed: Bool, _ mark: UInt8) -> String {
        var text = String(pad(Int(nanoseconds), 9).prefix(digits))
        if !isFixed {
            while text.hasSuffix("0") { text.removeLast() }
            if text.isEmpty { return "" }
        }
        return String(Unicode.Scalar(mark)) + text
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension GoTime: CustomStringConvertible {
    /// As Go prints it.
    package var description: String {
        String(decoding: format(Array("2006-01-02 15:04:05.999999999 -0700 MST".utf8)), as: UTF8.self)
    }
}
