/// One named template: a whole file, or what a `define` in it holds.
package struct Template: Sendable {
    package let name: String
    let nodes: [Node]
    let file: TemplateFile

    /// Nothing but space, comments and definitions.
    package var isEmpty: Bool {
        nodes.allSatisfy { node in
            if case .text(let bytes) = node { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } } else { false }
        }
    }

    /// `name:line:column` of a node and its text.
    func place(of id: Int) -> (location: String, source: String)? {
        guard let found = NodeFinder(id: id).find(in: nodes) else { return nil }
        let before = file.text[..<found.position]
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = found.position - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
        return ("\(file.name):\(line):\(column)", found.source)
    }
}

/// The text that templates were read from.
final class TemplateFile: Sendable {
    let name: String
    let text: [UInt8]

    init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }
}

/// Templates that can call each other by name.
package struct TemplateSet: Sendable {
    package private(set) var templates: [String: Template] = [:]

    package init() {}

    /// Reads a file and adds it, under its name, and what it defines. Of equal names the last one counts, unless it is empty.
    ///
    /// Throws `TemplateError` in Go's words.
    package mutating func add(_ name: String, _ text: [UInt8], functions: [String: GoFunction]) throws {
        var parser = Parser(name: name, text: text, functions: functions)
        for template in try parser.parse() {
            if template.isEmpty, templates[template.name] != nil { continue }
            templates[template.name] = template
        }
    }

    package subscript(name: String) -> Template? { templates[name] }
}

/// What goes wrong in a template, as Go says it.
package struct TemplateError: Error, CustomStringConvertible {
    package private(set) var description: String
    /// Found while a template ran, with its place, rather than while it was read.
    package let isExecution: Bool
    /// The places that an error passed on its way out, the outermost first; nil where something else than templates had
    /// a word in it.
    package private(set) var trace: [Step]?

    package struct Step: Sendable, Hashable {
        /// `name:line:column`
        package let location: String
        /// The template, and the text in it.
        package let executing: String
        package let message: String
    }

    package init(_ description: String, isExecution: Bool, trace: [Step]? = nil) {
        self.description = description
        self.isExecution = isExecution
        self.trace = trace
    }

    /// The same error behind other words.
    package func wrapped(_ prefix: String) -> TemplateError {
        TemplateError(prefix + description, isExecution: isExecution)
    }
}
