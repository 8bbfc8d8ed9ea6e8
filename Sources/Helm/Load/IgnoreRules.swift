import Model

/// What `.helmignore` leaves out of a chart.
struct IgnoreRules {
    private struct Rule {
        let pattern: FileMatch
        let isNegated: Bool
        let onlyDirectories: Bool
        /// Whether the whole path counts, and not its last part alone.
        let isOfPath: Bool
    }

    private var rules: [Rule] = []

    /// Helm's own rule: what begins with a dot in `templates`.
    init() {
        if let own = Self.rule("templates/.?*") { rules.append(own) }
    }

    /// Throws `invalid` for what Helm refuses too: `**`, and patterns that cannot be read.
    init(_ bytes: [UInt8], file: String) throws {
        self.init()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = String(decoding: bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...], as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            let rule = line.trimmed
            if rule.isEmpty || rule.hasPrefix("#") { continue }
            guard !rule.contains("**") else {
                throw PlumbError(.invalid, "\(file): the rule \(rule.quoted) has a **, which .helmignore does not know.")
            }
            guard let read = Self.rule(rule) else {
                throw PlumbError(
                    .invalid, "\(file): the rule \(rule.quoted) cannot be read.", remedy: "Put a backslash before signs such as [.")
            }
            rules.append(read)
        }
    }

    private static func rule(_ text: String) -> Rule? {
        var rule = text
        let isNegated = rule.hasPrefix("!")
        if isNegated { rule.removeFirst() }
        let onlyDirectories = rule.hasSuffix("/")
        if onlyDirectories { rule.removeLast() }
        let isRooted = rule.hasPrefix("/")
        if isRooted { rule.removeFirst() }
        return FileMatch(rule).map {
            Rule(pattern: $0, isNegated: isNegated, onlyDirectories: onlyDirectories, isOfPath: isRooted || rule.contains("/"))
        }
    }

    /// `path` is relative to the chart.
    func ignores(_ path: String, isDirectory: Bool) -> Bool {
        for rule in rules {
            let matches = (isDirectory || !rule.onlyDirectories) && rule.pattern.matches(rule.isOfPath ? path : path.lastComponent)
            // A negated rule leaves out everything else: that is how Helm has it.
            if matches != rule.isNegated { return true }
        }
        return false
    }
}

extension String {
    var lastComponent: String { split(separator: "/").last.map(String.init) ?? self }
}

extension StringProtocol {
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
