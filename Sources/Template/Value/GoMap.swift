/// A Go map with string keys: a reference, as in Go. Keys are kept in the order of their bytes, which is the order that
/// templates range and print in.
package final class GoMap {
    package enum Kind: UInt8, Sendable {
        /// `map[string]interface {}`
        case any
        /// `common.Values`, Helm's name for the same.
        case values
        /// `map[string]string`
        case string
        /// `map[string][]uint8`
        case bytes
    }

    package struct Entry {
        package let key: String
        package var value: GoValue
    }

    package let kind: Kind
    package let isNil: Bool
    let storage: Storage

    /// What maps of several types share.
    final class Storage {
        fileprivate var entries: [Entry] = []
        fileprivate var isNoted = false

        /// Empties it.
        func take() -> [Entry] {
            defer { entries = [] }
            return entries
        }
    }

    package init(_ kind: Kind = .any, isNil: Bool = false) {
        self.kind = kind
        self.isNil = isNil
        storage = Storage()
    }

    /// The same map under another name for its type: a change of one shows in the other.
    package init(viewing map: GoMap, as kind: Kind) {
        self.kind = kind
        isNil = map.isNil
        storage = map.storage
    }

    package private(set) var entries: [Entry] {
        get { storage.entries }
        _modify { yield &storage.entries }
    }

    /// Whether it is for the first time.
    func note() -> Bool {
        defer { storage.isNoted = true }
        return !storage.isNoted
    }

    package func isSame(as other: GoMap) -> Bool { storage === other.storage }

    /// Of pairs with equal keys the last one counts.
    package convenience init(_ pairs: [(String, GoValue)], kind: Kind = .any) {
        self.init(kind)
        entries.reserveCapacity(pairs.count)
        for (key, value) in pairs { self[key] = value }
    }

    package var count: Int { entries.count }

    package subscript(key: String) -> GoValue? {
        get {
            let (index, found) = position(of: key)
            return found ? entries[index].value : nil
        }
        set {
            let (index, found) = position(of: key)
            switch (newValue, found) {
            case (let value?, true): entries[index].value = value
            case (let value?, false): entries.insert(Entry(key: key, value: value), at: index)
            case (nil, true): entries.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// Takes entries that are in order already and belong behind those that are there.
    func append(_ ordered: [Entry]) { entries += ordered }

    /// The same entries in a map of its own; the values are shared.
    package func copy(as kind: Kind? = nil) -> GoMap {
        let copy = GoMap(kind ?? self.kind)
        copy.entries = entries
        return copy
    }

    private func position(of key: String) -> (index: Int, found: Bool) {
        // Most writers come in order.
        if let last = entries.last, Bytes.compare(last.key, key) < 0 { return (entries.count, false) }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let order = Bytes.compare(entries[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}
