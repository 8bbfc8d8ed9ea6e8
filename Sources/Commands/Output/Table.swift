/// Columns for people: aligned by spaces, the last one as long as it is. A row with fewer cells is a remark on the row above.
struct Table {
    let header: [String]
    var rows: [[String]] = []

    var text: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in
            // Nothing stands behind a line's last cell, so it needs no room.
            lines.map { column < $0.count - 1 ? $0[column].count : 0 }.max() ?? 0
        }
        return lines.map { line in
            line.enumerated().map { column, cell in
                column == line.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 3)
            }.joined().trimmingEnd
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmingEnd: String { String(dropLast(while: { $0 == " " })) }
}
