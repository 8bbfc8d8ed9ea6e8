extension StrategicMerge {
    /// Merges two lists whose elements are told apart by the text of their `keys`; the key "" is the element itself.
    ///
    /// Written after the behaviour of kyaml's list walker, faults included: elements of the patch come first, in its
    /// order; a `$patch: replace` inside an element is lost again; elements that lack a secondary key (`protocol` of a
    /// port) displace each other in the ways that users of Kustomize see today.
    static func mergeLists(
        _ target: Value?, _ patch: Value?, keys: [String], element schema: PatchSchema, at path: FieldPath
    ) throws(ManifestError) -> Merged {
        if patch?.isNull == true { return Merged(value: nil) }
        let isNew = target.nonNull == nil
        let patchItems = patch?.array ?? []
        var items = KeyedList(isNew ? patchItems : target?.array ?? [])
        let identities = identities(patchItems, items.elements, keys)
        let usedKeys = keys.filter { key in identities.contains { $0[keys.firstIndex(of: key) ?? 0] != "" } }
        let validKeys = usedKeys.isEmpty ? keys : usedKeys

        var result = KeyedList([])
        for identity in identities {
            let validValues = zip(keys, identity).filter { validKeys.contains($0.0) }.map(\.1)
            let match = KeyMatch(keys, identity)
            let targetIndex = items.elements.firstIndex(where: match.matches)
            let patchItem = patchItems.first(where: match.matches)
            let merged = try merge(
                isNew ? nil : targetIndex.map { items.elements[$0] }, patchItem, schema: schema,
                at: path.appending("[\(identity.joined(separator: ","))]")
            )
            guard var value = merged.value.nonNull, value != .object(Object()) else {
                items.remove(validKeys, validValues)
                continue
            }
            if value.object != nil {
                for (key, text) in zip(validKeys, validValues) where text != "" && value[key] == nil { value[key] = .string(text) }
            }
            if merged.isTarget || isNew, let targetIndex { items.elements[targetIndex] = value }
            result.set(value, validKeys, validValues)
        }
        if !identities.isEmpty {
            for element in items.elements { result.add(element, validKeys) }
        }
        return Merged(value: .array(result.elements), isTarget: !isNew)
    }

    /// The key texts of all elements, the patch's first, each once; "" where an element lacks a key.
    private static func identities(_ patch: [Value], _ target: [Value], _ keys: [String]) -> [[String]] {
        var seen = Set<[String]>()
        var result = (patch + target).map { element in keys.map { element.keyText($0) ?? "" } }.filter { seen.insert($0).inserted }
        guard keys.count > 1 else { return result }
        // Two that differ only in what one of them leaves out are the same element.
        for left in result.indices {
            for right in result.indices {
                guard let common = unified(result[left], result[right]) else { continue }
                result[left] = common
                result[right] = common
            }
        }
        return result
    }

    private static func unified(_ left: [String], _ right: [String]) -> [String]? {
        guard zip(left, right).contains(where: { $0 == $1 }), zip(left, right).allSatisfy({ $0 == $1 || $0 == "" || $1 == "" })
        else { return nil }
        return zip(left, right).map { $0 == "" ? $1 : $0 }
    }
}

/// Finds the element of an identity by the keys that the identity has.
private struct KeyMatch {
    let pairs: [(key: String, text: String)]

    init(_ keys: [String], _ identity: [String]) {
        let all = zip(keys, identity).map { (key: $0, text: $1) }
        let present = all.filter { $0.text != "" }
        pairs = present.isEmpty ? all : present
    }

    func matches(_ element: Value) -> Bool {
        pairs.allSatisfy { element.keyText($0.key) == $0.text }
    }
}

/// A list under construction, with the editing steps of kyaml.
private struct KeyedList {
    var elements: [Value]

    init(_ elements: [Value]) { self.elements = elements }

    /// Puts `element` in the place of every match, or at the end.
    mutating func set(_ element: Value, _ keys: [String], _ values: [String]) {
        var found = false
        var updated: [Value] = []
        for current in elements where !current.isNull && current != .object(Object()) {
            if isMatch(current, keys, values) {
                found = true
                updated.append(element)
            } else if !values.isEmpty {
                updated.append(current)
            }
        }
        elements = found ? updated : updated + [element]
    }

    mutating func remove(_ keys: [String], _ values: [String]) {
        elements = elements.filter { !$0.isNull && $0 != .object(Object()) && !values.isEmpty && !isMatch($0, keys, values) }
    }

    /// Adds an element of the target after those that are there, replacing the one with its keys.
    mutating func add(_ element: Value, _ keys: [String]) {
        var values: [String] = []
        for key in keys {
            if let text = element.keyText(key) { values.append(text) } else { elements.append(element) }
        }
        if keys.count > 1 { remove(keys, values) }
        set(element, keys, values)
    }

    /// An empty text matches any element that has the key; a key without a text matches as the one before it did.
    private func isMatch(_ element: Value, _ keys: [String], _ values: [String]) -> Bool {
        var matched = false
        for (index, key) in keys.enumerated() {
            if index < values.count {
                let text = element.keyText(key)
                matched = text != nil && (values[index] == "" || text == values[index])
            }
            if !matched { return false }
        }
        return matched
    }
}

extension Value {
    /// The text of a scalar member, or of the scalar itself for the key "".
    fileprivate func keyText(_ key: String) -> String? {
        switch key.isEmpty ? self : self[key] {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        case .double(let number)?: String(number)
        case .bool(let flag)?: String(flag)
        default: nil
        }
    }
}
