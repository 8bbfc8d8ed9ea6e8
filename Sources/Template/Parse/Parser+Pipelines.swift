extension Parser {
    mutating func pipeline(in context: String, until end: Token.Kind) throws -> Pipeline {
        try nested { try $0.readPipeline(in: context, until: end) }
    }

    private mutating func readPipeline(in context: String, until end: Token.Kind) throws -> Pipeline {
        let position = try peekNonSpace().position
        let id = id()
        let (declarations, isAssignment) = try declarations(in: context)
        var commands: [Command] = []
        while true {
            let token = try nextNonSpace()
            switch token.kind {
            case end:
                try check(commands, in: context)
                return Pipeline(
                    id: id, position: position, isAssignment: isAssignment, declarations: declarations, commands: commands)
            case .bool, .characterConstant, .dot, .field, .identifier, .number, .nilWord, .rawString, .string, .variable,
                .leftParenthesis:
                backup()
                commands.append(try command())
            default: throw unexpected(token, in: context)
            }
        }
    }

    /// `$x :=`, `$x =`, and `$i, $x :=` of a range.
    private mutating func declarations(in context: String) throws -> ([Variable], isAssignment: Bool) {
        var declared: [Variable] = []
        while try peekNonSpace().kind == .variable {
            let token = next()
            let afterVariable = try peek()
            let following = try peekNonSpace()
            if following.kind == .assign || following.kind == .declare {
                _ = try nextNonSpace()
                declared.append(variable(token.string))
                variables.append(token.string)
                return (declared, following.kind == .assign)
            }
            if following.kind == .character, following.text == [UInt8(ascii: ",")] {
                _ = try nextNonSpace()
                declared.append(variable(token.string))
                variables.append(token.string)
                guard context == "range", declared.count < 2 else { throw error("too many declarations in \(context)") }
                switch try peekNonSpace().kind {
                case .variable, .rightDelimiter, .rightParenthesis: continue
                default: throw error("range can only initialize variables")
                }
            }
            if afterVariable.kind == .space { backup3(token, afterVariable) } else { backup2(token) }
            break
        }
        return (declared, false)
    }

    private func check(_ commands: [Command], in context: String) throws {
        guard !commands.isEmpty else { throw error("missing value for \(context)") }
        for (index, command) in commands.enumerated().dropFirst() {
            switch command.operands[0].kind {
            case .bool, .dot, .nilWord, .number, .string: throw error("non executable command in pipeline stage \(index + 1)")
            default: break
            }
        }
    }

    private mutating func command() throws -> Command {
        let position = try peekNonSpace().position
        let id = id()
        var operands: [Operand] = []
        while true {
            _ = try peekNonSpace()
            if let operand = try operand() { operands.append(operand) }
            let token = next()
            switch token.kind {
            case .space: continue
            case .rightDelimiter, .rightParenthesis: backup()
            case .pipe: break
            default: throw unexpected(token, in: "operand")
            }
            break
        }
        guard !operands.isEmpty else { throw error("empty command") }
        return Command(id: id, position: position, operands: operands)
    }

    private mutating func operand() throws -> Operand? {
        guard let term = try term() else { return nil }
        guard try peek().kind == .field else { return term }
        let position = try peek().position
        var fields: [String] = []
        while try peek().kind == .field { fields.append(String(next().string.dropFirst())) }
        switch term.kind {
        case .field(let names): return Operand(id: id(), position: position, kind: .field(names + fields))
        case .variable(let variable, let names):
            return Operand(id: id(), position: position, kind: .variable(variable, names + fields))
        case .bool, .string, .number, .nilWord, .dot:
            throw error("unexpected . after term \(GoQuote.double(Array(term.source.utf8)))")
        default: return Operand(id: id(), position: position, kind: .chain(term, fields))
        }
    }

    private mutating func term() throws -> Operand? {
        let token = try nextNonSpace()
        let position = token.position
        switch token.kind {
        case .identifier:
            guard let function = functions[token.string] else {
                throw error("function \(GoQuote.double(token.text)) not defined")
            }
            return Operand(id: id(), position: position, kind: .function(token.string, function))
        case .dot: return Operand(id: id(), position: position, kind: .dot)
        case .nilWord: return Operand(id: id(), position: position, kind: .nilWord)
        case .variable: return try variableTerm(token)
        case .field: return Operand(id: id(), position: position, kind: .field([String(token.string.dropFirst())]))
        case .bool: return Operand(id: id(), position: position, kind: .bool(token.string == "true"))
        case .characterConstant, .number: return Operand(id: id(), position: position, kind: .number(try number(token)))
        case .leftParenthesis:
            let inner = try pipeline(in: "parenthesized pipeline", until: .rightParenthesis)
            return Operand(id: id(), position: inner.position, kind: .pipeline(inner))
        case .string, .rawString:
            guard let bytes = GoUnquote.string(token.text) else { throw error("invalid syntax") }
            return Operand(id: id(), position: position, kind: .string(value: GoText(bytes), quoted: token.string))
        default:
            backup()
            return nil
        }
    }

    private mutating func variableTerm(_ token: Token) throws -> Operand {
        let name = token.string
        guard variables.contains(name) else { throw error("undefined variable \(GoQuote.double(token.text))") }
        return Operand(id: id(), position: token.position, kind: .variable(variable(name), []))
    }

    private func number(_ token: Token) throws -> NumberLiteral {
        if token.kind == .characterConstant {
            guard let character = GoUnquote.character(token.text) else {
                throw error("malformed character constant: \(token.string)")
            }
            return NumberLiteral(character: character, text: token.string)
        }
        guard let number = NumberLiteral(token.string) else {
            let isInteger = !token.text.contains { ".eEpP".utf8.contains($0) }
            throw error(
                "\(isInteger && token.text.contains { (0x30...0x39).contains($0) } ? "integer overflow" : "illegal number syntax"): \(GoQuote.double(token.text))"
            )
        }
        return number
    }
}
