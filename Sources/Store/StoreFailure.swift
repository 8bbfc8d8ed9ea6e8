import GRDB
import Model

/// SQLite's errors as sentences. Neither statements nor their values get into one.
enum StoreFailure {
    static func translate(_ error: any Error, at place: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let reason = error.message ?? "SQLite says no more than its code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return PlumbError(
                .limit, "Nothing was stored in \(place): the disk is full.", remedy: "Make room; the operator goes on by itself.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return damaged(reason, at: place)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return PlumbError(
                .timedOut, "The store \(place) is locked by another program.",
                remedy: "Close whatever else has the file open, such as sqlite3.")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return PlumbError(
                .denied, "The store \(place) cannot be written: \(reason).",
                remedy: "Check who owns the file, its directory and the files beside it, and whether the disk is read-only.")
        default:
            return PlumbError(.failed, "The store \(place) failed: \(reason).")
        }
    }

    static func closed(_ place: String) -> PlumbError { PlumbError(.failed, "The store \(place) is closed.") }

    static func damaged(_ reason: String, at place: String) -> PlumbError {
        PlumbError(
            .failed, "The store \(place) is damaged: \(reason).",
            remedy: "Restore it, or stop the operator and move it and the files beside it away: history is lost then, and nothing "
                + "that runs.")
    }
}
