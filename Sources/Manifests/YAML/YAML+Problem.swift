extension YAML {
    /// What go-yaml says of the first document of a text that is no YAML; nil where its syntax is right.
    package static func problem(in bytes: [UInt8]) -> String? {
        let events = YAMLEvents(bytes, file: "")
        var anchors: Set<String> = []
        do {
            while true {
                let event = try events.next()
                switch event.kind {
                case .streamEnd, .documentEnd: return nil
                case .alias:
                    if let anchor = event.anchor, !anchors.contains(anchor) { return "unknown anchor '\(anchor)' referenced" }
                default: if let anchor = event.anchor { anchors.insert(anchor) }
                }
            }
        } catch {
            return events.problem
        }
    }
}
