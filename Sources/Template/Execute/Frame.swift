/// The running of one template: its variables, its output, and the node that an error would name.
struct Frame {
    /// A value, and whether it was taken out of an interface: Go's messages say so.
    struct Slot {
        var value: GoValue
        var isInterface = false
    }

    enum Flow { case normal, breakLoop, continueLoop }

    let template: Template
    let execution: Execution
    var output: [UInt8] = []
    private(set) var variables: [(number: Int, slot: Slot)]
    /// The node being evaluated.
    var node = 0

    init(template: Template, data: GoValue, execution: Execution) {
        self.template = template
        self.execution = execution
        variables = [(0, Slot(value: data))]
    }

    mutating func walk(_ nodes: [Node], dot: Slot) throws -> Flow {
        for node in nodes {
            let flow = try walk(node, dot: dot)
            if flow != .normal { return flow }
        }
        return .normal
    }

    private mutating func walk(_ node: Node, dot: Slot) throws -> Flow {
        try execution.step()
        switch node {
        case .text(let bytes): try write(bytes)
        case .action(let id, let pipeline):
            self.node = id
            let value = try evaluate(pipeline, dot: dot)
            if pipeline.declarations.isEmpty {
                self.node = id
                try write(value)
            }
        case .condition(let branch):
            self.node = branch.id
            let mark = variables.count
            defer { variables.removeSubrange(mark...) }
            let value = try evaluate(branch.pipeline, dot: dot)
            if value.isTrue { return try walk(branch.body, dot: dot) }
            if let otherwise = branch.otherwise { return try walk(otherwise, dot: dot) }
        case .with(let branch):
            self.node = branch.id
            let mark = variables.count
            defer { variables.removeSubrange(mark...) }
            let value = try evaluate(branch.pipeline, dot: dot)
            if value.isTrue { return try walk(branch.body, dot: Slot(value: value)) }
            if let otherwise = branch.otherwise { return try walk(otherwise, dot: dot) }
        case .range(let branch): return try walkRange(branch, dot: dot)
        case .template(let id, _, let name, let pipeline): try call(name, pipeline, id: id, dot: dot)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        }
        return .normal
    }

    private mutating func call(_ name: String, _ pipeline: Pipeline?, id: Int, dot: Slot) throws {
        node = id
        guard let called = execution.templates[name] else {
            throw error("template \(GoQuote.double(Array(name.utf8))) not defined")
        }
        do { try execution.enter() } catch let limit as GoError { throw error(limit.message) }
        defer { execution.leave() }
        let data = try pipeline.map { try evaluate($0, dot: dot) } ?? .none
        var frame = Frame(template: called, data: data, execution: execution)
        swap(&frame.output, &output)
        let result = Result { try frame.walk(called.nodes, dot: Slot(value: data)) }
        swap(&frame.output, &output)
        _ = try result.get()
    }

    // MARK: Loops

    private mutating func walkRange(_ branch: Node.Branch, dot: Slot) throws -> Flow {
        node = branch.id
        let mark = variables.count
        defer { variables.removeSubrange(mark...) }
        let value = try evaluate(branch.pipeline, dot: dot)
        var ran = false
        if let list = value.listContent {
            let isInterface = list.element == .any
            for (index, element) in list.elements.enumerated() {
                ran = true
                let slot = Slot(value: element, isInterface: isInterface)
                if try iterate(branch, index: .int(index), element: slot) == .breakLoop { break }
            }
        } else if let map = value.mapContent {
            let isInterface = map.kind == .any || map.kind == .values
            for entry in map.entries {
                ran = true
                let slot = Slot(value: entry.value, isInterface: isInterface)
                if try iterate(branch, index: .string(entry.key), element: slot) == .breakLoop { break }
            }
        } else {
            switch value {
            case .none, .null: break
            case .int(let count, let type):
                guard branch.pipeline.declarations.count < 2 else {
                    throw error("can't use \(GoFormat.print(value)) to iterate over more than one variable")
                }
                var index: Int64 = 0
                while index < count {
                    ran = true
                    if try iterate(branch, index: .none, element: Slot(value: .int(index, type))) == .breakLoop { break }
                    index += 1
                }
            default: throw error("range can't iterate over \(GoFormat.print(value))")
            }
        }
        if !ran, let otherwise = branch.otherwise { return try walk(otherwise, dot: dot) }
        return .normal
    }

    private mutating func iterate(_ branch: Node.Branch, index: GoValue, element: Slot) throws -> Flow {
        // An empty body takes no step of its own.
        try execution.step()
        let pipeline = branch.pipeline
        let mark = variables.count
        if let first = pipeline.declarations.first {
            if pipeline.declarations.count > 1 {
                try set(first, to: Slot(value: index), assigning: pipeline.isAssignment, fromTop: 2)
                try set(pipeline.declarations[1], to: element, assigning: pipeline.isAssignment, fromTop: 1)
            } else {
                try set(first, to: element, assigning: pipeline.isAssignment, fromTop: 1)
            }
        }
        defer { variables.removeSubrange(mark...) }
        return try walk(branch.body, dot: element)
    }

    private mutating func set(_ variable: Variable, to slot: Slot, assigning: Bool, fromTop: Int) throws {
        if assigning {
            try assign(variable, slot)
        } else {
            variables[variables.count - fromTop].slot = slot
        }
    }

    // MARK: Variables

    mutating func declare(_ variable: Variable, _ value: GoValue) {
        variables.append((variable.number, Slot(value: value)))
    }

    mutating func assign(_ variable: Variable, _ slot: Slot) throws {
        guard let index = variables.lastIndex(where: { $0.number == variable.number }) else {
            throw error("undefined variable: \(variable.name)")
        }
        variables[index].slot = slot
    }

    func slot(of variable: Variable) throws -> Slot {
        var index = variables.count - 1
        while index >= 0 {
            if variables[index].number == variable.number { return variables[index].slot }
            index -= 1
        }
        throw error("undefined variable: \(variable.name)")
    }

    // MARK: Output

    private mutating func write(_ bytes: [UInt8]) throws {
        try execution.charge(bytes.count)
        output += bytes
    }

    private mutating func write(_ value: GoValue) throws {
        let before = output.count
        switch value {
        case .string(let text): output.append(contentsOf: text.utf8)
        case .binary(let bytes): output += bytes
        case .none, .null: output.append(contentsOf: "<no value>".utf8)
        case .int(let number, let type) where type.isSigned: output.append(contentsOf: String(number).utf8)
        case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
        default:
            do { try CallCost.chargeExpansion(of: value, execution) } catch let failure as GoError { throw error(failure.message) }
            // A template follows a pointer, where `printf` shows that there is one.
            let text = GoFormat.print(value)
            let isPointer =
                if case .object(let object) = value { object.text == nil && object.typeName.hasPrefix("*") } else { false }
            output.append(contentsOf: (isPointer ? text.dropFirst() : text[...]).utf8)
        }
        try execution.charge(output.count - before)
    }

    /// An error at the current node, as Go words it.
    func error(_ message: String) -> TemplateError {
        guard node != 0, let (location, source) = template.place(of: node) else {
            return TemplateError("template: \(template.name): \(message)", isExecution: true)
        }
        let executing = "executing \(GoQuote.double(Array(template.name.utf8))) at <\(source)>"
        let step = TemplateError.Step(location: location, executing: executing, message: message)
        return TemplateError("template: \(location): \(executing): \(message)", isExecution: true, trace: [step])
    }

    /// An error that a called function or template passed on.
    func error(calling name: String, _ cause: TemplateError) -> TemplateError {
        let own = error("error calling \(name): \(cause.description)")
        guard let inner = cause.trace, let step = own.trace?.first else {
            return TemplateError(own.description, isExecution: true)
        }
        let outer = TemplateError.Step(location: step.location, executing: step.executing, message: "error calling \(name):")
        return TemplateError(own.description, isExecution: true, trace: [outer] + inner)
    }

    /// An error that is a function's own.
    func error(calling name: String, _ cause: GoError) -> TemplateError {
        TemplateError(error("error calling \(name): \(cause.message)").description, isExecution: true)
    }
}
