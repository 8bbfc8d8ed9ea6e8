import TestSupport

/// The commands of a document, in order, each with what it says that they print: the `$ ` lines of its console blocks and what
/// follows them.
struct Tutorial {
    struct Step: Sendable {
        var command: String
        var expected: [String]

        /// One that only looks is asked again until it prints what the document says; the reader takes a moment too.
        var isLook: Bool {
            let words = command.split(separator: " ")
            guard let first = words.first else { return false }
            if ["curl", "cat"].contains(first) { return true }
            return ["staging", "production"].contains(first) && words.count > 1
                && ["get", "why", "history", "events", "describe"].contains(words[1])
        }
    }

    let steps: [Step]

    init(_ document: String) {
        var steps: [Step] = []
        var isInside = false
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), expected: []))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].expected.append(String(line))
            }
        }
        self.steps = steps
    }
}

/// Compares what a command printed with what the document shows of it. Digests, times, ages and ids may be others; `…` stands for
/// any text in a line, and for any lines where it is one itself.
enum TutorialOutput {
    /// The first line that is missing or too much; nil where the output is as shown.
    static func difference(_ expected: [String], _ output: String) -> String? {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(normal)
        var rest = (lines.last == "" ? lines.dropLast() : lines[...])
        var isGap = false
        for line in expected {
            if line == "…" {
                isGap = true
                continue
            }
            let pattern = normal(line)
            while let next = rest.first, isGap, !matches(pattern, next) { rest = rest.dropFirst() }
            guard let next = rest.first else { return "there is no line like \(line)" }
            guard matches(pattern, next) else { return "\(next) is there for \(line)" }
            rest = rest.dropFirst()
            isGap = false
        }
        return isGap || rest.isEmpty ? nil : "there is one line more: \(rest[rest.startIndex])"
    }

    private static func matches(_ pattern: String, _ line: String) -> Bool {
        let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == line }
        guard line.hasPrefix(first) else { return false }
        var rest = line.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    private static func normal(_ line: some StringProtocol) -> String {
        var line = String(line)
        line.replace(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "TIME")
        line.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "ID")
        line.replace(/\b[0-9a-f]{7,64}\b/, with: "DIGEST")
        line.replace(/\b([0-9]+(ms|s|m|h|d))+\b/, with: "AGE")
        return line.split(separator: " ").joined(separator: " ")
    }
}
