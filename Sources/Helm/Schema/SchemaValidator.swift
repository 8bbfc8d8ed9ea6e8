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
    private var steps = 0
    private var patterns: [String: GoPattern] = [:]

    init(root: Value) {
        self.root = root
        dialect = SchemaDialect(root.object?["$schema"]?.string)
    }

    /// What does not fit. Throws `PlumbError` for a schema that asks for more than this can do.
    mutating func validate(_ value: Value) throws -> [Problem] { try check(value, root, path: "", depth: 0) }

    private mutating func fits(_ value: Value, _ schema: Value, path: String, depth: Int) throws -> Bool {
        try check(value, schema, path: path, depth: depth).isEmpty
    }

    private mutating func check(_ value: Value, _ schema: Value, path: String, depth: Int) throws -> [Problem] {
        try spend(1)
        guard depth < Self.maximumDepth else { throw Self.endless }
        switch schema {
        case .bool(true): return []
        case .bool(false): return [Problem(path: path, message: "false schema")]
        case .object(let object):
            let schema = SchemaKeywords(object: object, dialect: dialect)
            return Array(try check(value, schema, path: path, depth: depth + 1).prefix(Self.maximumProblems))
        default: throw PlumbError(.invalid, "The schema of the values has \(schema.typeName) where a schema belongs.")
        }
    }

    private mutating func spend(_ work: Int) throws {
        steps += work
        guard steps < Self.maximumSteps else { throw Self.endless }
    }

    private static var endless: PlumbError {
        PlumbError(.limit, "The schema of the values refers to itself without end, or is too large.")
    }

    private mutating func check(_ value: Value, _ schema: SchemaKeywords, path: String, depth: Int) throws -> [Problem] {
        var problems: [Problem] = []
        if let reference = schema["$ref"]?.string {
            problems += try check(value, try resolve(reference), path: path, depth: depth)
            if dialect.refHidesSiblings { return problems }
        }
        problems += checkAny(value, schema, path)
        problems += try checkCombined(value, schema, path, depth)
        switch value {
        case .string(let text): problems += try check(string: text, schema, path)
        case .integer, .double: problems += check(number: value.double ?? 0, schema, path)
        case .array(let elements): problems += try check(list: elements, schema, path, depth)
        case .object(let object): problems += try check(object: object, schema, path, depth)
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
                guard let index = Int(key), elements.indices.contains(index) else { throw unresolved(reference) }
                current = elements[index]
            default: throw unresolved(reference)
            }
        }
        return current
    }

    private func unresolved(_ reference: String) -> PlumbError {
        PlumbError(.invalid, "The schema of the values refers to \(reference.quoted), and there is no such place in it.")
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
            for member in object { if let found = anchor(name, in: member.value, depth: depth + 1) { return found } }
        case .array(let elements):
            for element in elements { if let found = anchor(name, in: element, depth: depth + 1) { return found } }
        default: break
        }
        return nil
    }

    // MARK: Any value

    private func checkAny(_ value: Value, _ schema: SchemaKeywords, _ path: String) -> [Problem] {
        var problems: [Problem] = []
        if let type = schema["type"] {
            let wanted = type.string.map { [$0] } ?? type.array?.compactMap(\.string) ?? []
            if !wanted.contains(where: { Self.isType(value, $0) }) {
                problems.append(Problem(path: path, message: "got \(Self.type(value)), want \(wanted.joined(separator: " or "))"))
            }
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(where: { Self.areEqual($0, value) }) {
            let shown = allowed.map { $0.string.map { "'\($0)'" } ?? $0.json }.joined(separator: ", ")
            problems.append(
                Problem(path: path, message: allowed.count == 1 ? "value must be \(shown)" : "value must be one of \(shown)"))
        }
        if let constant = schema["const"], !Self.areEqual(constant, value) {
            problems.append(Problem(path: path, message: "value must be \(constant.string.map { "'\($0)'" } ?? constant.json)"))
        }
        return problems
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

    private static func areEqual(_ left: Value, _ right: Value) -> Bool {
        if let a = left.double, let b = right.double { return a == b }
        switch (left, right) {
        case (.array(let a), .array(let b)): return a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
        case (.object(let a), .object(let b)):
            return a.keys == b.keys && zip(a.members, b.members).allSatisfy { areEqual($0.value, $1.value) }
        default: return left == right
        }
    }

    // MARK: Combinations

    private mutating func checkCombined(_ value: Value, _ schema: SchemaKeywords, _ path: String, _ depth: Int) throws -> [Problem]
    {
        var problems: [Problem] = []
        for part in schema["allOf"]?.array ?? [] { problems += try check(value, part, path: path, depth: depth) }
        if let parts = schema["anyOf"]?.array {
            var all: [Problem] = []
            var fits = false
            for part in parts where !fits {
                let own = try check(value, part, path: path, depth: depth)
                fits = own.isEmpty
                all += own
            }
            if !fits { problems += [Problem(path: path, message: "anyOf failed")] + all }
        }
        if let parts = schema["oneOf"]?.array {
            var count = 0
            var all: [Problem] = []
            for part in parts {
                let own = try check(value, part, path: path, depth: depth)
                if own.isEmpty { count += 1 } else { all += own }
            }
            if count == 0 { problems += [Problem(path: path, message: "oneOf failed, none matched")] + all }
            if count > 1 { problems.append(Problem(path: path, message: "oneOf failed, \(count) subschemas matched")) }
        }
        if let part = schema["not"], try fits(value, part, path: path, depth: depth) {
            problems.append(Problem(path: path, message: "not failed"))
        }
        if let condition = schema["if"] {
            let branch = try fits(value, condition, path: path, depth: depth) ? schema["then"] : schema["else"]
            if let branch { problems += try check(value, branch, path: path, depth: depth) }
        }
        return problems
    }

    // MARK: Scalars

    private mutating func matches(_ text: String, _ pattern: String) throws -> Bool {
        do {
            let compiled = try patterns[pattern] ?? GoPattern(pattern)
            patterns[pattern] = compiled
            return try compiled.matches(text) { work in try spend(1 + work / 16) }
        } catch let error as GoError {
            throw PlumbError(.invalid, "The schema of the values has a pattern that cannot be read: \(error.message).")
        }
    }

    private mutating func check(string text: String, _ schema: SchemaKeywords, _ path: String) throws -> [Problem] {
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
        return problems
    }

    private func check(number: Double, _ schema: SchemaKeywords, _ path: String) -> [Problem] {
        var problems: [Problem] = []
        func bound(_ key: String, _ holds: (Double, Double) -> Bool) {
            guard let limit = schema[key]?.double, !holds(number, limit) else { return }
            problems.append(Problem(path: path, message: "\(key): got \(Self.text(number)), want \(Self.text(limit))"))
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

    // MARK: Lists

    private mutating func check(list elements: [Value], _ schema: SchemaKeywords, _ path: String, _ depth: Int) throws -> [Problem]
    {
        var problems: [Problem] = []
        if let least = schema["minItems"]?.integer, elements.count < least {
            problems.append(Problem(path: path, message: "minItems: got \(elements.count), want \(least)"))
        }
        if let most = schema["maxItems"]?.integer, elements.count > most {
            problems.append(Problem(path: path, message: "maxItems: got \(elements.count), want \(most)"))
        }
        if schema["uniqueItems"]?.bool == true {
            for (index, element) in elements.enumerated() {
                if let first = elements[..<index].firstIndex(where: { Self.areEqual($0, element) }) {
                    problems.append(Problem(path: path, message: "items at \(first) and \(index) are equal"))
                    break
                }
            }
        }
        let tuple = schema["prefixItems"]?.array ?? schema["items"]?.array
        let rest = schema["prefixItems"] != nil || tuple == nil ? schema["items"] : schema["additionalItems"]
        for (index, element) in elements.enumerated() {
            let part = tuple.flatMap { index < $0.count ? $0[index] : nil } ?? rest
            if let part { problems += try check(element, part, path: "\(path)/\(index)", depth: depth) }
        }
        if let part = schema["contains"] {
            var count: Int64 = 0
            for (index, element) in elements.enumerated() where try fits(element, part, path: "\(path)/\(index)", depth: depth) {
                count += 1
            }
            let least = schema["minContains"]?.integer ?? 1
            if count < least { problems.append(Problem(path: path, message: "no items match contains schema")) }
            if let most = schema["maxContains"]?.integer, count > most {
                problems.append(
                    Problem(path: path, message: "max \(most) items required to match contains schema, but found \(count)"))
            }
        }
        return problems
    }

    // MARK: Mappings

    private mutating func check(object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int) throws -> [Problem] {
        var problems: [Problem] = []
        let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { object[$0] == nil }
        if !missing.isEmpty {
            let names = missing.map { "'\($0)'" }.joined(separator: ", ")
            problems.append(
                Problem(path: path, message: missing.count == 1 ? "missing property \(names)" : "missing properties \(names)"))
        }
        if let least = schema["minProperties"]?.integer, object.count < least {
            problems.append(Problem(path: path, message: "minProperties: got \(object.count), want \(least)"))
        }
        if let most = schema["maxProperties"]?.integer, object.count > most {
            problems.append(Problem(path: path, message: "maxProperties: got \(object.count), want \(most)"))
        }
        problems += try checkMembers(object, schema, path, depth)
        problems += try checkDependencies(object, schema, path, depth)
        return problems
    }

    private mutating func checkMembers(_ object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int) throws -> [Problem]
    {
        var problems: [Problem] = []
        var additional: [String] = []
        for member in object {
            let own = "\(path)/\(member.key)"
            var isKnown = false
            if let part = schema["properties"]?.object?[member.key] {
                isKnown = true
                problems += try check(member.value, part, path: own, depth: depth)
            }
            for pattern in schema["patternProperties"]?.object?.members ?? [] where try matches(member.key, pattern.key) {
                isKnown = true
                problems += try check(member.value, pattern.value, path: own, depth: depth)
            }
            if let names = schema["propertyNames"], !(try fits(.string(member.key), names, path: own, depth: depth)) {
                problems.append(Problem(path: path, message: "invalid propertyName '\(member.key)'"))
            }
            guard !isKnown, let rest = schema["additionalProperties"] else { continue }
            if rest == .bool(false) {
                additional.append("'\(member.key)'")
            } else {
                problems += try check(member.value, rest, path: own, depth: depth)
            }
        }
        if !additional.isEmpty {
            let names = additional.joined(separator: ", ")
            problems.append(Problem(path: path, message: "additional properties \(names) not allowed"))
        }
        return problems
    }

    private mutating func checkDependencies(_ object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int) throws
        -> [Problem]
    {
        var problems: [Problem] = []
        for key in ["dependencies", "dependentRequired", "dependentSchemas"] {
            for member in schema[key]?.object?.members ?? [] where object[member.key] != nil {
                if let needed = member.value.array {
                    for name in needed.compactMap(\.string) where object[name] == nil {
                        problems.append(Problem(path: path, message: "properties '\(name)' required, if '\(member.key)' exists"))
                    }
                } else {
                    problems += try check(.object(object), member.value, path: path, depth: depth)
                }
            }
        }
        return problems
    }
}
