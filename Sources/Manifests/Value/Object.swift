/// The members of a JSON object, kept sorted by the bytes of their keys.
///
/// Sorted storage makes equality, digests and merges a walk over two lists, and output the same every time;
/// manifests are small enough that inserting costs nothing that shows.
package struct Object: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let key: String
        package var value: Value
    }

    package private(set) var members: [Member] = []

    package init() {}

    /// Of members with equal keys the last one counts.
    package init(_ pairs: some Sequence<(String, Value)>) {
        self.init(unsorted: pairs.map { Member(key: $0.0, value: $0.1) }) { _ in }
    }

    /// Takes members in document order and calls `duplicate` with each key that occurs again.
    package init(unsorted: [Member], duplicate: (String) throws -> Void) rethrows {
        members = unsorted
        if Self.isAscending(members) { return }
        // A stable order among equal keys, so that the last one of the document is the one that stays.
        let order = members.indices.sorted { left, right in
            let (a, b) = (members[left].key, members[right].key)
            return Self.precedes(a, b) || (!Self.precedes(b, a) && left < right)
        }
        var sorted: [Member] = []
        sorted.reserveCapacity(members.count)
        for index in order {
            if let last = sorted.last, Self.areEqual(last.key, members[index].key) {
                try duplicate(last.key)
                sorted.removeLast()
            }
            sorted.append(members[index])
        }
        members = sorted
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var keys: [String] { members.map(\.key) }

    package subscript(key: String) -> Value? {
        get {
            let (index, found) = position(of: key)
            return found ? members[index].value : nil
        }
        set {
            let (index, found) = position(of: key)
            switch (newValue, found) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert(Member(key: key, value: value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// Reads and writes a member in place; a missing one starts as `initial`.
    package subscript(key: String, default initial: @autoclosure () -> Value) -> Value {
        get { self[key] ?? initial() }
        _modify {
            let (index, found) = position(of: key)
            if !found { members.insert(Member(key: key, value: initial()), at: index) }
            yield &members[index].value
        }
    }

    package func mapValues(_ transform: (Value) throws -> Value) rethrows -> Object {
        var copy = self
        for index in copy.members.indices { copy.members[index].value = try transform(copy.members[index].value) }
        return copy
    }

    /// Hands each member, in the order of the keys, to `change`.
    package mutating func updateValues(_ change: (String, inout Value) throws -> Void) rethrows {
        for index in members.indices { try change(members[index].key, &members[index].value) }
    }

    package func filter(_ isIncluded: (Member) throws -> Bool) rethrows -> Object {
        var copy = Object()
        copy.members = try members.filter(isIncluded)
        return copy
    }

    private func position(of key: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(members[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return (low, low < members.count && Self.areEqual(members[low].key, key))
    }

    private static func isAscending(_ members: [Member]) -> Bool {
        for index in members.indices.dropFirst() where !precedes(members[index - 1].key, members[index].key) { return false }
        return true
    }

    /// Byte order, as Go sorts keys. Swift's own order equates canonically equivalent strings.
    private static func precedes(_ left: String, _ right: String) -> Bool { order(left, right) < 0 }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && order(left, right) == 0
    }

    /// Below 0 where `left` goes first. Over the bytes in place: this is the innermost loop of all.
    private static func order(_ left: String, _ right: String) -> Int {
        let order = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                for index in 0..<Swift.min(left.count, right.count) where left[index] != right[index] {
                    return Int(left[index]) - Int(right[index])
                }
                return left.count - right.count
            }
        }
        if let order = order ?? nil { return order }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : left.utf8.elementsEqual(right.utf8) ? 0 : 1
    }
}

extension Object: Sequence {
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}
