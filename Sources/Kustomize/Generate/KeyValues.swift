import Manifests
import Model

/// The keys and contents that a generator gathers.
struct KeyValues {
    private(set) var pairs: [(key: String, content: [UInt8])] = []

    private var keys: Set<String> = []
    private let rule: GeneratorRule
    private let file: String

    init(_ rule: GeneratorRule, files: [String: LoadedFile], file: String) throws {
        self.rule = rule
        self.file = file
        for env in rule.envs {
            guard let loaded = files[env] else { continue }
            try addLines(of: loaded)
        }
        for literal in rule.literals { try addLiteral(literal) }
        for source in rule.files {
            let (key, path) = try Self.fileSource(source, rule: rule, file: file)
            try add(key, files[path]?.bytes ?? [])
        }
    }

    /// `path`, whose last component is the key, or `key=path`.
    static func fileSource(_ source: String, rule: GeneratorRule, file: String) throws -> (key: String, path: String) {
        let parts = source.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return (String(source.split(separator: "/").last ?? ""), source)
        case 2 where !parts[0].isEmpty && !parts[1].isEmpty: return (parts[0], parts[1])
        default:
            throw PlumbError(
                .invalid, "\(source.quoted) in \(rule.field).files is neither a path nor key=path.", at: Origin(file: file)
            )
        }
    }

    /// Lines of `key=value`; blank ones and comments do not count. The value is everything up to the end of the line.
    private mutating func addLines(of loaded: LoadedFile) throws {
        var bytes = loaded.bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let origin = Origin(file: loaded.path, line: number + 1)
            guard var text = String(validating: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)?[...] else {
                throw PlumbError(.invalid, "This line is not UTF-8.", at: origin)
            }
            while text.first?.isWhitespace == true { text.removeFirst() }
            guard let first = text.first, first != "#" else { continue }
            let equals = text.firstIndex(of: "=")
            let key = String(text[..<(equals ?? text.endIndex)])
            if key.isEmpty { continue }
            try add(key, equals.map { Array(text[text.index(after: $0)...].utf8) } ?? [])
        }
    }

    private mutating func addLiteral(_ literal: String) throws {
        guard let equals = literal.firstIndex(of: "="), equals != literal.startIndex else {
            // Without its value: it may be a secret.
            throw invalid("An entry of \(rule.field).literals is not key=value.")
        }
        var value = literal[literal.index(after: equals)...]
        if value.count > 1, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
            value = value.dropFirst().dropLast()
        }
        try add(String(literal[..<equals]), Array(value.utf8))
    }

    private mutating func add(_ key: String, _ content: [UInt8]) throws {
        guard keys.insert(key).inserted else { throw invalid("\(rule.field) has the key \(key.quoted) twice.") }
        pairs.append((key, content))
    }

    private func invalid(_ message: String, remedy: String? = nil) -> PlumbError {
        PlumbError(.invalid, message, remedy: remedy, at: Origin(file: file))
    }
}
