extension YAML {
    /// The value as one document in block style, exactly as `kubectl` and `kubectl kustomize` print it: keys in natural
    /// order, lists at the indentation of their key, strings quoted where they would read as something else, folded
    /// past 80 columns. Ends with a line break.
    package static func serialize(_ value: Value) -> String {
        var writer = YAMLWriter()
        return writer.document(value)
    }

    /// The value as go-yaml prints it when told to indent by two: lists stand inside their key, nothing is folded, and
    /// doubles are printed as such.
    package static func serialize(indented value: Value) -> String {
        var writer = YAMLWriter()
        writer.layout = .indented
        return writer.document(value)
    }

    /// The values as documents of one stream, separated by `---`.
    package static func serialize(stream: [Value]) -> String {
        stream.map { serialize($0) }.joined(separator: "---\n")
    }
}

/// Writes a tree the way libyaml's emitter does, which go-yaml is a port of. What that emitter decides from where it
/// stands in the line is decided here from the same four facts: indentation, column, and the two flags.
struct YAMLWriter {
    private static let step = 2

    /// What tells the two printers of Go's world apart.
    struct Layout {
        /// In code points.
        var width: Int
        var indentsLists: Bool
        /// Doubles as Go prints them, rather than as JSON holds them.
        var printsGoNumbers: Bool
        /// The newer of Go's printers keeps tabs in literal text, and puts letters before other characters behind digits.
        var isNewer: Bool

        static let kubernetes = Layout(width: 80, indentsLists: false, printsGoNumbers: false, isNewer: false)
        static let indented = Layout(width: .max, indentsLists: true, printsGoNumbers: true, isNewer: true)
    }

    var layout = Layout.kubernetes

    var text = ""
    /// In code points.
    var column = 0
    /// The column that the current block starts at; nil outside every block.
    var indentation: Int?
    /// Whether the last character separates tokens.
    var isAfterSpace = true
    /// Whether the line has held nothing but indentation and indicators of blocks.
    var isInIndentation = true

    private enum Place {
        case root, element, key, value
    }

    mutating func document(_ value: Value) -> String {
        write(value, at: .root)
        // Ends the line, unless a block has done so: one more break would belong to its text.
        writeLineStart()
        return text
    }

    private mutating func write(_ value: Value, at place: Place) {
        switch value {
        case .null: writePlain("null")
        case .bool(let bool): writePlain(bool ? "true" : "false")
        case .integer(let integer): writePlain(String(integer))
        case .double(let double):
            writePlain(layout.printsGoNumbers && double.isFinite ? NumberText.general(double) : NumberText.yaml(double))
        case .string(let string): write(string: string, isKey: place == .key)
        case .array(let elements) where elements.isEmpty: writeIndicator("[]", needsSpace: true)
        case .array(let elements): write(elements, isIndented: layout.indentsLists || place != .value || isInIndentation)
        case .object(let object) where object.isEmpty: writeIndicator("{}", needsSpace: true)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [Value], isIndented: Bool) {
        let outer = indentation
        indentation = outer.map { isIndented ? $0 + Self.step : $0 } ?? 0
        for element in elements {
            writeLineStart()
            writeIndicator("-", needsSpace: true, keepsIndentation: true)
            write(element, at: .element)
        }
        indentation = outer
    }

    private mutating func write(_ object: Object) {
        let outer = indentation
        indentation = outer.map { $0 + Self.step } ?? 0
        for member in YAMLKeyOrder.sorted(object, lettersFollowDigits: layout.isNewer) {
            writeLineStart()
            if YAMLScalarStyle.fitsOnKeyLine(member.key) {
                write(.string(member.key), at: .key)
                writeIndicator(":", needsSpace: false)
            } else {
                writeIndicator("?", needsSpace: true, keepsIndentation: true)
                write(.string(member.key), at: .value)
                writeLineStart()
                writeIndicator(":", needsSpace: true, keepsIndentation: true)
            }
            write(member.value, at: .value)
        }
        indentation = outer
    }

    private mutating func write(string: String, isKey: Bool) {
        // A scalar's further lines stand one step inside its block.
        let outer = indentation
        indentation = (outer ?? 0) + Self.step
        switch YAMLScalarStyle(for: string, isKey: isKey, keepsTabs: layout.isNewer) {
        case .plain: writePlain(string, mayFold: !isKey)
        case .singleQuoted: writeSingleQuoted(string, mayFold: !isKey)
        case .doubleQuoted: writeDoubleQuoted(string, mayFold: !isKey)
        case .literal: writeLiteral(string)
        }
        indentation = outer
    }
}

// MARK: Characters

extension YAMLWriter {
    mutating func put(_ scalar: Unicode.Scalar) {
        text.unicodeScalars.append(scalar)
        column += 1
    }

    mutating func put(_ string: String) {
        text += string
        column += string.unicodeScalars.count
    }

    mutating func putLineBreak(_ scalar: Unicode.Scalar = "\n") {
        text.unicodeScalars.append(scalar)
        column = 0
    }

    mutating func writeIndicator(_ indicator: String, needsSpace: Bool, keepsIndentation: Bool = false) {
        if needsSpace, !isAfterSpace { put(" ") }
        put(indicator)
        isAfterSpace = false
        isInIndentation = isInIndentation && keepsIndentation
    }

    /// Moves to the block's column: on this line where that is still possible, else on the next.
    mutating func writeLineStart() {
        let target = indentation ?? 0
        if !isInIndentation || column > target || (column == target && !isAfterSpace) { putLineBreak() }
        if column < target { put(String(repeating: " ", count: target - column)) }
        isAfterSpace = true
        isInIndentation = true
    }
}
