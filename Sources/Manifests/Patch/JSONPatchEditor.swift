/// Finds and changes the places that the paths of a JSON patch name.
struct JSONPatchEditor {
    enum Edit {
        case insert(Value)
        case replace(Value)
        case remove
    }

    let dialect: JSONPatch.Dialect

    func value(at pointer: JSONPointer, in document: Value) -> Value? {
        var current = document
        for token in pointer.tokens {
            let next: Value? =
                switch current {
                case .object(let members): members[token]
                case .array(let elements): index(token, of: elements.count).map { elements[$0] }
                default: nil
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// Whether the pointer names a member, there or not, of a mapping that is there.
    func isMember(_ pointer: JSONPointer, of document: Value) -> Bool {
        let parent = JSONPointer(tokens: pointer.tokens.dropLast())
        return !pointer.tokens.isEmpty && value(at: parent, in: document)?.object != nil
    }

    func edit(_ value: inout Value, _ tokens: ArraySlice<String>, _ edit: Edit) throws(ManifestError) {
        guard let token = tokens.first else {
            switch edit {
            case .insert(let new), .replace(let new): value = new
            case .remove: value = .null
            }
            return
        }
        let rest = tokens.dropFirst()
        switch value {
        case .object(var members):
            // Released while it changes, so that the members are not copied.
            value = .null
            defer { value = .object(members) }
            if rest.isEmpty {
                try self.edit(&members, token, edit)
            } else {
                guard members[token] != nil else { throw ManifestError("there is no member \"\(token)\" on the way.") }
                try self.edit(&members[token, default: .null], rest, edit)
            }
        case .array(var elements):
            value = .null
            defer { value = .array(elements) }
            if rest.isEmpty {
                try self.edit(&elements, token, edit)
            } else {
                guard let index = index(token, of: elements.count) else {
                    throw ManifestError("the list on the way has no element \"\(token)\".")
                }
                try self.edit(&elements[index], rest, edit)
            }
        default:
            throw ManifestError("\"\(token)\" stands under \(value.typeName), which has no members.")
        }
    }

    private func edit(_ members: inout Object, _ key: String, _ edit: Edit) throws(ManifestError) {
        switch edit {
        case .insert(let value): members[key] = value
        case .replace(let value):
            guard dialect == .kustomize || members[key] != nil else { throw ManifestError("there is no member \"\(key)\".") }
            members[key] = value
        case .remove:
            guard members[key] != nil else { throw ManifestError("there is no member \"\(key)\".") }
            members[key] = nil
        }
    }

    private func edit(_ elements: inout [Value], _ token: String, _ edit: Edit) throws(ManifestError) {
        if case .insert(let value) = edit, token == "-" {
            elements.append(value)
            return
        }
        guard number(token) != nil else { throw ManifestError("\"\(token)\" is not an index of a list.") }
        let isInsertion = if case .insert = edit { true } else { false }
        guard let index = index(token, of: elements.count + (isInsertion ? 1 : 0)) else {
            throw ManifestError("the list has only \(elements.count) elements.")
        }
        switch edit {
        case .insert(let value): elements.insert(value, at: index)
        case .replace(let value): elements[index] = value
        case .remove: elements.remove(at: index)
        }
    }

    /// The position that a token names among `count`; nil where it is none of them.
    private func index(_ token: String, of count: Int) -> Int? {
        guard let number = number(token) else { return nil }
        let index = number < 0 ? number + count : number
        return (0..<count).contains(index) ? index : nil
    }

    private func number(_ token: String) -> Int? {
        switch dialect {
        case .rfc6902: JSONPointer.listIndex(token)
        case .kustomize: Int(token)
        }
    }
}
