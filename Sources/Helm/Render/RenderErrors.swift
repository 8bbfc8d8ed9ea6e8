import Model
import Template

/// Errors of templates in Helm's words.
enum RenderErrors {
    static func parsing(_ error: TemplateError, path: String) -> PlumbError {
        let parts = split(error.description, limit: .max)
        guard parts.count > 1, let last = parts.last else {
            return PlumbError(.invalid, "parse error in (\(path)): \(error.description)")
        }
        return PlumbError(.invalid, "parse error at (\(parts[1])): \(last)")
    }

    static func execution(_ error: TemplateError) -> PlumbError {
        guard error.isExecution else { return PlumbError(.invalid, error.description) }
        let parts = split(error.description, limit: 3)
        if parts.count == 3, let message = Marked.message(in: parts[2]) {
            return PlumbError(.invalid, "execution error at (\(parts[1])): \(message)")
        }
        guard let trace = error.trace,
            !trace.contains(where: { $0.executing.utf8.contains(0x0A) || $0.message.utf8.contains(0x0A) })
        else { return PlumbError(.invalid, error.description) }
        let lines = trace.flatMap { step in
            step.location.isEmpty ? [step.message] : [step.location, "  " + step.executing + ":", "    " + step.message]
        }
        return PlumbError(.invalid, lines.joined(separator: "\n"))
    }

    private static func split(_ text: String, limit: Int) -> [String] {
        var parts: [String] = []
        var rest = Array(text.utf8)[...]
        while parts.count < limit - 1 {
            guard
                let at = rest.indices.first(where: {
                    rest[$0] == UInt8(ascii: ":") && $0 + 1 < rest.endIndex && rest[$0 + 1] == 0x20
                })
            else { break }
            parts.append(String(decoding: rest[rest.startIndex..<at], as: UTF8.self))
            rest = rest[(at + 2)...]
        }
        return parts + [String(decoding: rest, as: UTF8.self)]
    }
}
