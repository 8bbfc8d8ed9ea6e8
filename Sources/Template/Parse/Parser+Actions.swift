extension Parser {
    enum Item {
        case node(Node)
        case end, otherwise
        case nothing
    }

    mutating func itemList() throws -> ([Node], Item) {
        var nodes: [Node] = []
        while try peekNonSpace().kind != .end {
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .nothing: break
            case .end: return (nodes, .end)
            case .otherwise: return (nodes, .otherwise)
            }
        }
        throw error("unexpected EOF")
    }

    mutating func textOrAction() throws -> Item {
        let token = try nextNonSpace()
        switch token.kind {
        case .text: return .node(.text(token.text))
        case .leftDelimiter:
            actionLine = token.line
            let item = try nested { try $0.action() }
            actionLine = 0
            return item
        default: throw unexpected(token, in: "input")
        }
    }

    private mutating func action() throws -> Item {
        let token = try nextNonSpace()
        switch token.kind {
        case .block: return .node(try block())
        case .breakWord: return .node(try loopControl(.breakLoop, "{{break}}"))
        case .continueWord: return .node(try loopControl(.continueLoop, "{{continue}}"))
        case .elseWord: return try elseControl()
        case .endWord:
            try expect(.rightDelimiter, in: "end")
            return .end
        case .ifWord: return .node(.condition(try branch("if")))
        case .range: return .node(.range(try branch("range")))
        case .template: return .node(try templateCall())
        case .with: return .node(.with(try branch("with")))
        default:
            backup()
            // Variables declared here persist until the end of what is around.
            let id = id()
            return .node(.action(id: id, try pipeline(in: "command", until: .rightDelimiter)))
        }
    }

    private mutating func loopControl(_ node: Node, _ word: String) throws -> Node {
        let token = try nextNonSpace()
        guard token.kind == .rightDelimiter else { throw unexpected(token, in: word) }
        guard rangeDepth > 0 else { throw error("\(word) outside {{range}}") }
        return node
    }

    private mutating func elseControl() throws -> Item {
        // `else if` and `else with` read as an `else` that holds them; the word is left for whoever began.
        let token = try peekNonSpace()
        if token.kind == .ifWord || token.kind == .with { return .otherwise }
        try expect(.rightDelimiter, in: "else")
        return .otherwise
    }

    private mutating func branch(_ context: String) throws -> Node.Branch {
        let outer = variables.count
        defer { variables.removeSubrange(min(outer, variables.count)...) }
        let id = id()
        let pipeline = try pipeline(in: context, until: .rightDelimiter)
        if context == "range" { rangeDepth += 1 }
        let (body, end) = try itemList()
        if context == "range" { rangeDepth -= 1 }
        guard case .otherwise = end else { return Node.Branch(id: id, pipeline: pipeline, body: body, otherwise: nil) }
        let follower = try peek().kind
        if context == "if", follower == .ifWord {
            _ = next()
            let inner = try nested { try $0.branch("if") }
            return Node.Branch(id: id, pipeline: pipeline, body: body, otherwise: [.condition(inner)])
        }
        if context == "with", follower == .with {
            _ = next()
            let inner = try nested { try $0.branch("with") }
            return Node.Branch(id: id, pipeline: pipeline, body: body, otherwise: [.with(inner)])
        }
        let (otherwise, last) = try itemList()
        guard case .end = last else { throw error("expected end; found {{else}}") }
        return Node.Branch(id: id, pipeline: pipeline, body: body, otherwise: otherwise)
    }

    private mutating func block() throws -> Node {
        let token = try nextNonSpace()
        let name = try templateName(token, in: "block clause")
        let pipeline = try pipeline(in: "block clause", until: .rightDelimiter)
        try add(Template(name: name, nodes: try ownScope { try $0.body(of: "block clause") }, file: file))
        return .template(id: id(), position: token.position, name: name, pipeline: pipeline)
    }

    private mutating func templateCall() throws -> Node {
        let token = try nextNonSpace()
        let name = try templateName(token, in: "template clause")
        var pipeline: Pipeline?
        if try nextNonSpace().kind != .rightDelimiter {
            backup()
            pipeline = try self.pipeline(in: "template clause", until: .rightDelimiter)
        }
        return .template(id: id(), position: token.position, name: name, pipeline: pipeline)
    }

    mutating func templateName(_ token: Token, in context: String) throws -> String {
        guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: context) }
        guard let name = GoUnquote.string(token.text) else { throw error("invalid syntax") }
        return String(decoding: name, as: UTF8.self)
    }
}
