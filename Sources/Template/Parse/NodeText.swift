/// Nodes as error messages quote them: Go's own printing of its tree.
extension Node {
    var source: String {
        switch self {
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .action(_, let pipeline): "{{\(pipeline.source)}}"
        case .condition(let branch): branch.source("if")
        case .range(let branch): branch.source("range")
        case .with(let branch): branch.source("with")
        case .template(_, _, let name, let pipeline):
            "{{template \(GoQuote.double(Array(name.utf8)))\(pipeline.map { " " + $0.source } ?? "")}}"
        case .breakLoop: "{{break}}"
        case .continueLoop: "{{continue}}"
        }
    }
}

extension Node.Branch {
    func source(_ word: String) -> String {
        let end = otherwise.map { "{{else}}" + $0.map(\.source).joined() } ?? ""
        return "{{\(word) \(pipeline.source)}}" + body.map(\.source).joined() + end + "{{end}}"
    }
}

extension Pipeline {
    var source: String {
        let names = declarations.map(\.name).joined(separator: ", ")
        let head = declarations.isEmpty ? "" : names + (isAssignment ? " = " : " := ")
        return head + commands.map(\.source).joined(separator: " | ")
    }
}

extension Command {
    var source: String {
        operands.map { operand in
            if case .pipeline = operand.kind { "(\(operand.source))" } else { operand.source }
        }.joined(separator: " ")
    }
}

extension Operand {
    var source: String {
        switch kind {
        case .dot: "."
        case .nilWord: "nil"
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number): number.text
        case .string(_, let quoted): quoted
        case .field(let names): names.map { "." + $0 }.joined()
        case .variable(let variable, let fields): ([variable.name] + fields).joined(separator: ".")
        case .function(let name, _): name
        case .pipeline(let pipeline): pipeline.source
        case .chain(let operand, let fields):
            (operand.isPipeline ? "(\(operand.source))" : operand.source) + fields.map { "." + $0 }.joined()
        }
    }

    var isPipeline: Bool { if case .pipeline = kind { true } else { false } }
}

/// Finds the node of a number, for an error's place and quotation.
struct NodeFinder {
    let id: Int

    struct Found {
        let position: Int
        let source: String
    }

    func find(in nodes: [Node]) -> Found? {
        for node in nodes { if let found = find(in: node) { return found } }
        return nil
    }

    private func find(in node: Node) -> Found? {
        switch node {
        case .text, .breakLoop, .continueLoop: return nil
        case .action(let own, let pipeline):
            return own == id ? Found(position: pipeline.position, source: node.source) : find(in: pipeline)
        case .condition(let branch), .range(let branch), .with(let branch):
            if branch.id == id { return Found(position: branch.pipeline.position, source: node.source) }
            return find(in: branch.pipeline) ?? find(in: branch.body) ?? find(in: branch.otherwise ?? [])
        case .template(let own, let position, _, let pipeline):
            return own == id ? Found(position: position, source: node.source) : pipeline.flatMap { find(in: $0) }
        }
    }

    private func find(in pipeline: Pipeline) -> Found? {
        if pipeline.id == id { return Found(position: pipeline.position, source: pipeline.source) }
        for command in pipeline.commands {
            if command.id == id { return Found(position: command.position, source: command.source) }
            for operand in command.operands { if let found = find(in: operand) { return found } }
        }
        return nil
    }

    private func find(in operand: Operand) -> Found? {
        if operand.id == id { return Found(position: operand.position, source: operand.source) }
        switch operand.kind {
        case .pipeline(let pipeline): return find(in: pipeline)
        case .chain(let inner, _): return find(in: inner)
        default: return nil
        }
    }
}
