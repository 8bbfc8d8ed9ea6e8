/// sprig's functions on times. The local zone is UTC, as in a container.
enum DateFunctions {
    static let functions: [String: GoFunction] = [
        "now": GoFunction { .time(now($0)) },
        "date": GoFunction([.string, .any]) { .text(time($0[1], $0).format($0.bytes(0))) },
        "dateInZone": dateInZone, "date_in_zone": dateInZone,
        "htmlDate": GoFunction([.any]) { .text(time($0[0], $0).format(Array("2006-01-02".utf8))) },
        "htmlDateInZone": GoFunction([.any, .string]) { arguments in
            .text(try shown(time(arguments[0], arguments), in: arguments.string(1), arguments).format(Array("2006-01-02".utf8)))
        },
        "dateModify": modify(mustParse: false), "date_modify": modify(mustParse: false),
        "mustDateModify": modify(mustParse: true), "must_date_modify": modify(mustParse: true),
        "toDate": GoFunction([.string, .string]) { .time(GoTimeParser.parse($0.bytes(1), layout: $0.bytes(0)) ?? .zero) },
        "mustToDate": GoFunction([.string, .string]) { arguments in
            .time(try GoTimeParser.parseOrThrow(arguments.bytes(1), layout: arguments.bytes(0)))
        },
        "unixEpoch": GoFunction([.time]) { arguments in
            guard case .time(let time) = arguments[0] else { return .string("0") }
            return .string(String(time.seconds))
        },
        "ago": GoFunction([.any]) { arguments in
            let elapsed = now(arguments).since(time(arguments[0], arguments))
            return .string(GoDuration.print(rounded(elapsed, to: 1_000_000_000)))
        },
        "duration": GoFunction([.any]) { arguments in
            let seconds: Int64 =
                switch arguments[0] {
                case .string(let text): GoNumbers.parseInt(text, base: 10) ?? 0
                case .int(let number, .int64): number
                default: 0
                }
            return .string(GoDuration.print(seconds &* 1_000_000_000))
        },
        "durationRound": GoFunction([.any]) { arguments in
            switch arguments[0] {
            case .string(let text): .string(coarse(GoDuration.parse(text) ?? 0))
            case .int(let number, .int64): .string(coarse(number))
            case .time(let time): .string(coarse(now(arguments).since(time)))
            default: .string("0s")
            }
        },
    ]

    private static let dateInZone = GoFunction([.string, .any, .string]) { arguments in
        .text(try shown(time(arguments[1], arguments), in: arguments.string(2), arguments).format(arguments.bytes(0)))
    }

    private static func now(_ arguments: GoArguments) -> GoTime {
        let now = arguments.execution.environment.now()
        return GoTime(seconds: now / 1_000_000_000, nanoseconds: now % 1_000_000_000)
    }

    /// A time, or seconds since 1970; for anything else, now.
    private static func time(_ value: GoValue, _ arguments: GoArguments) -> GoTime {
        switch value {
        case .time(let time): GoTime(seconds: time.seconds, nanoseconds: time.nanoseconds)
        case .int(let seconds, let type) where type != .uint8 && type != .uint64: GoTime(seconds: seconds)
        default: now(arguments)
        }
    }

    /// A zone that nobody knows is UTC in sprig. One that only this program lacks would be, too, and wrong.
    private static func shown(_ time: GoTime, in zone: String, _ arguments: GoArguments) throws -> GoTime {
        if ["", "UTC", "Local"].contains(zone) { return time }
        guard let file = arguments.execution.environment.zone(zone) else {
            throw GoError("the time zone \(GoQuote.double(Array(zone.utf8))) is not known here; use UTC")
        }
        guard let rules = ZoneFile.read(file, name: zone) else {
            throw GoError("the file of the time zone \(GoQuote.double(Array(zone.utf8))) cannot be read")
        }
        return GoTime(seconds: time.seconds, nanoseconds: time.nanoseconds, zone: rules)
    }

    private static func modify(mustParse: Bool) -> GoFunction {
        GoFunction([.string, .time]) { arguments in
            guard case .time(let time) = arguments[1] else { return arguments[1] }
            guard let duration = GoDuration.parse(arguments.string(0)) else {
                guard mustParse else { return arguments[1] }
                throw GoError("time: invalid duration \(GoQuote.double(arguments.bytes(0)))")
            }
            return .time(time.adding(nanoseconds: duration))
        }
    }

    private static func rounded(_ duration: Int64, to unit: Int64) -> Int64 {
        let rest = duration % unit
        if rest.magnitude * 2 < unit.magnitude { return duration - rest }
        return duration - rest + (duration < 0 ? -unit : unit)
    }

    private static func coarse(_ duration: Int64) -> String {
        let size = duration.magnitude
        let hour: UInt64 = 3_600_000_000_000
        let units: [(UInt64, String)] = [
            (hour * 24 * 365, "y"), (hour * 24 * 30, "mo"), (hour * 24, "d"), (hour, "h"), (hour / 60, "m"), (hour / 3600, "s"),
        ]
        guard let unit = units.first(where: { size > $0.0 }) else { return "0s" }
        return "\(size / unit.0)\(unit.1)"
    }
}

/// A file of the tz database (TZif).
enum ZoneFile {
    static func read(_ bytes: [UInt8], name: String) -> GoZone? {
        guard bytes.starts(with: Array("TZif".utf8)), bytes.count >= 44 else { return nil }
        let first = Header(bytes, at: 0)
        guard bytes[4] >= UInt8(ascii: "2") else { return nil }
        // The second block is the first one again with times of 64 bits.
        let start = 44 + first.size(timeSize: 4)
        guard bytes.count >= start + 44 else { return nil }
        let header = Header(bytes, at: start)
        let body = start + 44
        guard bytes.count >= body + header.size(timeSize: 8) else { return nil }
        return GoZone(name: name, periods: periods(bytes, body, header))
    }

    private struct Header {
        let utc, standard, leaps, times, types, characters: Int

        init(_ bytes: [UInt8], at start: Int) {
            func number(_ index: Int) -> Int {
                bytes[(start + 20 + index * 4)..<(start + 24 + index * 4)].reduce(0) { $0 << 8 | Int($1) }
            }
            (utc, standard, leaps, times, types, characters) = (number(0), number(1), number(2), number(3), number(4), number(5))
        }

        func size(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standard + utc
        }
    }

    private static func periods(_ bytes: [UInt8], _ body: Int, _ header: Header) -> [GoZone.Period] {
        let typesStart = body + header.times * 9
        let names = typesStart + header.types * 6
        func period(_ type: Int, from start: Int64) -> GoZone.Period {
            let at = typesStart + type * 6
            let offset = Int32(bitPattern: bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) })
            let name = bytes[(names + Int(bytes[at + 5]))...].prefix { $0 != 0 }
            return GoZone.Period(start: start, offset: Int(offset), abbreviation: String(decoding: name, as: UTF8.self))
        }
        var periods = header.types > 0 ? [period(0, from: .min)] : []
        for index in 0..<header.times {
            let at = body + index * 8
            let start = Int64(bitPattern: bytes[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) })
            let type = Int(bytes[body + header.times * 8 + index])
            if type < header.types { periods.append(period(type, from: start)) }
        }
        return periods
    }
}
