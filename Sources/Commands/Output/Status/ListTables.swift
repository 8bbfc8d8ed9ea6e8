import Manifests

/// Tables of the lists that an operator answers. `now` is since 1970.
enum ListTables {
    /// One line an application, and a second one below it where something is wrong with it.
    static func applications(_ items: [Value], now: Duration) -> String {
        table(["NAME", "SYNC", "HEALTH", "REVISION", "TARGET", "AGE"], items, none: "There are no applications.") { item in
            let operation = item["operation"]
            let row = [
                name(item), StatusText.sync(item), item.at("health", "status")?.string ?? "Unknown", StatusText.revisions(item),
                item["target"]?.string ?? "-",
                AgeText.text(since: operation?["endedAt"]?.string ?? operation?["startedAt"]?.string, now: now),
            ]
            let why = item["why"]?.string ?? ""
            return StatusText.isProblem(item) && !why.isEmpty ? [row, ["  " + why]] : [row]
        }
    }

    static func repositories(_ items: [Value], now: Duration) -> String {
        table(["NAME", "APPLICATIONS", "REVISIONS", "CHECKED", "URL"], items, none: "There are no repositories.") { item in
            let revisions = (item["revisions"]?.object ?? Object()).map { member in
                "\(member.key)@\(StatusText.shortRevision(member.value.string))"
            }
            let row = [
                name(item), "\(item["applications"]?.integer ?? 0)", revisions.isEmpty ? "-" : revisions.joined(separator: ","),
                AgeText.text(since: item["checkedAt"]?.string, now: now), item["url"]?.string ?? "-",
            ]
            return [row] + failure(item, now: now)
        }
    }

    static func targets(_ items: [Value], now: Duration) -> String {
        table(["NAME", "APPLICATIONS", "STATE", "PLACE"], items, none: "There are no targets.") { item in
            let row = [
                name(item), "\(item["applications"]?.integer ?? 0)", item["error"] == nil ? "ok" : "failing",
                item["place"]?.string ?? "-",
            ]
            return [row] + failure(item, now: now)
        }
    }

    static func unmanaged(_ items: [Value]) -> String {
        table(["APPLICATION", "RESOURCE", "PATH"], items, none: "Nothing that changes behaviour is undeclared.") { item in
            (item["paths"]?.array ?? []).map { path in
                [item["application"]?.string ?? "-", StatusText.key(item["key"]), path.string ?? ""]
            }
        }
    }

    static func history(_ items: [Value], now: Duration) -> String {
        table(["WHEN", "REVISION", "AUTHOR", "MESSAGE", "RESULT"], items, none: "Nothing was applied yet.") { item in
            let healthy = item["healthyAt"] == nil ? "; not seen healthy" : ""
            return [
                [
                    AgeText.text(since: item["appliedAt"]?.string, now: now),
                    StatusText.shortRevision(item["revision"]?.string, digits: 12),
                    StatusText.clipped(item["author"]?.string ?? "-", 20), StatusText.clipped(item["message"]?.string ?? "-", 50),
                    (item["summary"]?.string ?? "") + healthy,
                ]
            ]
        }
    }

    static func events(_ items: [Value], now: Duration) -> String {
        table(["TIME", "APPLICATION", "TYPE", "RESOURCE", "MESSAGE"], items, none: "Nothing has happened yet.") { item in
            let row = [
                AgeText.text(since: item["time"]?.string, now: now), item["application"]?.string ?? "-",
                item["type"]?.string ?? "-", item["key"].map(StatusText.key) ?? "-", item["message"]?.string ?? "",
            ]
            return StatusText.change(item).map { [row, ["  " + $0]] } ?? [row]
        }
    }

    /// One event as it comes, when there is no table to fit it into.
    static func line(of event: Value) -> String {
        // 2026-01-31T18:00:00.000Z: the day is today.
        let time = event["time"]?.string.map { String($0.dropFirst(11).prefix(8)) } ?? ""
        let subject = [event["application"]?.string, event["key"].map(StatusText.key)].compactMap(\.self)
        let parts = [time, event["type"]?.string ?? ""] + subject
        let change = StatusText.change(event).map { " [\($0)]" } ?? ""
        return parts.joined(separator: "  ") + "  " + (event["message"]?.string ?? "") + change
    }

    private static func name(_ item: Value) -> String { item["name"]?.string ?? "-" }

    private static func failure(_ item: Value, now: Duration) -> [[String]] {
        guard let error = item["error"]?.string else { return [] }
        let since = item["failingSince"].map { " (for \(AgeText.text(since: $0.string, now: now)))" } ?? ""
        return [["  " + StatusText.clipped(error, 400) + since]]
    }

    static func table(_ header: [String], _ items: [Value], none: String, _ rows: (Value) -> [[String]]) -> String {
        var table = Table(header: header)
        table.rows = items.flatMap(rows)
        return table.rows.isEmpty ? none : table.text
    }
}
