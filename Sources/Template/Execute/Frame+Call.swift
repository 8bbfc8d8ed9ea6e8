extension Frame {
    /// Calls a function. `arguments` begins with the operand that names it, when there are any.
    mutating func call(
        _ function: GoFunction, _ name: String, at id: Int, arguments: [Operand], final: GoValue?, dot: Slot
    ) throws -> GoValue {
        if let shortCircuit = function.shortCircuit {
            guard arguments.count > 1 || final != nil else {
                throw error("wrong number of args for \(name): want at least 1 got 0")
            }
            return try decide(shortCircuit, arguments: arguments.dropFirst(), final: final, dot: dot)
        }
        let method = GoMethod(function.parameters, variadic: function.variadic, function.body)
        return try call(method, name, at: id, arguments: arguments, final: final, dot: dot)
    }

    mutating func call(
        _ function: GoMethod, _ name: String, at id: Int, arguments: [Operand], final: GoValue?, dot: Slot
    ) throws -> GoValue {
        try execution.step()
        let given = max(0, arguments.count - 1)
        let count = given + (final == nil ? 0 : 1)
        let fixed = function.parameters.count
        if function.variadic != nil {
            guard count >= fixed else {
                throw error("wrong number of args for \(name): want at least \(fixed) got \(given)")
            }
        } else {
            guard count == fixed else { throw error("wrong number of args for \(name): want \(fixed) got \(count)") }
        }
        var values: [GoValue] = []
        values.reserveCapacity(count)
        if given > 0 {
            for index in 0..<given {
                let type = index < fixed ? function.parameters[index] : function.variadic ?? .any
                values.append(try argument(arguments[index + 1], as: type, dot: dot))
            }
        }
        if let final {
            let type = count - 1 < fixed ? function.parameters[count - 1] : function.variadic ?? .any
            values.append(try validate(Slot(value: final), as: type))
        }
        do {
            try CallCost.charge(name, values, execution)
            let outcome = try function.body(GoArguments(values: values, execution: execution))
            try CallCost.charge(outcome, of: values, execution)
            return outcome
        } catch let failure as GoError {
            node = id
            throw error(calling: name, failure)
        } catch let failure as TemplateError {
            node = id
            throw error(calling: name, failure)
        }
    }

    private mutating func decide(
        _ shortCircuit: GoFunction.ShortCircuit, arguments: ArraySlice<Operand>, final: GoValue?, dot: Slot
    ) throws -> GoValue {
        var value = GoValue.none
        for operand in arguments {
            value = try argument(operand, as: .reflect, dot: dot)
            if value.isTrue == (shortCircuit == .or) { return value }
        }
        return final ?? value
    }

    /// The value of an operand where one of `type` is wanted; nil takes any, even none.
    mutating func argument(_ operand: Operand, as type: GoType?, dot: Slot) throws -> GoValue {
        node = operand.id
        switch operand.kind {
        case .dot: return try validate(dot, as: type)
        case .nilWord:
            guard let type, type.canBeNil else { throw error("cannot assign nil to \(type?.name ?? "interface {}")") }
            return type.zero
        case .field(let names):
            return try validate(try fields(of: dot, names, arguments: [operand], final: nil, dot: dot), as: type)
        case .variable(let variable, let names):
            let slot = try slot(of: variable)
            if names.isEmpty { return try validate(slot, as: type) }
            return try validate(try fields(of: slot, names, arguments: [], final: nil, dot: dot), as: type)
        case .pipeline(let pipeline): return try validate(Slot(value: try evaluate(pipeline, dot: dot)), as: type)
        case .function(let name, let function):
            let value = try call(function, name, at: operand.id, arguments: [], final: nil, dot: dot)
            return try validate(Slot(value: value), as: type)
        case .chain(let inner, let names):
            let start = try chain(inner, dot: dot)
            node = operand.id
            return try validate(try fields(of: start, names, arguments: [], final: nil, dot: dot), as: type)
        case .bool, .number, .string: return try constant(operand, as: type ?? .any)
        }
    }

    mutating func chain(_ operand: Operand, dot: Slot) throws -> Slot {
        if case .nilWord = operand.kind { throw error("indirection through explicit nil in \(operand.source)") }
        return Slot(value: try argument(operand, as: nil, dot: dot))
    }

    private func constant(_ operand: Operand, as type: GoType) throws -> GoValue {
        switch (type, operand.kind) {
        case (.any, .bool(let bool)), (.reflect, .bool(let bool)), (.bool, .bool(let bool)): return .bool(bool)
        case (.any, .string(let text, _)), (.reflect, .string(let text, _)), (.string, .string(let text, _)): return text.value
        case (.any, .number(let number)), (.reflect, .number(let number)): return try ideal(number)
        case (.int, .number(let number)):
            if let integer = number.integer { return .int(integer, .int) }
        case (.int64, .number(let number)):
            if let integer = number.integer { return .int(integer, .int64) }
        case (.uint32, .number(let number)):
            if let unsigned = number.unsigned { return .int(Int64(truncatingIfNeeded: unsigned), .uint64) }
        case (.float, .number(let number)):
            if let float = number.float { return .float(float) }
        default: break
        }
        switch type {
        case .bool: throw error("expected bool; found \(operand.source)")
        case .string: throw error("expected string; found \(operand.source)")
        case .int, .int64: throw error("expected integer; found \(operand.source)")
        case .uint32: throw error("expected unsigned integer; found \(operand.source)")
        case .float: throw error("expected float; found \(operand.source)")
        default: throw error("can't handle \(operand.source) for arg of type \(type.name)")
        }
    }

    /// The value, when it is one of the type that is wanted.
    private func validate(_ slot: Slot, as type: GoType?) throws -> GoValue {
        guard let type else { return slot.value }
        switch slot.value {
        case .none:
            guard type.canBeNil else { throw error("invalid value; expected \(type.name)") }
            return type.zero
        case .null:
            switch type {
            case .any: return .null
            case .reflect: return .null
            default: throw error("wrong type for value; expected \(type.name); got interface {}")
            }
        default:
            guard type.accepts(slot.value) else {
                throw error("wrong type for value; expected \(type.name); got \(slot.value.typeName)")
            }
            if case .any = type, case .object(let object) = slot.value { return .object(object.boxed) }
            return slot.value
        }
    }
}
