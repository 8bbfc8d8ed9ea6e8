/// One rendering: the templates, where the output goes, and how much there may be of everything.
///
/// A class because functions such as `include` run templates from inside of one.
package final class Execution {
    package struct Limits: Sendable {
        /// Of all output together, and of what functions give, in bytes; that of included templates is counted again.
        package var bytes = 256 << 20
        /// Nodes walked and functions called.
        package var steps = 20_000_000
        /// Templates inside each other; it may be fewer that the stack has room for.
        package var depth = 1000
        package init() {}
    }

    package let templates: TemplateSet
    package let environment: Environment
    private let limits: Limits
    private var steps = 0
    /// The steps at which to ask whether anybody still wants the outcome.
    private var nextLook = 10_000
    private var bytes = 0
    private var draws: [String: Int] = [:]
    private var regexes: [String: GoRegex] = [:]
    private var stack: StackBound?
    private var changed = ChangedMaps()
    var depth = 0

    package init(_ templates: TemplateSet, environment: Environment = Environment(), limits: Limits = Limits()) {
        self.templates = templates
        self.environment = environment
        self.limits = limits
    }

    /// Another set of templates under the same bounds, of which what was used counts on.
    package func continued(with templates: TemplateSet) -> Execution {
        let execution = Execution(templates, environment: environment, limits: limits)
        execution.steps = steps
        execution.nextLook = nextLook
        execution.bytes = bytes
        execution.depth = depth
        execution.stack = stack
        execution.draws = draws
        execution.changed = changed
        return execution
    }

    /// Takes over what a continued execution used.
    package func resume(after other: Execution) {
        steps = other.steps
        nextLook = other.nextLook
        bytes = other.bytes
        draws = other.draws
    }

    /// The output of a template, applied to `data`. Throws `TemplateError` in Go's words.
    package func run(_ name: String, _ data: GoValue) throws -> [UInt8] {
        guard let template = templates[name] else {
            let quoted = GoQuote.double(Array(name.utf8))
            let message = "no template \(quoted) associated with template \"gotpl\""
            let step = TemplateError.Step(location: "", executing: "", message: "template: " + message)
            throw TemplateError("template: " + message, isExecution: false, trace: [step])
        }
        // The outermost template says which thread all of them run on.
        let isOutermost = stack == nil
        if isOutermost { stack = StackBound() }
        defer { if isOutermost { stack = nil } }
        var frame = Frame(template: template, data: data, execution: self)
        do {
            _ = try frame.walk(template.nodes, dot: Frame.Slot(value: data))
        } catch let error as TemplateError {
            throw error
        }
        return frame.output
    }

    /// The output of a template that another one asks for; nil data is no value at all, of which any field is none, too. Throws
    /// `GoError` where they are too many inside each other.
    package func include(_ name: String, _ data: GoValue) throws -> [UInt8] {
        try enter()
        defer { leave() }
        return try run(name, data.isAbsent ? .none : data)
    }

    /// Of a map that was made or changed.
    func note(_ map: GoMap) { changed.note(map) }

    /// When all templates have run: frees what they made. Values that they were given may be empty then.
    package func finish() { changed.empty() }

    /// Counts steps, and ends the work when there were too many, or when its task is cancelled.
    package func step(_ count: Int = 1) throws {
        steps += count
        if stack?.isReached == true {
            throw TemplateError("the templates are nested too deeply: the stack is used up", isExecution: false)
        }
        guard steps <= limits.steps else {
            throw TemplateError("the templates take more than \(limits.steps) steps", isExecution: false)
        }
        guard steps >= nextLook else { return }
        nextLook = steps + 10_000
        try Task.checkCancellation()
    }

    /// Counts bytes that are about to be made.
    package func charge(_ count: Int) throws {
        bytes += max(0, count)
        guard bytes <= limits.bytes else {
            throw TemplateError("the templates make more than \(limits.bytes) bytes", isExecution: false)
        }
    }

    /// Throws where so many bytes are more than there may be still. They are not counted.
    func affords(_ count: Int) throws {
        guard count <= limits.bytes - bytes else {
            throw TemplateError("the templates make more than \(limits.bytes) bytes", isExecution: false)
        }
    }

    /// Random bytes, other ones at each call.
    func random(for use: String, count: Int) -> [UInt8] {
        let key = "\(use)/\(count)"
        draws[key, default: 0] += 1
        return environment.random("\(key)/\(draws[key, default: 0])", count)
    }

    /// An expression, read once for as long as there are not too many.
    func regex(_ pattern: String) throws -> GoRegex {
        if let known = regexes[pattern] { return known }
        let regex = try GoRegex(pattern)
        if regexes.count >= 256 { regexes = [:] }
        regexes[pattern] = regex
        return regex
    }

    func enter() throws {
        depth += 1
        guard depth <= limits.depth else {
            depth -= 1
            throw GoError("exceeded maximum template depth (\(limits.depth))")
        }
    }

    func leave() { depth -= 1 }
}

/// What the outside gives to functions.
package struct Environment: Sendable {
    /// Now, in nanoseconds since 1970.
    package var now: @Sendable () -> Int64
    /// That many random bytes; the same for the same seed, whatever else is drawn.
    package var random: @Sendable (_ use: String, _ count: Int) -> [UInt8]
    /// A time zone's file in the format of the tz database, or nil where there is none.
    package var zone: @Sendable (String) -> [UInt8]?

    package init(
        now: @escaping @Sendable () -> Int64 = { 0 },
        random: @escaping @Sendable (String, Int) -> [UInt8] = { KeyedRandom(seed: Array("plumb".utf8)).bytes(for: $0, count: $1) },
        zone: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
        self.now = now
        self.random = random
        self.zone = zone
    }
}
