import Manifests
import Model

/// A path of a replacement: `spec.containers.[name=web].image`, `data.a\.b`, `metadata.annotations.[a.b/c]`, `list.*.x`.
struct FieldQuery {
    private enum Step {
        case key(String)
        case index(Int)
        case all
        /// Elements whose member `key` (or that themselves, for "") match.
        case element(key: String, text: String, Pattern)
    }

    private let steps: [Step]
    let text: String

    init(_ text: String, origin: Origin) throws {
        try self.init(components: Self.split(text), text: text, origin: origin)
    }

    init(components: [String], text: String? = nil, origin: Origin) throws {
        self.text = text ?? components.joined(separator: "/")
        steps = try components.map { part in
            if part == "*" { return .all }
            if let index = JSONPointer.listIndex(part) { return .index(index) }
            guard part.hasPrefix("["), part.hasSuffix("]") else { return .key(part) }
            let inside = part.dropFirst().dropLast()
            guard let equals = inside.firstIndex(of: "=") else { return .key(String(inside)) }
            let value = String(inside[inside.index(after: equals)...])
            // Matched anywhere in the text, as Kustomize does.
            let pattern = try Pattern("(?s:.*)(?:\(value))(?s:.*)", field: "fieldPaths", origin: origin)
            return .element(key: String(inside[..<equals]), text: value, pattern)
        }
    }

    /// A path in the spelling of `vars:`, where `ports[0]` is an element.
    init(variablePath text: String, origin: Origin) throws {
        let plain = text.replacing(/([^.\[\]])\[([0-9]+)\]/) { "\($0.1).\($0.2)" }
        try self.init(plain, origin: origin)
    }

    /// The one value of a source; elements are found by their exact text there.
    func value(in document: Value) -> Value? {
        var current = document
        for step in steps {
            let next: Value? =
                switch step {
                case .key(let key): current[key]
                case .index(let index): current[index]
                case .all: nil
                case .element(let key, let text, _): current.array?.first { (key.isEmpty ? $0 : $0[key])?.scalarText == text }
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// Calls `change` on each place the path names and says how many there are. With `creating`, missing ones are made;
    /// a place that is made is nil at first.
    func update(_ document: inout Value, creating: Bool, _ change: (Value?) throws(ManifestError) -> Value) throws(ManifestError)
        -> Int
    {
        var slot: Value? = document
        let count = try Self.update(&slot, steps[...], creating, change)
        document = slot ?? document
        return count
    }

    private static func update(
        _ value: inout Value?, _ steps: ArraySlice<Step>, _ creating: Bool, _ change: (Value?) throws(ManifestError) -> Value
    ) throws(ManifestError) -> Int {
        guard let step = steps.first else {
            guard value != nil || creating else { return 0 }
            value = try change(value)
            return 1
        }
        guard value != nil || creating else { return 0 }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key):
            guard var members = value == nil || value == .null ? Object() : value?.object else {
                throw ManifestError("\(key) is looked for in \(value?.typeName ?? "nothing"), not in a mapping")
            }
            var member = members[key]
            let count = try update(&member, rest, creating, change)
            members[key] = member
            if count > 0 { value = .object(members) }
            return count
        case .index(let index):
            var elements = try list(value)
            guard index < elements.count || (creating && index == elements.count) else {
                throw ManifestError("element \(index) does not exist: there are \(elements.count)")
            }
            var element = index < elements.count ? elements[index] : nil
            let count = try update(&element, rest, creating, change)
            if let element { if index < elements.count { elements[index] = element } else { elements.append(element) } }
            value = .array(elements)
            return count
        case .all:
            return try updateElements(of: &value, rest, creating, change) { _ in true }
        case .element(let key, let text, let pattern):
            let matches = { (element: Value) in (key.isEmpty ? element : element[key])?.scalarText.map(pattern.matches) ?? false }
            if creating, try !list(value).contains(where: matches) {
                value = .array(try list(value) + [key.isEmpty ? .string(text) : .object(Object([(key, .string(text))]))])
            }
            return try updateElements(of: &value, rest, creating, change, where: matches)
        }
    }

    private static func updateElements(
        of value: inout Value?, _ rest: ArraySlice<Step>, _ creating: Bool, _ change: (Value?) throws(ManifestError) -> Value,
        where matches: (Value) -> Bool
    ) throws(ManifestError) -> Int {
        var elements = try list(value)
        var count = 0
        for index in elements.indices where matches(elements[index]) {
            var element: Value? = elements[index]
            count += try update(&element, rest, creating, change)
            elements[index] = element ?? elements[index]
        }
        value = .array(elements)
        return count
    }

    private static func list(_ value: Value?) throws(ManifestError) -> [Value] {
        guard let elements = value == nil ? [] : value?.array else {
            throw ManifestError("an element is looked for in \(value?.typeName ?? "nothing"), not in a list")
        }
        return elements
    }

    /// At the dots that are neither escaped nor in brackets.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var inBrackets = false
        var escaped = false
        for character in text {
            if escaped, character == "." {
                current.removeLast()
                current.append(character)
            } else if character == ".", !inBrackets {
                parts.append(current)
                current = ""
            } else {
                if character == "[", current.isEmpty { inBrackets = true }
                if character == "]" { inBrackets = false }
                current.append(character)
            }
            escaped = character == "\\"
        }
        return parts + [current]
    }
}
