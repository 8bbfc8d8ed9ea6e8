import GRDB

/// What happened, and what was last seen.
///
/// `number` is the order in which rows were made, which a clock that is set back does not change.
enum Migration001 {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE events (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    time TEXT NOT NULL,
                    application TEXT,
                    kind TEXT NOT NULL,
                    key_group TEXT,
                    key_kind TEXT,
                    key_namespace TEXT,
                    key_name TEXT,
                    path TEXT,
                    old TEXT,
                    new TEXT,
                    manager TEXT,
                    message TEXT NOT NULL,
                    CHECK ((key_kind IS NULL) = (key_name IS NULL) AND (key_kind IS NULL) = (key_group IS NULL))
                );
                CREATE INDEX events_of_application ON events (application, id);

                CREATE TABLE operations (
                    number INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    application TEXT NOT NULL,
                    cause TEXT NOT NULL,
                    phase TEXT NOT NULL,
                    revision TEXT,
                    rendered_digest TEXT,
                    message TEXT NOT NULL,
                    started_at TEXT NOT NULL,
                    ended_at TEXT,
                    deadline TEXT
                );
                CREATE INDEX operations_of_application ON operations (application, number);

                CREATE TABLE history (
                    number INTEGER PRIMARY KEY,
                    operation TEXT NOT NULL UNIQUE,
                    application TEXT NOT NULL,
                    cause TEXT NOT NULL,
                    revision TEXT NOT NULL,
                    rendered_digest TEXT NOT NULL,
                    author TEXT,
                    message TEXT,
                    committed_at TEXT,
                    applied_at TEXT NOT NULL,
                    healthy_at TEXT,
                    summary TEXT NOT NULL
                );
                CREATE INDEX history_of_application ON history (application, number);

                CREATE TABLE states (
                    application TEXT NOT NULL PRIMARY KEY,
                    state TEXT NOT NULL
                ) WITHOUT ROWID;

                CREATE TABLE repositories (
                    number INTEGER PRIMARY KEY,
                    url TEXT NOT NULL,
                    reference TEXT NOT NULL,
                    revision TEXT NOT NULL,
                    commit_id TEXT,
                    UNIQUE (url, reference)
                );

                CREATE TABLE targets (
                    name TEXT NOT NULL PRIMARY KEY,
                    place TEXT NOT NULL,
                    identity TEXT NOT NULL,
                    installation TEXT NOT NULL
                ) WITHOUT ROWID;

                CREATE TABLE facts (
                    name TEXT NOT NULL PRIMARY KEY,
                    value TEXT NOT NULL
                ) WITHOUT ROWID;
                """)
    }
}
