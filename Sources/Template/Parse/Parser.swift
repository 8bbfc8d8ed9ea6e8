/// Reads one file of templates.
struct Parser {
    let file: TemplateFile
    let functions: [String: GoFunction]
    private var lexer: Lexer
    /// Go's own buffer of three: error messages name the line of the first.
    private var tokens: [Token]
    private var peeked = 0
    private var nextID = 0
    private var variableNumbers: [String: Int] = ["$": 0]
    private(set) var trees: [String: Template] = [:]

    // State of the template that is being read; a definition inside a file has its own.
    var variables: [String] = ["$"]
    var rangeDepth = 0
    var actionLine = 0
    private var depth = 0

    /// Actions and parentheses inside each other.
    private static let maximumDepth = 500

    init(name: String, text: [UInt8], functions: [String: GoFunction]) {
        file = TemplateFile(name: name, text: text)
        self.functions = functions
        lexer = Lexer(text)
        tokens = Array(repeating: Token(kind: .end, position: 0, text: [], line: 0), count: 3)
    }

    /// The definitions of the file, and the file itself.
    mutating func parse() throws -> [Template] {
        var nodes: [Node] = []
        while try peek().kind != .end {
            if try peek().kind == .leftDelimiter {
                let delimiter = next()
                if try nextNonSpace().kind == .define {
                    try parseDefinition()
                    continue
                }
                backup2(delimiter)
            }
            switch try textOrAction() {
            case .node(let node): nodes.append(node)
            case .nothing: break
            case .end: throw error("unexpected {{end}}")
            case .otherwise: throw error("unexpected {{else}}")
            }
        }
        try add(Template(name: file.name, nodes: nodes, file: file))
        return trees.values.sorted { Bytes.compare($0.name, $1.name) < 0 }
    }

    private mutating func parseDefinition() throws {
        let name = try templateName(try nextNonSpace(), in: "define clause")
        try expect(.rightDelimiter, in: "define clause")
        try add(Template(name: name, nodes: try ownScope { try $0.body(of: "define clause") }, file: file))
    }

    /// Reads with variables and loops of its own, as a template inside another has them.
    mutating func ownScope(_ read: (inout Parser) throws -> [Node]) throws -> [Node] {
        let outer = (variables, rangeDepth)
        variables = ["$"]
        rangeDepth = 0
        let nodes = try read(&self)
        (variables, rangeDepth) = outer
        return nodes
    }

    /// Up to `end`; `else` is an error.
    mutating func body(of context: String) throws -> [Node] {
        let (nodes, end) = try itemList()
        guard case .end = end else { throw error("unexpected {{else}} in \(context)") }
        return nodes
    }

    mutating func add(_ template: Template) throws {
        if let existing = trees[template.name], !existing.isEmpty {
            if template.isEmpty { return }
            throw error("template: multiple definition of template \(GoQuote.double(Array(template.name.utf8)))")
        }
        trees[template.name] = template
    }

    // MARK: Tokens

    mutating func next() -> Token {
        if peeked > 0 { peeked -= 1 } else { tokens[0] = lexer.next() }
        return tokens[peeked]
    }

    mutating func backup() { peeked += 1 }

    mutating func backup2(_ token: Token) {
        tokens[1] = token
        peeked = 2
    }

    mutating func backup3(_ second: Token, _ first: Token) {
        tokens[1] = first
        tokens[2] = second
        peeked = 3
    }

    mutating func peek() throws -> Token {
        if peeked > 0 { return tokens[peeked - 1] }
        peeked = 1
        tokens[0] = lexer.next()
        return tokens[0]
    }

    mutating func nextNonSpace() throws -> Token {
        while true {
            let token = next()
            if token.kind != .space { return token }
        }
    }

    mutating func peekNonSpace() throws -> Token {
        let token = try nextNonSpace()
        backup()
        return token
    }

    @discardableResult
    mutating func expect(_ kind: Token.Kind, in context: String) throws -> Token {
        let token = try nextNonSpace()
        guard token.kind == kind else { throw unexpected(token, in: context) }
        return token
    }

    // MARK: Nodes

    mutating func id() -> Int {
        nextID += 1
        return nextID
    }

    mutating func variable(_ name: String) -> Variable {
        if let number = variableNumbers[name] { return Variable(name: name, number: number) }
        let number = variableNumbers.count
        variableNumbers[name] = number
        return Variable(name: name, number: number)
    }

    /// Bounds recursion.
    mutating func nested<Result>(_ read: (inout Parser) throws -> Result) throws -> Result {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw error("max expression depth exceeded")
        }
        defer { depth -= 1 }
        return try read(&self)
    }

    // MARK: Errors

    func error(_ message: String) -> TemplateError {
        TemplateError("template: \(file.name):\(tokens[0].line): \(message)", isExecution: false)
    }

    func unexpected(_ token: Token, in context: String) -> TemplateError {
        guard token.kind == .error else { return error("unexpected \(token.description) in \(context)") }
        guard actionLine != 0, actionLine != token.line else { return error(token.description) }
        let place = "started at \(file.name):\(actionLine)"
        return error(token.description + (token.string.hasSuffix(" action") ? " \(place)" : " in action \(place)"))
    }
}
