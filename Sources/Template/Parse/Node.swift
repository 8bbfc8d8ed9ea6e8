/// One statement of a template. Every node has a number of its own, by which errors find it again.
indirect enum Node: Sendable {
    case text([UInt8])
    case action(id: Int, Pipeline)
    case condition(Branch)
    case range(Branch)
    case with(Branch)
    case template(id: Int, position: Int, name: String, pipeline: Pipeline?)
    case breakLoop
    case continueLoop

    /// `if`, `range` and `with`.
    final class Branch: Sendable {
        let id: Int
        let pipeline: Pipeline
        let body: [Node]
        let otherwise: [Node]?

        init(id: Int, pipeline: Pipeline, body: [Node], otherwise: [Node]?) {
            self.id = id
            self.pipeline = pipeline
            self.body = body
            self.otherwise = otherwise
        }
    }
}

final class Pipeline: Sendable {
    let id: Int
    let position: Int
    let isAssignment: Bool
    let declarations: [Variable]
    let commands: [Command]

    init(id: Int, position: Int, isAssignment: Bool, declarations: [Variable], commands: [Command]) {
        self.id = id
        self.position = position
        self.isAssignment = isAssignment
        self.declarations = declarations
        self.commands = commands
    }
}

/// A variable by the number that its name has in the file; `$` is 0.
struct Variable: Sendable {
    let name: String
    let number: Int
}

final class Command: Sendable {
    let id: Int
    let position: Int
    let operands: [Operand]

    init(id: Int, position: Int, operands: [Operand]) {
        self.id = id
        self.position = position
        self.operands = operands
    }
}

final class Operand: Sendable {
    enum Kind: Sendable {
        case dot, nilWord
        case bool(Bool)
        case number(NumberLiteral)
        /// `quoted` is the text as written.
        case string(value: GoText, quoted: String)
        case field([String])
        case variable(Variable, [String])
        case function(String, GoFunction)
        case pipeline(Pipeline)
        case chain(Operand, [String])
    }

    let id: Int
    let position: Int
    let kind: Kind

    init(id: Int, position: Int, kind: Kind) {
        self.id = id
        self.position = position
        self.kind = kind
    }
}

/// A string constant.
enum GoText: Sendable {
    case string(String)
    case binary([UInt8])

    init(_ bytes: [UInt8]) {
        self = String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .binary(bytes)
    }

    var value: GoValue {
        switch self {
        case .string(let text): .string(text)
        case .binary(let bytes): .binary(bytes)
        }
    }
}
