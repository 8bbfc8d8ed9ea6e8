/// The places at which two values differ.
package struct ValueDiff: Sendable, Hashable {
    package struct Change: Sendable, Hashable {
        package let path: ValuePath
        /// Nil where there was nothing before.
        package let old: Value?
        /// Nil where there is nothing any more.
        package let new: Value?

        package init(path: ValuePath, old: Value?, new: Value?) {
            self.path = path
            self.old = old
            self.new = new
        }
    }

    /// At most the limit asked for, in the order of the document.
    package private(set) var changes: [Change] = []
    /// Whether there are more changes than the limit.
    package private(set) var isTruncated = false

    private let limit: Int
    private let listKeys: [String]

    /// Compares member by member, down to the places that differ.
    ///
    /// Elements of lists of objects are matched by the first of `listKeys` that every element of both lists has, each with
    /// another value, and their paths say so (`[name=app]`); all others are matched by index. Where matched elements only
    /// changed their order, the change is the whole list. No difference is left out but by the limit.
    package init(from old: Value, to new: Value, limit: Int = 1000, listKeys: [String] = ["name"]) {
        self.limit = limit
        self.listKeys = listKeys
        compare(old, new, at: ValuePath())
    }

    package var isEmpty: Bool { changes.isEmpty && !isTruncated }

    private mutating func add(_ old: Value?, _ new: Value?, at path: ValuePath) {
        if changes.count < limit { changes.append(Change(path: path, old: old, new: new)) } else { isTruncated = true }
    }

    private mutating func compare(_ old: Value, _ new: Value, at path: ValuePath) {
        if isTruncated { return }
        switch (old, new) {
        case (.object(let old), .object(let new)): compare(old, new, at: path)
        case (.array(let old), .array(let new)): compare(old, new, at: path)
        default: if old != new { add(old, new, at: path) }
        }
    }

    /// Walks two sorted lists of members side by side.
    private mutating func compare(_ old: Object, _ new: Object, at path: ValuePath) {
        var oldMembers = old.members[...]
        var newMembers = new.members[...]
        while !isTruncated, let left = oldMembers.first ?? newMembers.first {
            let right = newMembers.first ?? left
            let isLeftGone = oldMembers.isEmpty || right.key.utf8.lexicographicallyPrecedes(left.key.utf8)
            let isRightGone = newMembers.isEmpty || left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
            if isRightGone {
                add(left.value, nil, at: path.appending(.key(left.key)))
                oldMembers.removeFirst()
            } else if isLeftGone {
                add(nil, right.value, at: path.appending(.key(right.key)))
                newMembers.removeFirst()
            } else {
                if left.value != right.value { compare(left.value, right.value, at: path.appending(.key(left.key))) }
                oldMembers.removeFirst()
                newMembers.removeFirst()
            }
        }
    }

    private mutating func compare(_ old: [Value], _ new: [Value], at path: ValuePath) {
        if old == new { return }
        if let field = listKeys.first(where: { Self.identifies($0, old) && Self.identifies($0, new) }) {
            compare(old, new, matchedBy: field, at: path)
        } else {
            for index in 0..<max(old.count, new.count) {
                let place = path.appending(.index(index))
                if index >= new.count {
                    add(old[index], nil, at: place)
                } else if index >= old.count {
                    add(nil, new[index], at: place)
                } else {
                    compare(old[index], new[index], at: place)
                }
            }
        }
    }

    private mutating func compare(_ old: [Value], _ new: [Value], matchedBy field: String, at path: ValuePath) {
        let name = { (element: Value) in element[field]?.keyText ?? "" }
        let newByName = Dictionary(new.map { (name($0), $0) }) { first, _ in first }
        let oldNames = Set(old.map(name))
        let kept = old.map(name).filter { newByName[$0] != nil }
        for element in old {
            let place = path.appending(.match(field: field, value: name(element)))
            if let other = newByName[name(element)] { compare(element, other, at: place) } else { add(element, nil, at: place) }
        }
        for element in new where !oldNames.contains(name(element)) {
            add(nil, element, at: path.appending(.match(field: field, value: name(element))))
        }
        if kept != new.map(name).filter(oldNames.contains) { add(.array(old), .array(new), at: path) }
    }

    /// Whether every element has this field, each with another value. An empty list has nothing to tell apart.
    private static func identifies(_ field: String, _ elements: [Value]) -> Bool {
        var seen: Set<String> = []
        return elements.allSatisfy { element in element[field]?.keyText.map { seen.insert($0).inserted } ?? false }
    }
}
