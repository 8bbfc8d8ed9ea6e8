import Manifests
import Model

/// Words for the parts of what an operator answers, shared by its tables.
enum StatusText {
    /// `apps/Deployment shop/web`, as plans print it.
    static func key(_ value: Value?) -> String {
        guard let value, let kind = value["kind"]?.string, let name = value["name"]?.string else { return "" }
        let group = value["group"]?.string ?? ""
        return (group.isEmpty ? kind : "\(group)/\(kind)") + " " + (value["namespace"]?.string.map { "\($0)/" } ?? "") + name
    }

    /// The first digits of `main@sha1:…`, with a star where the files differ from it; of a chart its name and version; `-` for none.
    static func shortRevision(_ revision: String?, digits: Int = 7) -> String {
        if let chart = revision.flatMap(chart) { return chart }
        guard let revision, let colon = revision.lastIndex(of: ":") else { return revision ?? "-" }
        let hex = revision[revision.index(after: colon)...].prefix { $0.isHexDigit }
        return hex.prefix(digits) + (revision.hasSuffix("-dirty") ? "*" : "")
    }

    /// `podinfo-6.5.4` of `podinfo-6.5.4@sha256:…`; nil for what is no chart's.
    private static func chart(_ revision: String) -> String? {
        guard let revision = try? Revision(revision), revision.digest.algorithm == .sha256, let name = revision.name else { return nil }
        let isVersioned = name.indices.contains { index in
            name[index] == "-" && SemanticVersion(String(name[name.index(after: index)...])) != nil
        }
        return isVersioned ? name : nil
    }

    /// Of an application: one source's revision, and how many more there are.
    static func revisions(_ application: Value) -> String {
        let all = (application["revisions"]?.array ?? []).compactMap(\.string)
        return shortRevision(all.first) + (all.count > 1 ? " +\(all.count - 1)" : "")
    }

    /// `Synced, 2 unmanaged`
    static func sync(_ application: Value) -> String {
        let status = application.at("sync", "status")?.string ?? "Unknown"
        let unmanaged = application.at("sync", "unmanaged")?.integer ?? 0
        return unmanaged > 0 ? "\(status), \(unmanaged) unmanaged" : status
    }

    /// `/spec/replicas: 3 → 5 (kubectl-edit)`; nil where there is no path.
    static func change(_ value: Value) -> String? {
        guard let path = value["path"]?.string else { return nil }
        let change =
            switch (value["old"]?.string, value["new"]?.string) {
            case (let old?, let new?): "\(old) → \(new)"
            case (nil, let new?): "+ \(new)"
            case (let old?, nil): "- \(old)"
            case (nil, nil): "changed"
            }
        let manager = value["manager"]?.string.flatMap { $0 == "unknown" ? nil : " (\($0))" } ?? ""
        return "\(path): \(change)\(manager)"
    }

    /// Whether a person wants to look at it.
    static func isProblem(_ application: Value) -> Bool {
        let sync = application.at("sync", "status")?.string
        let health = application.at("health", "status")?.string ?? ""
        return sync != "Synced" || ["Degraded", "Missing", "Unknown"].contains(health) || application["hold"] != nil
            || application["orphan"]?.bool == true || application.at("operation", "phase")?.string == "Failed"
    }

    /// In one line and no longer than `length` characters.
    static func clipped(_ text: String, _ length: Int) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > length ? String(line.prefix(length - 1)) + "…" : line
    }
}
