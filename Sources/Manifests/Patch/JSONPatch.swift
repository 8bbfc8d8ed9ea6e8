/// A JSON Patch (RFC 6902): operations that apply in order, all or none.
package struct JSONPatch: Sendable, Hashable {
    package enum Action: Sendable, Hashable {
        case add(Value)
        case remove
        case replace(Value)
        case move(from: JSONPointer)
        case copy(from: JSONPointer)
        case test(Value)

        var name: String {
            switch self {
            case .add: "add"
            case .remove: "remove"
            case .replace: "replace"
            case .move: "move"
            case .copy: "copy"
            case .test: "test"
            }
        }
    }

    package struct Operation: Sendable, Hashable {
        package var action: Action
        package var path: JSONPointer

        package init(_ action: Action, at path: JSONPointer) {
            self.action = action
            self.path = path
        }
    }

    package var operations: [Operation]

    package init(_ operations: [Operation]) { self.operations = operations }

    /// Reads a patch document: a list of operations. Errors name the operation by its index, from 0.
    package init(_ document: Value) throws(ManifestError) {
        guard case .array(let items) = document else {
            throw ManifestError("A JSON patch is a list of operations, but this is \(document.typeName).")
        }
        operations = []
        for (index, item) in items.enumerated() {
            do {
                operations.append(try Self.operation(item))
            } catch {
                throw ManifestError("Operation \(index) of the JSON patch is wrong: \(error.message)")
            }
        }
    }

    /// The document with every operation applied. Errors name the operation's index and path.
    package func applied(to document: Value) throws(ManifestError) -> Value {
        var result = document
        for (index, operation) in operations.enumerated() {
            do {
                try operation.apply(to: &result)
            } catch {
                throw ManifestError(
                    "Operation \(index) of the JSON patch (\(operation.action.name) \(operation.path)) does not apply: \(error.message)"
                )
            }
        }
        return result
    }

    private static func operation(_ item: Value) throws(ManifestError) -> Operation {
        guard let fields = item.object else { throw ManifestError("it is \(item.typeName), not a mapping.") }
        guard let name = fields["op"]?.string else { throw ManifestError("it has no \"op\".") }
        func pointer(_ key: String) throws(ManifestError) -> JSONPointer {
            guard let text = fields[key]?.string else { throw ManifestError("\(name) needs a \"\(key)\" that is a string.") }
            return try JSONPointer(text)
        }
        // A missing value counts as null, as in the widespread implementations.
        let value = fields["value"] ?? .null
        let path = try pointer("path")
        return switch name {
        case "add": Operation(.add(value), at: path)
        case "remove": Operation(.remove, at: path)
        case "replace": Operation(.replace(value), at: path)
        case "move": Operation(.move(from: try pointer("from")), at: path)
        case "copy": Operation(.copy(from: try pointer("from")), at: path)
        case "test": Operation(.test(value), at: path)
        default: throw ManifestError("there is no operation \"\(name)\".")
        }
    }
}

extension JSONPatch.Operation {
    fileprivate func apply(to document: inout Value) throws(ManifestError) {
        switch action {
        case .add(let value):
            try document.edit(path) { .insert(value) }
        case .remove:
            try document.edit(path) { .remove }
        case .replace(let value):
            try document.edit(path) { .replace(value) }
        case .move(let from):
            guard let value = document[from] else { throw ManifestError("there is nothing at \(from).") }
            guard !(path.isInside(from) && path != from) else { throw ManifestError("\(from) cannot move into itself.") }
            try document.edit(from) { .remove }
            try document.edit(path) { .insert(value) }
        case .copy(let from):
            guard let value = document[from] else { throw ManifestError("there is nothing at \(from).") }
            try document.edit(path) { .insert(value) }
        case .test(let expected):
            let found = document[path]
            guard found?.isEqualAsJSON(to: expected) ?? expected.isNull else {
                throw ManifestError(found == nil ? "there is nothing at that path." : "the value there is another one.")
            }
        }
    }
}

private enum Edit {
    case insert(Value)
    case replace(Value)
    case remove
}

extension Value {
    /// Equality of JSON: numbers count by their value, whatever way they are written.
    package func isEqualAsJSON(to other: Value) -> Bool {
        switch (self, other) {
        case (.integer, .double), (.double, .integer): double == other.double
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isEqualAsJSON(to: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left.members, right.members).allSatisfy { $0.key == $1.key && $0.value.isEqualAsJSON(to: $1.value) }
        default: self == other
        }
    }

    fileprivate mutating func edit(_ path: JSONPointer, _ edit: () -> Edit) throws(ManifestError) {
        try self.edit(path.tokens[...], edit())
    }

    private mutating func edit(_ tokens: ArraySlice<String>, _ edit: Edit) throws(ManifestError) {
        guard let token = tokens.first else {
            switch edit {
            case .insert(let value), .replace(let value): self = value
            case .remove: self = .null
            }
            return
        }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var members):
            // Released while it changes, so that the members are not copied.
            self = .null
            defer { self = .object(members) }
            if rest.isEmpty {
                try members.edit(token, edit)
            } else {
                guard members[token] != nil else { throw ManifestError("there is no member \"\(token)\" on the way.") }
                try members[token, default: .null].edit(rest, edit)
            }
        case .array(var elements):
            self = .null
            defer { self = .array(elements) }
            if rest.isEmpty {
                try elements.edit(token, edit)
            } else {
                guard let index = JSONPointer.listIndex(token), elements.indices.contains(index) else {
                    throw ManifestError("the list on the way has no element \"\(token)\".")
                }
                try elements[index].edit(rest, edit)
            }
        default:
            throw ManifestError("\"\(token)\" stands under \(typeName), which has no members.")
        }
    }
}

extension Object {
    fileprivate mutating func edit(_ key: String, _ edit: Edit) throws(ManifestError) {
        if case .insert(let value) = edit {
            self[key] = value
            return
        }
        guard self[key] != nil else { throw ManifestError("there is no member \"\(key)\".") }
        if case .replace(let value) = edit { self[key] = value } else { self[key] = nil }
    }
}

extension [Value] {
    fileprivate mutating func edit(_ token: String, _ edit: Edit) throws(ManifestError) {
        if case .insert(let value) = edit, token == "-" {
            append(value)
            return
        }
        guard let index = JSONPointer.listIndex(token) else { throw ManifestError("\"\(token)\" is not an index of a list.") }
        switch edit {
        case .insert(let value):
            guard index <= count else { throw ManifestError("the list has only \(count) elements.") }
            insert(value, at: index)
        case .replace(let value):
            guard index < count else { throw ManifestError("the list has only \(count) elements.") }
            self[index] = value
        case .remove:
            guard index < count else { throw ManifestError("the list has only \(count) elements.") }
            remove(at: index)
        }
    }
}
