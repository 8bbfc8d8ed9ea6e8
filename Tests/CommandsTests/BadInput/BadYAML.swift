/// Files that are no YAML or JSON, or too much of it.
enum BadYAML {
    static let all: [BadInput] = [
        .manifest("text", "hello world\n", says: "app.yaml:1: ", "is a string, not an object with apiVersion and kind"),
        .manifest("a list", "- a\n", says: "app.yaml:1: ", "is a list, not an object"),
        .manifest("an open bracket", "apiVersion: v1\nkind: [File\n", says: "app.yaml:", "this is not valid YAML"),
        .manifest("a tab", "apiVersion: v1\nkind: X\nmetadata:\n\tname: x\n", says: "app.yaml:4: ", "indented with a tab"),
        .manifest("a duplicate key", Good.file + "spec: {}\n", says: "app.yaml:5: ", "the key \"spec\" occurs twice"),
        .manifest("an unknown alias", "a: *b\n", says: "app.yaml:1: ", "the alias *b refers to no anchor"),
        .manifest("an alias in itself", "a: &a [*a]\n", says: "app.yaml:1: ", "the alias *a stands inside the value"),
        .manifest("an alias bomb", bomb, says: "app.yaml:", "the aliases expand this file to more than"),
        .manifest("a merge bomb", mergeBomb, says: "app.yaml:", "the aliases expand this file to more than"),
        .manifest("deep brackets", "a: " + String(repeating: "[", count: 100_000), says: "app.yaml:1: ", "nested too deeply"),
        .manifest(
            "deep blocks", (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), says: "app.yaml:",
            "nested more than 200 levels deep"),
        .manifest(
            "a hundred thousand anchors", (0..<100_000).map { "k\($0): &a\($0) x\n" }.joined(), says: "app.yaml:1: ",
            "has no apiVersion"),
        .manifest("a long line", "a: " + String(repeating: "x", count: 10 << 20), says: "app.yaml:1: ", "has no apiVersion"),
        .manifest(
            "infinity", "apiVersion: v1\nkind: X\nmetadata: {name: x}\nn: .inf\n", says: "app.yaml:4: ",
            ".inf is a number that Kubernetes"),
        .manifest("a wrong tag", "a: !!int x\n", says: "app.yaml:1: ", "the tag !!int does not fit \"x\""),
        .manifest(
            "text after the end of JSON", "{\"apiVersion\": \"v1\"}\n}", file: "a.json", says: "a.json:2: ",
            "more text after the end"),
        .manifest("half a JSON object", "{\"apiVersion\": \"v1\",", file: "a.json", says: "a.json:1: ", "the JSON ends"),
        .manifest("a JSON key twice", "{\"a\": 1,\n\"a\": 2}", file: "a.json", says: "a.json:", "\"a\""),
        .manifest("deep JSON", String(repeating: "[", count: 100_000), file: "a.json", says: "a.json:1: ", "200"),
        .manifest("YAML in a JSON file", "apiVersion: v1\n", file: "a.json", says: "a.json:1: "),
        BadInput(
            "invalid UTF-8", script: "mkdir src; printf 'apiVersion: v1\\nkind: \\377\\n' > src/app.yaml",
            says: "app.yaml:2: ", "UTF-8"),
        BadInput(
            "a picture", script: "mkdir src; printf '\\211PNG\\r\\n\\032\\n\\0\\0' > src/app.yaml", says: "app.yaml:1: ",
            "not valid YAML"),
        BadInput("UTF-16", script: "mkdir src; printf '\\377\\376k\\0:\\0' > src/app.yaml", says: "app.yaml"),
        BadInput(
            "a file of 100 MB", script: "mkdir src; truncate -s 100M src/app.yaml", says: "The file app.yaml is too large",
            "104857600 bytes"),
        BadInput(
            "a hundred thousand small objects", script: "mkdir src; yes '{a: 1}' | head -n 100000 | sed 's/^/--- /' > src/app.yaml",
            says: "app.yaml:1: ", "has no apiVersion"),
    ]

    private static let bomb =
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + zip("bcdefghi", "abcdefgh").map {
            "\($0): &\($0) [" + [String](repeating: "*\($1)", count: 9).joined(separator: ", ") + "]\n"
        }.joined()

    private static let mergeBomb =
        "a: &a {" + (0..<1000).map { "k\($0): xxxxxxxxxx" }.joined(separator: ", ") + "}\n"
        + (0..<2000).map { "m\($0): {<<: *a}\n" }.joined()
}
