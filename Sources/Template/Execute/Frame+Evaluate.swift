extension Frame {
    mutating func evaluate(_ pipeline: Pipeline, dot: Slot) throws -> GoValue {
        node = pipeline.id
        var value: GoValue?
        for command in pipeline.commands {
            value = try evaluate(command, dot: dot, final: value).value
            if case .null? = value { value = GoValue.none }
        }
        let result = value ?? .none
        for variable in pipeline.declarations {
            if pipeline.isAssignment {
                try assign(variable, Slot(value: result))
            } else {
                declare(variable, result)
            }
        }
        return result
    }

    /// `final` is the outcome of the command before, which becomes the last argument.
    private mutating func evaluate(_ command: Command, dot: Slot, final: GoValue?) throws -> Slot {
        let first = command.operands[0]
        let arguments = command.operands
        switch first.kind {
        case .field(let names):
            node = first.id
            return try fields(of: dot, names, arguments: arguments, final: final, dot: dot)
        case .chain(let inner, let names):
            node = first.id
            let receiver = try chain(inner, dot: dot)
            return try fields(of: receiver, names, arguments: arguments, final: final, dot: dot)
        case .variable(let variable, let names):
            node = first.id
            let slot = try slot(of: variable)
            guard !names.isEmpty else {
                try refuseArguments(arguments, final: final)
                return slot
            }
            return try fields(of: slot, names, arguments: arguments, final: final, dot: dot)
        case .function(let name, let function):
            node = first.id
            return Slot(value: try call(function, name, at: command.id, arguments: arguments, final: final, dot: dot))
        case .pipeline(let pipeline):
            try refuseArguments(arguments, final: final)
            return Slot(value: try evaluate(pipeline, dot: dot))
        default: break
        }
        node = first.id
        try refuseArguments(arguments, final: final)
        switch first.kind {
        case .bool(let bool): return Slot(value: .bool(bool))
        case .dot: return dot
        case .number(let number): return Slot(value: try ideal(number))
        case .string(let text, _): return Slot(value: text.value)
        default: throw error("nil is not a command")
        }
    }

    private func refuseArguments(_ arguments: [Operand], final: GoValue?) throws {
        guard arguments.count > 1 || final != nil else { return }
        throw error("can't give argument to non-function \(arguments[0].source)")
    }

    /// A number where nothing says which type it should have.
    func ideal(_ number: NumberLiteral) throws -> GoValue {
        if number.isFloatByText, let float = number.float { return .float(float) }
        if let integer = number.integer { return .int(integer, .int) }
        throw error("\(number.text) overflows int")
    }
}

// MARK: Fields

extension Frame {
    mutating func fields(
        of receiver: Slot, _ names: [String], arguments: [Operand], final: GoValue?, dot: Slot
    ) throws -> Slot {
        var receiver = receiver
        let last = names.count - 1
        for index in 0..<last {
            receiver = try field(names[index], of: receiver, arguments: [], final: nil, dot: dot)
        }
        return try field(names[last], of: receiver, arguments: arguments, final: final, dot: dot)
    }

    /// One step along a chain of fields. `arguments` begins with the operand itself, when there are any.
    private mutating func field(
        _ name: String, of receiver: Slot, arguments: [Operand], final: GoValue?, dot: Slot
    ) throws -> Slot {
        let hasArguments = arguments.count > 1 || final != nil
        switch receiver.value {
        case .none: return Slot(value: .none)
        case .null: throw error("nil pointer evaluating interface {}.\(name)")
        case .map(let map):
            if map.kind == .values, let method = ValuesMethods.method(name, of: map) {
                return Slot(value: try callMethod(method, name, arguments, final, dot))
            }
            if hasArguments { throw error("\(name) is not a method but has arguments") }
            guard let value = map[name] else { return Slot(value: map.zeroElement, isInterface: map.hasInterfaces) }
            return Slot(value: value, isInterface: map.hasInterfaces)
        case .time(let time):
            if let method = time.method(name) { return Slot(value: try callMethod(method, name, arguments, final, dot)) }
        case .object(let object):
            if let method = object.method(name) { return Slot(value: try callMethod(method, name, arguments, final, dot)) }
            if let value = try member(name, of: object, hasArguments: hasArguments) { return value }
        default: break
        }
        let type = receiver.isInterface ? "interface {}" : receiver.value.typeName
        throw error("can't evaluate field \(name) in type \(type)")
    }

    private func member(_ name: String, of object: any GoObject, hasArguments: Bool) throws -> Slot? {
        switch object.content {
        case .structure(let fields):
            guard let field = fields.first(where: { $0.name == name && !$0.isPrivate }) else { return nil }
            if hasArguments { throw error("\(name) has arguments but cannot be invoked as function") }
            return Slot(value: field.value)
        case .map(let map):
            if hasArguments { throw error("\(name) is not a method but has arguments") }
            return Slot(value: map[name] ?? map.zeroElement, isInterface: map.hasInterfaces)
        default: return nil
        }
    }

    private mutating func callMethod(
        _ method: GoMethod, _ name: String, _ arguments: [Operand], _ final: GoValue?, _ dot: Slot
    ) throws -> GoValue {
        try call(method, name, at: node, arguments: arguments, final: final, dot: dot)
    }
}

extension GoMap {
    var hasInterfaces: Bool { kind == .any || kind == .values }
}
