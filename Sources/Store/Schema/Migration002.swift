import GRDB

/// The operator's own objects, and the inventories of who put them there.
enum Migration002 {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE objects (
                    api_group TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    name TEXT NOT NULL,
                    uid TEXT NOT NULL UNIQUE,
                    generation INTEGER NOT NULL CHECK (generation > 0),
                    owner TEXT NOT NULL,
                    manifest TEXT NOT NULL,
                    file TEXT NOT NULL,
                    line INTEGER,
                    PRIMARY KEY (api_group, kind, name)
                ) WITHOUT ROWID;

                -- Each save is a new row: its number is the version, and none is ever given out twice.
                CREATE TABLE inventories (
                    version INTEGER PRIMARY KEY AUTOINCREMENT,
                    installation TEXT NOT NULL,
                    namespace TEXT NOT NULL,
                    name TEXT NOT NULL,
                    inventory TEXT NOT NULL,
                    UNIQUE (installation, namespace, name)
                );
                """)
    }
}
