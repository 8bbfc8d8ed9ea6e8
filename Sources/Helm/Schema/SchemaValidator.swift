import Manifests
import Model
import Template

/// Values against a JSON schema: drafts 4 to 7, 2019-09 and 2020-12, without schemas from elsewhere.
struct SchemaValidator {
    struct Problem: Hashable {
        /// A JSON pointer into the values.
        let path: String
        let message: String
    }

    private static let maximumDepth = 128
    private static let maximumSteps = 2_000_000
    private static let maximumProblems = 100

    private let root: Value
    private let dialect: SchemaDialect
    /// Whether anything asks for the parts of a value that nothing else has looked at.
    let tracksSeen: Bool
    private var steps = 0
    private var patterns: [String: GoPattern] = [:]

    init(root: Value) {
        self.root = root
        dialect = SchemaDialect(root.object?["$schema"]?.string)
        tracksSeen = dialect.knows("unevaluatedProperties") && Self.mentionsUnevaluated(root, depth: 0)
    }

    /// What does not fit. Throws `PlumbError` for a schema that asks for more than this can do.
    mutating func validate(_ value: Value) throws -> [Problem] {
        try check(value, root, path: "", depth: 0)
    }

    mutating func fits(_ value: Value, _ schema: Value, path: String, depth: Int) throws -> Bool {
        try check(value, schema, path: path, depth: depth).isEmpty
    }

    /// A value by itself: nobody asks which parts of it the schema has looked at.
    mutating func check(_ value: Value, _ schema: Value, path: String, depth: Int) throws -> [Problem] {
        var seen = SeenParts()
        return try check(value, schema, path: path, depth: depth, &seen)
    }

    /// `seen` takes up which parts of the value the schema has looked at, if it fits.
    mutating func check(
        _ value: Value, _ schema: Value, path: String, depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        try spend(1)
        guard depth < Self.maximumDepth else { throw Self.endless }
        switch schema {
        case .bool(true): return []
        case .bool(false): return [Problem(path: path, message: "false schema")]
        case .object(let object):
            let schema = SchemaKeywords(object: object, dialect: dialect)
            var own = SeenParts()
            let problems = try check(value, schema, path: path, depth: depth + 1, &own)
            if problems.isEmpty { seen.formUnion(own) }
            return Array(problems.prefix(Self.maximumProblems))
        default:
            throw PlumbError(
                .invalid, "The schema of the values has \(schema.typeName) where a schema belongs.")
        }
    }

    private mutating func spend(_ work: Int) throws {
        steps += work
        guard steps < Self.maximumSteps else { throw Self.endless }
    }

    private static var endless: PlumbError {
        PlumbError(.limit, "The schema of the values refers to itself without end, or is too large.")
    }

    private mutating func check(
        _ value: Value, _ schema: SchemaKeywords, path: String, depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        if let reference = schema["$ref"]?.string {
            problems += try check(value, try resolve(reference), path: path, depth: depth, &seen)
            // A constant counts nevertheless, in Helm.
            if dialect.refHidesSiblings { return problems + checkConstant(value, schema, path) }
        }
        problems += checkAny(value, schema, path)
        problems += try checkCombined(value, schema, path, depth, &seen)
        switch value {
        case .string(let text): problems += try check(string: text, schema, path)
        case .integer, .double: problems += check(number: value.double ?? 0, schema, path)
        case .array(let elements): problems += try check(list: elements, schema, path, depth, &seen)
        case .object(let object): problems += try check(object: object, schema, path, depth, &seen)
        default: break
        }
        return problems
    }

    private func resolve(_ reference: String) throws -> Value {
        guard reference.hasPrefix("#") else {
            throw PlumbError(
                .unsupported, "The schema of the values refers to \(reference.quoted), which is not in it.",
                remedy: "Put what it refers to under $defs, or turn the check of the schema off.")
        }
        let pointer = String(reference.dropFirst())
        if pointer.isEmpty { return root }
        guard pointer.hasPrefix("/") else {
            if let found = Self.anchor(pointer, in: root, depth: 0) { return found }
            throw unresolved(reference)
        }
        var current = root
        for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let key = Self.unescaped(String(part))
            switch current {
            case .object(let object): current = try object[key] ?? { throw unresolved(reference) }()
            case .array(let elements):
                guard let index = Int(key), elements.indices.contains(index) else {
                    throw unresolved(reference)
                }
                current = elements[index]
            default: throw unresolved(reference)
            }
        }
        return current
    }

    private func unresolved(_ reference: String) -> PlumbError {
        PlumbError(
            .invalid,
            "The schema of the values refers to \(reference.quoted), and there is no such place in it.")
    }

    private static func unescaped(_ part: String) -> String {
        var result = ""
        var rest = part[...]
        while let character = rest.popFirst() {
            if character == "~", let next = rest.popFirst() {
                result.append(next == "1" ? "/" : "~")
            } else if character == "%", let code = UInt8(rest.prefix(2), radix: 16) {
                rest.removeFirst(2)
                result.unicodeScalars.append(Unicode.Scalar(code))
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func anchor(_ name: String, in value: Value, depth: Int) -> Value? {
        guard depth < maximumDepth else { return nil }
        switch value {
        case .object(let object):
            if object["$anchor"]?.string == name || object["$id"]?.string == "#" + name { return value }
            for member in object {
                if let found = anchor(name, in: member.value, depth: depth + 1) { return found }
            }
        case .array(let elements):
            for element in elements {
                if let found = anchor(name, in: element, depth: depth + 1) { return found }
            }
        default: break
        }
        return nil
    }

    private static func mentionsUnevaluated(_ value: Value, depth: Int) -> Bool {
        guard depth < maximumDepth else { return false }
        switch value {
        case .object(let object):
            return object.contains {
                $0.key == "unevaluatedProperties" || $0.key == "unevaluatedItems"
                    || mentionsUnevaluated($0.value, depth: depth + 1)
            }
        case .array(let elements):
            return elements.contains { mentionsUnevaluated($0, depth: depth + 1) }
        default: return false
        }
    }

    // MARK: Any value

    private func checkAny(_ value: Value, _ schema: SchemaKeywords, _ path: String) -> [Problem] {
        var problems: [Problem] = []
        if let type = schema["type"] {
            let wanted = type.string.map { [$0] } ?? type.array?.compactMap(\.string) ?? []
            if !wanted.contains(where: { Self.isType(value, $0) }) {
                problems.append(
                    Problem(
                        path: path, message: "got \(Self.type(value)), want \(wanted.joined(separator: " or "))"
                    ))
            }
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(where: { Self.areEqual($0, value) }) {
            let shown = allowed.map { $0.string.map { "'\($0)'" } ?? $0.json }.joined(separator: ", ")
            problems.append(
                Problem(
                    path: path,
                    message: allowed.count == 1 ? "value must be \(shown)" : "value must be one of \(shown)"))
        }
        return problems + checkConstant(value, schema, path)
    }

    private func checkConstant(_ value: Value, _ schema: SchemaKeywords, _ path: String) -> [Problem] {
        guard let constant = schema["const"], !Self.areEqual(constant, value) else { return [] }
        return [Problem(path: path, message: "value must be \(constant.string.map { "'\($0)'" } ?? constant.json)")]
    }

    private static func isType(_ value: Value, _ type: String) -> Bool {
        switch type {
        case "integer": value.double.map { $0 == $0.rounded() } ?? false
        case "number": value.double != nil
        default: self.type(value) == type
        }
    }

    private static func type(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    static func areEqual(_ left: Value, _ right: Value) -> Bool {
        if let a = left.double, let b = right.double { return a == b }
        switch (left, right) {
        case (.array(let a), .array(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
        case (.object(let a), .object(let b)):
            return a.keys == b.keys
                && zip(a.members, b.members).allSatisfy { areEqual($0.value, $1.value) }
        default: return left == right
        }
    }

    // MARK: Combinations

    private mutating func checkCombined(
        _ value: Value, _ schema: SchemaKeywords, _ path: String, _ depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        for part in schema["allOf"]?.array ?? [] {
            problems += try check(value, part, path: path, depth: depth, &seen)
        }
        if let parts = schema["anyOf"]?.array {
            var all: [Problem] = []
            var fits = false
            // Each that fits has looked at some of the parts.
            for part in parts where !fits || tracksSeen {
                let own = try check(value, part, path: path, depth: depth, &seen)
                fits = fits || own.isEmpty
                all += own
            }
            if !fits { problems += [Problem(path: path, message: "anyOf failed")] + all }
        }
        if let parts = schema["oneOf"]?.array {
            var count = 0
            var all: [Problem] = []
            for part in parts {
                let own = try check(value, part, path: path, depth: depth, &seen)
                if own.isEmpty { count += 1 } else { all += own }
            }
            if count == 0 {
                problems += [Problem(path: path, message: "oneOf failed, none matched")] + all
            }
            if count > 1 {
                problems.append(Problem(path: path, message: "oneOf failed, \(count) subschemas matched"))
            }
        }
        if let part = schema["not"], try fits(value, part, path: path, depth: depth) {
            problems.append(Problem(path: path, message: "not failed"))
        }
        if let condition = schema["if"] {
            let holds = try check(value, condition, path: path, depth: depth, &seen).isEmpty
            if let branch = holds ? schema["then"] : schema["else"] {
                problems += try check(value, branch, path: path, depth: depth, &seen)
            }
        }
        return problems
    }

    // MARK: Scalars

    mutating func matches(_ text: String, _ pattern: String) throws -> Bool {
        do {
            let compiled = try patterns[pattern] ?? GoPattern(pattern)
            patterns[pattern] = compiled
            return try compiled.matches(text) { work in try spend(1 + work / 16) }
        } catch let error as GoError {
            throw PlumbError(
                .invalid, "The schema of the values has a pattern that cannot be read: \(error.message).")
        }
    }

    private mutating func check(string text: String, _ schema: SchemaKeywords, _ path: String) throws
        -> [Problem]
    {
        var problems: [Problem] = []
        let count = text.unicodeScalars.count
        if let least = schema["minLength"]?.integer, count < least {
            problems.append(Problem(path: path, message: "minLength: got \(count), want \(least)"))
        }
        if let most = schema["maxLength"]?.integer, count > most {
            problems.append(Problem(path: path, message: "maxLength: got \(count), want \(most)"))
        }
        if let pattern = schema["pattern"]?.string, !(try matches(text, pattern)) {
            problems.append(Problem(path: path, message: "'\(text)' does not match pattern '\(pattern)'"))
        }
        if dialect.assertsFormat, let format = schema["format"]?.string, !SchemaFormat.holds(format, text) {
            problems.append(Problem(path: path, message: "'\(text)' is not valid \(format)"))
        }
        return problems
    }

    private func check(number: Double, _ schema: SchemaKeywords, _ path: String) -> [Problem] {
        var problems: [Problem] = []
        func bound(_ key: String, _ holds: (Double, Double) -> Bool) {
            guard let limit = schema[key]?.double, !holds(number, limit) else { return }
            problems.append(
                Problem(path: path, message: "\(key): got \(Self.text(number)), want \(Self.text(limit))"))
        }
        // In draft 4 `exclusiveMinimum` is a boolean beside `minimum`.
        bound("minimum") { $0 >= $1 && !(schema["exclusiveMinimum"]?.bool == true && $0 == $1) }
        bound("maximum") { $0 <= $1 && !(schema["exclusiveMaximum"]?.bool == true && $0 == $1) }
        bound("exclusiveMinimum") { $0 > $1 }
        bound("exclusiveMaximum") { $0 < $1 }
        bound("multipleOf") { $1 == 0 || ($0 / $1) == ($0 / $1).rounded() }
        return problems
    }

    private static func text(_ number: Double) -> String { Value(number: number).json }
}
