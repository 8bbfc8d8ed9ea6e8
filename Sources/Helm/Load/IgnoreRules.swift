import Model

/// What `.helmignore` leaves out of a chart.
struct IgnoreRules {
    private struct Rule {
        let pattern: String
        let isNegated: Bool
        let onlyDirectories: Bool
        let isRooted: Bool
    }

    private var rules: [Rule] = []

    /// Helm's own rule: what begins with a dot in `templates`.
    init() { add("templates/.?*") }

    /// Throws `invalid` for `**`, which Helm refuses too.
    init(_ bytes: [UInt8], file: String) throws {
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let rule = line.trimmed
            if rule.isEmpty || rule.hasPrefix("#") { continue }
            guard !rule.contains("**") else {
                throw PlumbError(.invalid, "\(file): the rule \(rule.quoted) has a **, which .helmignore does not know.")
            }
            add(rule)
        }
        add("templates/.?*")
    }

    private mutating func add(_ text: String) {
        var rule = text
        let isNegated = rule.hasPrefix("!")
        if isNegated { rule.removeFirst() }
        let onlyDirectories = rule.hasSuffix("/")
        if onlyDirectories { rule.removeLast() }
        let isRooted = rule.hasPrefix("/")
        if isRooted { rule.removeFirst() }
        rules.append(Rule(pattern: rule, isNegated: isNegated, onlyDirectories: onlyDirectories, isRooted: isRooted))
    }

    /// `path` is relative to the chart.
    func ignores(_ path: String, isDirectory: Bool) -> Bool {
        for rule in rules {
            if rule.onlyDirectories, !isDirectory { continue }
            let matches = Glob.matches(rule.isRooted || rule.pattern.contains("/") ? path : path.lastComponent, rule.pattern)
            // A negated rule leaves out everything else: that is how Helm has it.
            if rule.isNegated ? !matches : matches { return true }
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
