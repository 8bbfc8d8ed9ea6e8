/// Columns for people: aligned by spaces, the last one as long as it is.
struct Table {
    let header: [String]
    var rows: [[String]] = []

    var text: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
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
