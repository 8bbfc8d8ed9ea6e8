/// One lexical item of a template.
struct Token {
    enum Kind {
        case text, leftDelimiter, rightDelimiter, end, error, space
        case assign, declare, pipe, leftParenthesis, rightParenthesis, character
        case field, variable, identifier, dot, bool, nilWord, number, characterConstant, string, rawString
        case block, breakWord, continueWord, define, elseWord, endWord, ifWord, range, template, with

        var isKeyword: Bool {
            switch self {
            case .block, .breakWord, .continueWord, .define, .elseWord, .endWord, .ifWord, .range, .template, .with, .dot, .nilWord:
                true
            default: false
            }
        }
    }

    let kind: Kind
    /// In bytes from the start of the template.
    let position: Int
    let text: [UInt8]
    /// From 1.
    let line: Int

    var string: String { String(decoding: text, as: UTF8.self) }

    /// As error messages name it.
    var description: String {
        if kind == .end { return "EOF" }
        if kind == .error { return string }
        if kind.isKeyword { return "<\(string)>" }
        let shown = string.unicodeScalars.count > 10 ? String(String.UnicodeScalarView(string.unicodeScalars.prefix(10))) : string
        return GoQuote.double(Array(shown.utf8)) + (shown.utf8.count < text.count ? "..." : "")
    }

    static let keywords: [String: Kind] = [
        ".": .dot, "block": .block, "break": .breakWord, "continue": .continueWord, "define": .define, "else": .elseWord,
        "end": .endWord, "if": .ifWord, "range": .range, "nil": .nilWord, "template": .template, "with": .with,
    ]
}
