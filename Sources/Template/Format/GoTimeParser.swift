/// Reads a time by a layout, as Go's `time.ParseInLocation` does. Nil for what does not fit.
struct GoTimeParser {
    private var rest: ArraySlice<UInt8>
    private var year = 0
    private var month = -1
    private var day = -1
    private var dayOfYear = -1
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var nanoseconds: Int64 = 0
    private var isPM: Bool?
    private var offset: Int?
    private var zoneName = ""

    private init(_ text: [UInt8]) { rest = text[...] }

    /// The same, with Go's words for what is wrong.
    static func parseOrThrow(_ text: [UInt8], layout: [UInt8]) throws -> GoTime {
        var parser = GoTimeParser(text)
        let quoted = GoQuote.double(text)
        guard parser.readAll(layout) else {
            let rest = GoQuote.double(Array(parser.rest))
            throw GoError("parsing time \(quoted) as \(GoQuote.double(layout)): cannot parse \(rest) as \(GoQuote.double(layout))")
        }
        guard let time = parser.time() else { throw GoError("parsing time \(quoted): day out of range") }
        return time
    }

    static func parse(_ text: [UInt8], layout: [UInt8]) -> GoTime? {
        var parser = GoTimeParser(text)
        return parser.readAll(layout) ? parser.time() : nil
    }

    private mutating func readAll(_ layout: [UInt8]) -> Bool {
        let elements = GoTimeLayout.elements(layout)
        for (index, element) in elements.enumerated() {
            let hasFraction = index + 1 < elements.count && elements[index + 1].isFraction
            guard read(element, fractionFollows: hasFraction) else { return false }
        }
        return rest.isEmpty
    }

    private mutating func read(_ element: GoTimeLayout.Element, fractionFollows: Bool) -> Bool {
        switch element {
        case .literal(let bytes): return skip(bytes)
        case .longMonth: return name(GoTimeLayout.months) { $0.month = $1 + 1 }
        case .month: return name(GoTimeLayout.months.map { String($0.prefix(3)) }) { $0.month = $1 + 1 }
        case .longWeekday: return name(GoTimeLayout.weekdays) { _, _ in }
        case .weekday: return name(GoTimeLayout.weekdays.map { String($0.prefix(3)) }) { _, _ in }
        case .numericMonth, .zeroMonth: return number(element == .zeroMonth ? 2...2 : 1...2, 1...12) { $0.month = $1 }
        case .day, .spaceDay, .zeroDay:
            if element == .spaceDay, rest.first == 0x20 { rest.removeFirst() }
            return number(element == .zeroDay ? 2...2 : 1...2, 0...99) { $0.day = $1 }
        case .spaceDayOfYear, .zeroDayOfYear:
            while element == .spaceDayOfYear, rest.first == 0x20 { rest.removeFirst() }
            return number(1...3, 1...366) { $0.dayOfYear = $1 }
        case .hour: return number(1...2, 0...23) { $0.hour = $1 }
        case .hour12, .zeroHour12: return number(element == .zeroHour12 ? 2...2 : 1...2, 0...12) { $0.hour = $1 }
        case .minute, .zeroMinute: return number(element == .zeroMinute ? 2...2 : 1...2, 0...59) { $0.minute = $1 }
        case .second, .zeroSecond:
            guard number(element == .zeroSecond ? 2...2 : 1...2, 0...59, { $0.second = $1 }) else { return false }
            // A fraction is taken even where the layout has none.
            if !fractionFollows { _ = fraction(digits: nil) }
            return true
        case .longYear: return number(4...4, 0...9999) { $0.year = $1 }
        case .year: return number(2...2, 0...99) { $0.year = $1 >= 69 ? $1 + 1900 : $1 + 2000 }
        case .upperPM: return word(["AM", "PM"]) { $0.isPM = $1 == 1 }
        case .lowerPM: return word(["am", "pm"]) { $0.isPM = $1 == 1 }
        case .zoneName: return readZoneName()
        case .offset(let usesZ, let colon, let minutes, let seconds):
            return readOffset(usesZ: usesZ, colon: colon, minutes: minutes, seconds: seconds)
        case .fraction(let digits, let isFixed, _): return isFixed ? fraction(digits: digits) : (fraction(digits: nil) || true)
        }
    }

    private mutating func skip(_ literal: [UInt8]) -> Bool {
        var expected = literal[...]
        while let byte = expected.first {
            if byte == 0x20 {
                while expected.first == 0x20 { expected.removeFirst() }
                if let next = rest.first, next != 0x20 { return false }
                while rest.first == 0x20 { rest.removeFirst() }
                continue
            }
            guard rest.first == byte else { return false }
            rest.removeFirst()
            expected.removeFirst()
        }
        return true
    }

    private mutating func name(_ names: [String], _ set: (inout GoTimeParser, Int) -> Void) -> Bool {
        for (index, name) in names.enumerated() {
            let count = name.utf8.count
            if rest.count >= count, zip(rest, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                rest.removeFirst(count)
                set(&self, index)
                return true
            }
        }
        return false
    }

    private mutating func word(_ words: [String], _ set: (inout GoTimeParser, Int) -> Void) -> Bool {
        guard let index = words.firstIndex(where: { rest.starts(with: $0.utf8) }) else { return false }
        rest.removeFirst(words[index].utf8.count)
        set(&self, index)
        return true
    }

    private mutating func digits(_ count: ClosedRange<Int>) -> Int? {
        let text = rest.prefix(count.upperBound).prefix { (0x30...0x39).contains($0) }
        guard text.count >= count.lowerBound else { return nil }
        rest.removeFirst(text.count)
        return Int(String(decoding: text, as: UTF8.self))
    }

    private mutating func number(
        _ count: ClosedRange<Int>, _ range: ClosedRange<Int>, _ set: (inout GoTimeParser, Int) -> Void
    ) -> Bool {
        guard let value = digits(count), range.contains(value) else { return false }
        set(&self, value)
        return true
    }

    private mutating func fraction(digits: Int?) -> Bool {
        guard rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") else { return false }
        let text = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard !text.isEmpty, digits == nil || text.count == digits else { return false }
        rest.removeFirst(text.count + 1)
        let nine = String(decoding: text.prefix(9), as: UTF8.self)
        nanoseconds = Int64(nine + String(repeating: "0", count: 9 - nine.utf8.count)) ?? 0
        return true
    }

    private mutating func readZoneName() -> Bool {
        let letters = rest.prefix { (0x41...0x5A).contains($0) }
        guard (3...5).contains(letters.count) else { return false }
        zoneName = String(decoding: letters, as: UTF8.self)
        rest.removeFirst(letters.count)
        return true
    }

    private mutating func readOffset(usesZ: Bool, colon: Bool, minutes: Bool, seconds: Bool) -> Bool {
        if usesZ, rest.first == UInt8(ascii: "Z") {
            rest.removeFirst()
            offset = 0
            return true
        }
        guard let sign = rest.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = digits(2...2),
            hours <= 24
        else { return false }
        var total = hours * 3600
        for (wanted, unit) in [(minutes, 60), (seconds, 1)] where wanted {
            if colon {
                guard rest.first == UInt8(ascii: ":") else { return false }
                rest.removeFirst()
            }
            guard let value = digits(2...2), value <= 60 else { return false }
            total += value * unit
        }
        offset = sign == UInt8(ascii: "-") ? -total : total
        return true
    }

    private func time() -> GoTime? {
        var hour = hour
        if isPM == true, hour < 12 { hour += 12 } else if isPM == false, hour == 12 { hour = 0 }
        let days: Int
        if dayOfYear >= 0 {
            guard dayOfYear <= (CivilTime.isLeap(year) ? 366 : 365) else { return nil }
            days = CivilTime.days(year, 1, dayOfYear)
        } else {
            let (month, day) = (max(month, 1), day < 0 ? 1 : day)
            guard day >= 1, day <= CivilTime.days(in: month, of: year) else { return nil }
            days = CivilTime.days(year, month, day)
        }
        let local = Int64(days) * 86400 + Int64(hour * 3600 + minute * 60 + second)
        guard let offset else {
            // An abbreviation that is not the zone's own gets an offset of zero.
            let zone = zoneName.isEmpty || zoneName == "UTC" ? GoZone.utc : .fixed(zoneName, offset: 0)
            return GoTime(seconds: local, nanoseconds: nanoseconds, zone: zone)
        }
        let zone = offset == 0 && (zoneName.isEmpty || zoneName == "UTC") ? GoZone.utc : .fixed(zoneName, offset: offset)
        return GoTime(seconds: local - Int64(offset), nanoseconds: nanoseconds, zone: zone)
    }
}

extension GoTimeLayout.Element {
    var isFraction: Bool { if case .fraction = self { true } else { false } }
}
