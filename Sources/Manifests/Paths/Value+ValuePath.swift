extension Value {
    /// The first value at the path, or nil.
    package func get(_ path: ValuePath) -> Value? {
        var value = self
        for (index, segment) in path.segments.enumerated() {
            switch (value, segment) {
            case (.object(let members), .key(let key)):
                guard let member = members[key] else { return nil }
                value = member
            default: return value.values(at: path.segments[index...]).first
            }
        }
        return value
    }

    /// Every value that the path matches, in document order.
    package func values(at path: ValuePath) -> [Value] { values(at: path.segments[...]) }

    private func values(at segments: ArraySlice<ValuePath.Segment>) -> [Value] {
        var matches = [self]
        for segment in segments { matches = matches.flatMap { $0.children(segment) } }
        return matches
    }

    /// Removes what the path matches and returns how many places that were; none is not an error.
    @discardableResult
    package mutating func remove(_ path: ValuePath) -> Int {
        var removed = 0
        update(at: path) { slot in
            if slot != nil { removed += 1 }
            slot = nil
        }
        return removed
    }

    /// Writes `value` wherever the path leads and returns how many places that were. A missing member of an object is
    /// added, and so are objects on the way when `creatingParents`; lists only grow at their end, by `-`.
    @discardableResult
    package mutating func set(_ path: ValuePath, to value: Value, creatingParents: Bool = false) -> Int {
        update(at: path, creatingParents: creatingParents) { $0 = value }
    }

    /// Hands each place that the path leads to `change`, which may write or, with nil, remove it. The place of a missing
    /// member of an object that exists, or the one after the last element of a list, is nil.
    @discardableResult
    package mutating func update(at path: ValuePath, creatingParents: Bool = false, _ change: (inout Value?) -> Void) -> Int {
        update(path.segments[...], creatingParents: creatingParents, change)
    }

    private func children(_ segment: ValuePath.Segment) -> [Value] {
        switch (self, segment) {
        case (.object(let object), .key(let key)): object[key].map { [$0] } ?? []
        case (.object(let object), .any): object.members.map(\.value)
        case (.array(let elements), _): Self.indices(of: segment, in: elements).map { elements[$0] }
        default: []
        }
    }

    private static func indices(of segment: ValuePath.Segment, in elements: [Value]) -> [Int] {
        switch segment {
        case .any: return Array(elements.indices)
        case .match(let field, let value): return elements.indices.filter { elements[$0][field]?.keyText == value }
        case .key(let key):
            // Digits only, and no needless 0, as the RFC wants it.
            guard let index = Int(key), String(index) == key, elements.indices.contains(index) else { return [] }
            return [index]
        }
    }

    /// A string, or an integer's digits: what a selector compares with.
    var keyText: String? {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        default: nil
        }
    }

    private mutating func update(
        _ segments: ArraySlice<ValuePath.Segment>, creatingParents: Bool, _ change: (inout Value?) -> Void
    ) -> Int {
        guard let segment = segments.first else {
            var slot: Value? = self
            change(&slot)
            self = slot ?? .null
            return 1
        }
        if creatingParents, case .key = segment, isNull { self = .object(Object()) }
        switch self {
        case .object(var object):
            // Released first, so that the members are changed in place rather than copied.
            self = .null
            defer { self = .object(object) }
            return Self.update(&object, segment, segments.dropFirst(), creatingParents: creatingParents, change)
        case .array(var elements):
            self = .null
            defer { self = .array(elements) }
            return Self.update(&elements, segment, segments.dropFirst(), creatingParents: creatingParents, change)
        default:
            return 0
        }
    }

    private static func update(
        _ object: inout Object, _ segment: ValuePath.Segment, _ rest: ArraySlice<ValuePath.Segment>, creatingParents: Bool,
        _ change: (inout Value?) -> Void
    ) -> Int {
        let keys: [String]
        switch segment {
        case .key(let key): keys = [key]
        case .any: keys = object.keys
        case .match: return 0
        }
        var count = 0
        for key in keys {
            if rest.isEmpty {
                var slot = object[key]
                change(&slot)
                object[key] = slot
                count += 1
            } else if creatingParents || object[key] != nil {
                count += object[key, default: .null].update(rest, creatingParents: creatingParents, change)
            }
        }
        return count
    }

    private static func update(
        _ elements: inout [Value], _ segment: ValuePath.Segment, _ rest: ArraySlice<ValuePath.Segment>, creatingParents: Bool,
        _ change: (inout Value?) -> Void
    ) -> Int {
        if segment == .key("-"), rest.isEmpty || creatingParents {
            var slot: Value? = rest.isEmpty ? nil : .null
            if rest.isEmpty { change(&slot) } else { _ = slot?.update(rest, creatingParents: true, change) }
            if let slot { elements.append(slot) }
            return 1
        }
        var count = 0
        for index in indices(of: segment, in: elements).reversed() {
            guard rest.isEmpty else {
                count += elements[index].update(rest, creatingParents: creatingParents, change)
                continue
            }
            var slot: Value? = elements[index]
            change(&slot)
            if let slot { elements[index] = slot } else { elements.remove(at: index) }
            count += 1
        }
        return count
    }
}
