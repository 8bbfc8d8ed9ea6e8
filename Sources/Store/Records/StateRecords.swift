import GRDB
package import Manifests
import Model

extension Store {
    /// Keeps the operator's state of an application, which means nothing here, in place of the last one. Throws `limit`
    /// above 16 MiB.
    package func save(state: Value, of application: String) async throws {
        try await change { try StateRecords.save(state, of: application, $0) }
    }

    /// By the names of the applications.
    package func states() async throws -> [String: Value] {
        try await look { database in
            let rows = try database.rows("SELECT application, state FROM states")
            return try Dictionary(rows.map { (try $0.text("application"), try $0.json("state")) }) { first, _ in first }
        }
    }

    /// No error where there is none.
    package func removeState(of application: String) async throws {
        try await change { try StateRecords.remove(application, $0) }
    }
}

enum StateRecords {
    private static let limit = 16 << 20

    static func save(_ state: Value, of application: String, _ database: Database) throws {
        let text = state.json
        guard text.utf8.count <= limit else {
            throw PlumbError(
                .limit, "The state of the application \(application) has \(text.utf8.count) bytes; the limit is \(limit).",
                remedy: "Split the application.")
        }
        try database.run("INSERT OR REPLACE INTO states (application, state) VALUES (?, ?)", [application, text])
    }

    static func remove(_ application: String, _ database: Database) throws {
        try database.run("DELETE FROM states WHERE application = ?", [application])
    }
}
