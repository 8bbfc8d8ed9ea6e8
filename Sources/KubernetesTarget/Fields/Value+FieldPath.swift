import Manifests

extension Value {
    /// A scalar as the text that selectors compare; nil for lists, mappings and null.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .double(let number): Int64(exactly: number).map(String.init) ?? String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    func isElement(_ pairs: [String: String]) -> Bool {
        pairs.allSatisfy { self[$0.key]?.scalarText == $0.value }
    }

    /// The value at `path`, or nil where a step leads nowhere.
    func value(at path: FieldPath) -> Value? {
        var current = self
        for step in path.steps {
            guard let next = current.value(at: step) else { return nil }
            current = next
        }
        return current
    }

    /// Puts `value` at `path`, or takes away what is there. A path whose parent does not exist changes nothing, except
    /// that a missing mapping on the way is made for a value.
    mutating func set(_ value: Value?, at path: FieldPath) {
        set(value, at: path.steps[...])
    }

    private func value(at step: FieldPath.Step) -> Value? {
        guard let index = index(of: step) else {
            guard case .key(let key) = step else { return nil }
            return self[key]
        }
        return self[index]
    }

    private func index(of step: FieldPath.Step) -> Int? {
        guard case .array(let elements) = self else { return nil }
        switch step {
        case .key(let key): return Int(key).flatMap { elements.indices.contains($0) ? $0 : nil }
        case .element(let pairs): return elements.firstIndex { $0.isElement(pairs) }
        case .value(let text): return elements.firstIndex { $0.scalarText == text }
        }
    }

    private mutating func set(_ value: Value?, at steps: ArraySlice<FieldPath.Step>) {
        guard let step = steps.first else {
            if let value { self = value }
            return
        }
        let rest = steps.dropFirst()
        if case .array(var elements) = self {
            guard let index = index(of: step) else {
                // An element that one side has and the other lacks: it is put back with what names it.
                if case .element = step, rest.isEmpty, let value { self = .array(elements + [value]) }
                return
            }
            if rest.isEmpty && value == nil { elements.remove(at: index) } else { elements[index].set(value, at: rest) }
            self = .array(elements)
        } else if case .key(let key) = step, object != nil {
            if rest.isEmpty {
                self[key] = value
            } else if self[key] != nil || value != nil {
                var child = self[key] ?? .object(Object())
                child.set(value, at: rest)
                self[key] = child
            }
        }
    }
}
