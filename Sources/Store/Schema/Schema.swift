import GRDB
import Model

/// The tables, as steps that only ever lead forward. A step that was released is never changed again.
enum Schema {
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 records", migrate: Migration001.apply)
        migrator.registerMigration("002 objects", migrate: Migration002.apply)
        return migrator
    }

    /// Throws `unsupported` where steps were taken that this version does not know, with nothing changed.
    static func migrate(_ database: any DatabaseWriter, at place: String) throws {
        guard try !database.read(migrator.hasBeenSuperseded) else {
            throw PlumbError(
                .unsupported, "A newer version of Plumb wrote the store \(place), and this one cannot read it.",
                remedy: "Use that version or a newer one; or move the store away: history is lost then, and nothing that runs.")
        }
        try migrator.migrate(database)
    }
}
