/// A function that templates call: its Go signature, and what it does.
package struct GoFunction: Sendable {
    package let parameters: [GoType]
    /// The type of any number of further arguments.
    package let variadic: GoType?
    /// `and` and `or` stop at the first argument that decides.
    let shortCircuit: ShortCircuit?
    let body: @Sendable (GoArguments) throws -> GoValue

    enum ShortCircuit: Sendable { case and, or }

    package init(
        _ parameters: [GoType] = [], variadic: GoType? = nil, _ body: @escaping @Sendable (GoArguments) throws -> GoValue
    ) {
        self.parameters = parameters
        self.variadic = variadic
        self.shortCircuit = nil
        self.body = body
    }

    init(_ shortCircuit: ShortCircuit) {
        parameters = [.reflect]
        variadic = .reflect
        self.shortCircuit = shortCircuit
        body = { $0.values.last ?? .none }
    }
}

/// A method bound to its receiver.
package struct GoMethod {
    let parameters: [GoType]
    let variadic: GoType?
    let body: (GoArguments) throws -> GoValue

    package init(
        _ parameters: [GoType] = [], variadic: GoType? = nil, _ body: @escaping (GoArguments) throws -> GoValue
    ) {
        self.parameters = parameters
        self.variadic = variadic
        self.body = body
    }
}

/// The arguments of one call, already of the types that the function asked for.
package struct GoArguments {
    package let values: [GoValue]
    package let execution: Execution

    package subscript(_ index: Int) -> GoValue { values[index] }
    package var count: Int { values.count }

    package func string(_ index: Int) -> String {
        switch values[index] {
        case .string(let text): text
        case .binary(let bytes): String(decoding: bytes, as: UTF8.self)
        default: ""
        }
    }

    package func bytes(_ index: Int) -> [UInt8] { values[index].bytes ?? [] }

    package func int(_ index: Int) -> Int {
        if case .int(let value, _) = values[index] { Int(value) } else { 0 }
    }

    package func bool(_ index: Int) -> Bool {
        if case .bool(let value) = values[index] { value } else { false }
    }

    package func map(_ index: Int) -> GoMap {
        if case .map(let map) = values[index] { map } else { GoMap(.any, isNil: true) }
    }

    package func rest(_ start: Int) -> ArraySlice<GoValue> { values.count > start ? values[start...] : [] }
}

/// What a function returns as Go's error. Its text ends up behind `error calling NAME: `.
package struct GoError: Error {
    package let message: String
    package init(_ message: String) { self.message = message }
}
