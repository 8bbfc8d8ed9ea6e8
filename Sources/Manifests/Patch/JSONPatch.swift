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

    /// Whose reading of a patch counts.
    package enum Dialect: Sendable, Hashable {
        case rfc6902
        /// That of `kubectl kustomize`, which takes more: an index counts from the end where it is negative, replacing
        /// makes what is missing, and copying it gives null; a path need not begin with a slash.
        case kustomize
    }

    package var operations: [Operation]
    private let dialect: Dialect

    package init(_ operations: [Operation], dialect: Dialect = .rfc6902) {
        self.operations = operations
        self.dialect = dialect
    }

    /// Reads a patch document: a list of operations. Errors name the operation by its index, from 0.
    package init(_ document: Value, dialect: Dialect = .rfc6902) throws(ManifestError) {
        self.dialect = dialect
        guard case .array(let items) = document else {
            throw ManifestError("A JSON patch is a list of operations, but this is \(document.typeName).")
        }
        operations = []
        for (index, item) in items.enumerated() {
            do {
                operations.append(try Self.operation(item, dialect))
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
                try operation.apply(to: &result, dialect)
            } catch {
                throw ManifestError(
                    "Operation \(index) of the JSON patch (\(operation.action.name) \(operation.path)) does not apply: \(error.message)"
                )
            }
        }
        return result
    }

    private static func operation(_ item: Value, _ dialect: Dialect) throws(ManifestError) -> Operation {
        guard let fields = item.object else { throw ManifestError("it is \(item.typeName), not a mapping.") }
        guard let name = fields["op"]?.string else { throw ManifestError("it has no \"op\".") }
        func pointer(_ key: String) throws(ManifestError) -> JSONPointer {
            guard let text = fields[key]?.string else { throw ManifestError("\(name) needs a \"\(key)\" that is a string.") }
            // What stands before the first slash is not looked at.
            let isBare = dialect == .kustomize && !text.isEmpty && !text.hasPrefix("/")
            return try JSONPointer(isBare ? String(text[(text.firstIndex(of: "/") ?? text.endIndex)...]) : text)
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
    fileprivate func apply(to document: inout Value, _ dialect: JSONPatch.Dialect) throws(ManifestError) {
        let editor = JSONPatchEditor(dialect: dialect)
        switch action {
        case .add(let value):
            try editor.edit(&document, path.tokens[...], .insert(value))
        case .remove:
            try editor.edit(&document, path.tokens[...], .remove)
        case .replace(let value):
            try editor.edit(&document, path.tokens[...], .replace(value))
        case .move(let from):
            guard let value = editor.value(at: from, in: document) else { throw ManifestError("there is nothing at \(from).") }
            guard !(path.isInside(from) && path != from) else { throw ManifestError("\(from) cannot move into itself.") }
            try editor.edit(&document, from.tokens[...], .remove)
            try editor.edit(&document, path.tokens[...], .insert(value))
        case .copy(let from):
            let found = editor.value(at: from, in: document)
            let missing = dialect == .kustomize && editor.isMember(from, of: document) ? Value.null : nil
            guard let value = found ?? missing else {
                throw ManifestError("there is nothing at \(from).")
            }
            try editor.edit(&document, path.tokens[...], .insert(value))
        case .test(let expected):
            let found = editor.value(at: path, in: document)
            let mayBeMissing = expected.isNull && (dialect == .rfc6902 || editor.isMember(path, of: document))
            guard found?.isEqualAsJSON(to: expected) ?? mayBeMissing else {
                throw ManifestError(found == nil ? "there is nothing at that path." : "the value there is another one.")
            }
        }
    }
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
}
