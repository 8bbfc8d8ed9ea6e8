extension Cases {
    /// Texts that are no JSON or YAML: what is wrong with them is in the value, and so in what is rendered.
    static let unreadable: [String] =
        unreadableJSON.map { "{{ fromJson \(quoted($0)) | toJson }} {{ fromJsonArray \(quoted($0)) | toJson }}" }
        + unreadableYAML.map { "{{ fromYaml \(quoted($0)) | toJson }} {{ fromYamlArray \(quoted($0)) | toJson }}" }

    private static let unreadableJSON = [
        "", " ", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{a: 1}", "{'a':1}", "[1 2]", "[1,]", "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\"}", "{\"a\":1} x", "tru", "trux", "nul", "falsy", "-", "-a", "01", "1.", "1.a", "1e", "1e+", "1ex", "\"",
        "\"a\nb\"",
        "\"a\tb\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\", "é", "\u{feff}{}", "x'", "{\"a\":\"b\\\"\"", "[[[", "}", "]",
        "[}", "{]",
        "{\"a\":é}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\udc00\\ud800x\\\\ud800\"}", "{\"a\":01}",
        "[1]", "1", "\"s\"",
        "true", "{\"a\":1,\"a\":2}", "{\"\":{}}", "1e400", "[1e400", "\u{7f}", "\\", "{\"a\":'x'}", "{\"a\":\u{1}}",
    ]

    private static let unreadableYAML = [
        "a: b: c", "a: [1", "- a\nb: c", "a:\n\t- b", "{a: 1", "'x", "\"x\\q\"", "%YAML 3.0\n---\na: 1", "a: |\n x\n  y\n z\nb",
        "a: @b",
        "a: `b", "key: [a, b]]", "a: }", "\u{1}: a", "a:\n  - b\n c: d", "a: 'b' c", "a: *x", "a: * * *", "a: b\n  c: d",
        "[a: b, c", "a: |9\n x",
        "a: - b", "{? a, b", "a: \"b\nc: d\n", "- - a\n - b", "a: &", "a: !<x", "%TAG ! tag", "a\nb\nc: d", "a: {b\nc: d",
        "? a\n  b: c\nd", "]",
        "a: %b", "- a\n-b", "a: 1\n--- x: y\n", "a: b\n]\n", "x: 'it''s\n\n\ny: 1", "a:\n- b\n  - c: d\n e: f", "\ta: b",
        "a: \"\\u12\"",
        "a: 1\n---\n]", "a: \"\\ud83d\"", "#c\n\n  a: b\n c: d",
    ]

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\u{feff}": "\\ufeff"
            case "\u{1}": "\\u0001"
            case "\u{7f}": "\\u007f"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
