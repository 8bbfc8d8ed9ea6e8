package import Manifests

extension Digest {
    /// Of a set of records, in whatever order they come. Each part is written with its length, so that no name can be
    /// made to look like two.
    package init(records: [[String]]) {
        let lines = records.map { $0.map { "\($0.utf8.count):\($0)" }.joined(separator: " ") }
        self.init(bytes: Array(lines.sorted().joined(separator: "\n").utf8))
    }
}

extension ResourceKey {
    /// Group, kind, namespace and name; where there is no namespace a text that none has.
    package var parts: [String] { [group, kind, namespace ?? "/", name] }
}
