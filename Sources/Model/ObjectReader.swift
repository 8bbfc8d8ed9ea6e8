package import Manifests

/// Reads the members of an object strictly: each once asked for is known, and `finish` refuses the others.
package final class ObjectReader {
    package let object: Object
    private let what: String
    package let origin: Origin?
    private let typeError: PlumbError?
    private var known: Set<String> = []

    /// `what` is the object in an error's words: "spec.sync", "the inventory".
    package init(_ value: Value, _ what: String, at origin: Origin? = nil) {
        self.object = value.object ?? Object()
        self.what = what
        self.origin = origin
        self.typeError =
            value.object == nil ? PlumbError(.invalid, "\(what) has to be a mapping, and is \(value.typeName).", at: origin) : nil
    }

    package func value(_ key: String) throws -> Value? {
        if let typeError { throw typeError }
        known.insert(key)
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    package func require(_ key: String) throws -> Value {
        guard let value = try value(key) else { throw error("\(what) lacks the field \(key)\(present).") }
        return value
    }

    package func string(_ key: String) throws -> String { try typed(key, require(key), "a string", \.string) }
    package func integer(_ key: String) throws -> Int64 { try typed(key, require(key), "an integer", \.integer) }
    package func array(_ key: String) throws -> [Value] { try typed(key, require(key), "a list", \.array) }

    package func optionalString(_ key: String) throws -> String? { try value(key).map { try typed(key, $0, "a string", \.string) } }
    package func optionalInteger(_ key: String) throws -> Int64? {
        try value(key).map { try typed(key, $0, "an integer", \.integer) }
    }
    package func optionalBool(_ key: String) throws -> Bool? { try value(key).map { try typed(key, $0, "true or false", \.bool) } }
    package func optionalArray(_ key: String) throws -> [Value]? { try value(key).map { try typed(key, $0, "a list", \.array) } }

    package func optionalObject(_ key: String) throws -> ObjectReader? {
        try value(key).map { ObjectReader($0, path(key), at: origin) }
    }

    package func strings(_ key: String) throws -> [String] {
        try (optionalArray(key) ?? []).enumerated().map { try typed("\(key)[\($0)]", $1, "a string", \.string) }
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) throws -> Choice
    where Choice.RawValue == String {
        let text = try string(key)
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("\(path(key)) is \(text.quoted), and has to be one of: \(choices).")
        }
        return choice
    }

    package func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        try value(key) == nil ? nil : choice(key, type)
    }

    package func digest(_ key: String) throws -> Digest {
        let text = try string(key)
        guard let digest = Digest(parsing: text) else { throw error("\(path(key)) is \(text.quoted), which is no digest.") }
        return digest
    }

    package func optionalDigest(_ key: String) throws -> Digest? { try value(key) == nil ? nil : digest(key) }

    /// Refuses a field by name because its feature is not there, rather than as a spelling mistake.
    package func refuse(_ key: String, _ why: String) throws {
        if try value(key) != nil { throw PlumbError(.unsupported, "\(path(key)) is not supported: \(why)", at: origin) }
    }

    /// Throws for every field that was never asked for.
    package func finish() throws {
        if let typeError { throw typeError }
        let unknown = object.keys.filter { !known.contains($0) }
        guard !unknown.isEmpty else { return }
        let names = unknown.map(\.quoted).joined(separator: ", ")
        throw error(
            "\(what) has the unknown field\(unknown.count == 1 ? "" : "s") \(names); known are: \(known.sorted().joined(separator: ", "))."
        )
    }

    /// What is there in place of what is missing, for the reader who has mistyped it: `; it has: "pth"`.
    package var present: String {
        object.isEmpty ? "" : "; it has: " + object.keys.prefix(20).map(\.quoted).joined(separator: ", ")
    }

    package func error(_ message: String) -> PlumbError { PlumbError(.invalid, message, at: origin) }

    /// What `read` gives; an error that it throws gets the place of this object.
    package func placing<Result>(_ read: () throws -> Result) throws -> Result {
        do { return try read() } catch var error as PlumbError {
            error.origin = error.origin ?? origin
            throw error
        }
    }

    private func path(_ key: String) -> String { what.contains(" ") ? "the field \(key) of \(what)" : "\(what).\(key)" }

    private func typed<Result>(_ key: String, _ value: Value, _ expected: String, _ read: (Value) -> Result?) throws -> Result {
        guard let result = read(value) else {
            let isUnquoted = expected == "a string" && value.object == nil && value.array == nil
            throw error("\(path(key)) has to be \(expected), and is \(value.typeName)\(isUnquoted ? "; put it in quotes" : "").")
        }
        return result
    }
}
