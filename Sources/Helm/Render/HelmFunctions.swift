import Template

/// The functions that need the chart's other templates, or say that something is wrong with the values.
enum HelmFunctions {
    static func all(_ options: RenderOptions) -> [String: GoFunction] {
        var functions = shared
        let lookup = options.lookup
        functions["lookup"] = GoFunction([.string, .string, .string, .string]) { arguments in
            GoValue(ofAPI: try lookup(arguments.string(0), arguments.string(1), arguments.string(2), arguments.string(3)))
        }
        // A template that is made while another runs knows the same functions.
        functions["tpl"] = GoFunction([.string, .any]) { arguments in try tpl(arguments, all(options)) }
        return functions
    }

    private static let shared: [String: GoFunction] = Functions.all.merging([
        "include": GoFunction([.string, .any]) { arguments in
            .text(try arguments.execution.include(arguments.string(0), arguments[1]))
        },
        "required": GoFunction([.string, .any]) { arguments in
            if arguments[1].isAbsent || arguments[1].bytes?.isEmpty == true { throw GoError(Marked.text(arguments.string(0))) }
            return arguments[1]
        },
        "fail": GoFunction([.string]) { arguments in throw GoError(Marked.text(arguments.string(0))) },
    ]) { $1 }

    private static func tpl(_ arguments: GoArguments, _ functions: [String: GoFunction]) throws -> GoValue {
        let text = arguments.bytes(0)
        // Without an action it is its own outcome.
        guard text.contains(UInt8(ascii: "{")) else { return .text(withoutNoValue(text)) }
        var templates = arguments.execution.templates
        let quoted = GoEncoding.quoted(text)
        do { try templates.add("gotpl", text, functions: functions) } catch let error as TemplateError {
            throw error.wrapped("cannot parse template \(quoted): ")
        }
        let execution = arguments.execution.continued(with: templates)
        defer { arguments.execution.resume(after: execution) }
        do { return .text(withoutNoValue(try execution.include("gotpl", arguments[1]))) } catch let error as TemplateError {
            throw error.wrapped("error during tpl function execution for \(quoted): ")
        }
    }

    /// Go prints `<no value>` for what is missing; Helm takes that out of whatever it finished.
    static func withoutNoValue(_ bytes: [UInt8]) -> [UInt8] {
        let mark = Array("<no value>".utf8)
        guard bytes.count >= mark.count else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == mark[0], bytes[index...].starts(with: mark) {
                index += mark.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

/// A message of `fail` or `required` on its way through the errors of the templates around it.
enum Marked {
    private static let start = "HELM_ERR_START"
    private static let end = "HELM_ERR_END"

    static func text(_ message: String) -> String { start + message + end }

    static func message(in text: String) -> String? {
        guard let open = find(start, in: text, last: false), let close = find(end, in: text, last: true),
            open.upperBound <= close.lowerBound
        else { return nil }
        return String(text[open.upperBound..<close.lowerBound])
    }

    private static func find(_ mark: String, in text: String, last: Bool) -> Range<String.Index>? {
        let utf8 = text.utf8
        var found: Range<String.Index>?
        var index = utf8.startIndex
        while index < utf8.endIndex {
            if utf8[index...].starts(with: mark.utf8) {
                let end = utf8.index(index, offsetBy: mark.utf8.count)
                found = index..<end
                if !last { return found }
                index = end
            } else {
                index = utf8.index(after: index)
            }
        }
        return found
    }
}
