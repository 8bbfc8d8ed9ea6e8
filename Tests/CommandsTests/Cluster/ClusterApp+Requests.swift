import Model
import TestSupport
import Testing

/// What an API server was asked by `plumb` for one application.
struct Requests {
    /// Requests that change something, without dry runs, that the server granted or refused.
    let writes: [AuditEntry]

    init(_ entries: [AuditEntry]) {
        writes = entries.filter { $0.isWrite && !$0.isDryRun }
    }

    var objects: [AuditEntry] { writes.filter { $0.namespace != "plumb-system" } }
    var inventory: [AuditEntry] { writes.filter { $0.namespace == "plumb-system" } }
    var deletions: [AuditEntry] { objects.filter { $0.verb.hasPrefix("delete") } }

    /// `patch configmaps/a`, sorted; what the server refused has its status behind it.
    var words: [String] { objects.map(Self.words).sorted() }

    static func words(_ entry: AuditEntry) -> String {
        let name = entry.name.isEmpty ? "" : "/\(entry.name)"
        let subresource = entry.subresource.isEmpty ? "" : "/\(entry.subresource)"
        return "\(entry.verb) \(entry.resource)\(name)\(subresource)" + (entry.code < 300 ? "" : " \(entry.code)")
    }
}

extension ClusterApp {
    func mark() async throws -> AuditLog.Mark { try await server.auditLog.mark() }

    /// What `plumb` has asked for since `mark`: in this namespace, of this application's inventory, and of the cluster-wide
    /// objects that have the application's name in theirs.
    func requests(since mark: AuditLog.Mark) async throws -> Requests {
        let inventory = "plumb-inventory-\(try await identity().hash)"
        let entries = try await server.auditLog.entries(since: mark) { entry in
            guard entry.userAgent.hasPrefix("plumb/") else { return false }
            if entry.namespace == namespace || entry.name.contains(name) { return true }
            // A create has no name in its URL: those of the first save are told by nothing.
            return entry.namespace == "plumb-system" && entry.name.hasPrefix(inventory)
        }
        return Requests(entries)
    }

    /// Runs `body` and gives what `plumb` wrote meanwhile.
    func writes(during body: () async throws -> Void) async throws -> Requests {
        let start = try await mark()
        try await body()
        return try await requests(since: start)
    }
}
