import CYaml

/// One step through a YAML stream.
struct YAMLEvent {
    enum Kind {
        case documentStart, documentEnd, streamEnd
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case scalar(YAMLScalar)
        case alias
    }

    var kind: Kind
    /// The name of the node's anchor, or of the anchor that an alias refers to.
    var anchor: String?
    /// From 1.
    var line: Int
}

/// libyaml's parser over bytes in memory. A class because libyaml keeps pointers into the parser and its input.
final class YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let bytes: [UInt8]
    private let file: String

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        // Fails only when memory is exhausted; parsing then reports the error.
        yaml_parser_initialize(parser)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event that carries content. After `streamEnd` there is none to ask for.
    func next() throws(ManifestError) -> YAMLEvent {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw parserError() }
            defer { yaml_event_delete(&event) }
            if let event = Self.translate(event) { return event }
        }
    }

    private static func translate(_ event: yaml_event_t) -> YAMLEvent? {
        let line = event.start_mark.line + 1
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, line: line)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, line: line)
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, line: line)
        case YAML_SEQUENCE_START_EVENT:
            return YAMLEvent(kind: .sequenceStart, anchor: string(event.data.sequence_start.anchor), line: line)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, line: line)
        case YAML_MAPPING_START_EVENT:
            return YAMLEvent(kind: .mappingStart, anchor: string(event.data.mapping_start.anchor), line: line)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, line: line)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, anchor: string(event.data.alias.anchor), line: line)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = YAMLScalar(
                text: String(decoding: text, as: UTF8.self), tag: string(scalar.tag),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            return YAMLEvent(kind: .scalar(value), anchor: string(scalar.anchor), line: line)
        default: return nil
        }
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(decoding: UnsafeBufferPointer(start: $0, count: strlen($0)), as: UTF8.self) }
    }

    private static func strlen(_ text: UnsafeMutablePointer<yaml_char_t>) -> Int {
        var length = 0
        while text[length] != 0 { length += 1 }
        return length
    }

    /// What a person can act on, where libyaml's words are about its own workings. `line` counts from 0.
    private func plainer(_ problem: String, line: Int) -> String? {
        if problem.hasPrefix("Maximum nesting level") { return "the document is nested too deeply" }
        if problem.hasPrefix("found character that cannot start") {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: line + 1, omittingEmptySubsequences: false)
            let indentation = lines[min(line, lines.count - 1)].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if indentation.contains(UInt8(ascii: "\t")) {
                return "this is not valid YAML: the line is indented with a tab, where YAML takes spaces only,"
            }
        }
        return nil
    }

    /// After an error: the problem as go-yaml tells it, whose lines are those of libyaml with some arithmetic.
    var problem: String {
        let state = parser.pointee
        var line = state.problem_mark.line
        if line != 0 { line += state.error == YAML_SCANNER_ERROR ? 1 : 0 } else { line = state.context_mark.line }
        return (line == 0 ? "" : "line \(line): ")
            + (state.problem.map { String(cString: $0) } ?? "unknown problem parsing YAML content")
    }

    /// libyaml's own words, with the place.
    private func parserError() -> ManifestError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "memory is exhausted"
        if parser.pointee.error == YAML_READER_ERROR {
            let line = bytes.line(at: parser.pointee.problem_offset)
            let code = parser.pointee.problem_value
            let found = code < 0 ? "" : " (0x\(String(code, radix: 16, uppercase: true)))"
            return ManifestError("this is not valid YAML: \(problem)\(found)", at: Origin(file: file, line: line))
        }
        let mark = parser.pointee.problem_mark
        let place = "column \(mark.column + 1)"
        if let known = plainer(problem, line: mark.line) {
            return ManifestError("\(known) at \(place)", at: Origin(file: file, line: mark.line + 1))
        }
        let context = parser.pointee.context.map { String(cString: $0) + ", " } ?? ""
        return ManifestError(
            "this is not valid YAML: \(context)\(problem) at \(place)", at: Origin(file: file, line: mark.line + 1))
    }
}
