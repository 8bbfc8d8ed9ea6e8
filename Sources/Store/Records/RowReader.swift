import GRDB
import Manifests
import Model

/// Reads the columns of one row. What does not fit is thrown as a damaged store, for people change files by hand.
struct RowReader {
    let row: Row

    init(_ row: Row) { self.row = row }

    func text(_ column: String) throws -> String { try require(column, optionalText(column)) }

    func optionalText(_ column: String) throws -> String? {
        let value: DatabaseValue = try self.value(column)
        if value.isNull { return nil }
        return try require(column, String.fromDatabaseValue(value))
    }

    func integer(_ column: String) throws -> Int64 { try require(column, Int64.fromDatabaseValue(value(column))) }

    func optionalInteger(_ column: String) throws -> Int64? {
        let value: DatabaseValue = try self.value(column)
        return value.isNull ? nil : try require(column, Int64.fromDatabaseValue(value))
    }

    func choice<Choice: RawRepresentable>(_ column: String, _ type: Choice.Type) throws -> Choice where Choice.RawValue == String {
        try require(column, Choice(rawValue: text(column)))
    }

    func digest(_ column: String) throws -> Digest { try require(column, Digest(parsing: text(column))) }

    func optionalDigest(_ column: String) throws -> Digest? {
        try optionalText(column).map { try require(column, Digest(parsing: $0)) }
    }

    func json(_ column: String) throws -> Value { try require(column, try? JSON.parse(Array(text(column).utf8))) }

    private func value(_ column: String) throws -> DatabaseValue {
        guard row.hasColumn(column) else { throw unreadable(column) }
        return row[column]
    }

    private func require<Result>(_ column: String, _ value: Result?) throws -> Result {
        guard let value else { throw unreadable(column) }
        return value
    }

    private func unreadable(_ column: String) -> DatabaseError {
        DatabaseError(
            resultCode: .SQLITE_CORRUPT, message: "a row has something in the column \(column) that this Plumb cannot read")
    }
}
