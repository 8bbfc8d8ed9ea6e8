/// Objects that no host can have.
enum BadObjects {
    static let all: [BadInput] = [
        .manifest("no apiVersion", "\n\nkind: File\nmetadata: {name: x}\n", says: "app.yaml:3: ", "has no apiVersion"),
        .manifest("no kind", "apiVersion: v1\nmetadata: {name: x}\n", says: "app.yaml:1: ", "has no kind"),
        .manifest("no metadata", "apiVersion: v1\nkind: X\n", says: "app.yaml:1: ", "this X has no metadata"),
        .manifest("no name", Good.page(metadata: "{}"), says: "app.yaml:1: ", "this File has no metadata.name"),
        .manifest(
            "a number as name", Good.page(metadata: "{name: 5}"), says: "app.yaml:1: ", "metadata.name",
            "is a number, not a string; put it in quotes"),
        .manifest(
            "an apiVersion with two slashes", "apiVersion: a/b/c\nkind: X\nmetadata: {name: x}\n", says: "app.yaml:1: ",
            "more than one \"/\""),
        .manifest(
            "a control character in a name", Good.page(metadata: "{name: \"a\\ab\"}"), says: "app.yaml:1: ",
            "\"a\\u{7}b\" has a control character"),
        .manifest("a slash in a name", Good.page(metadata: "{name: a/b}"), says: "app.yaml:1: ", "\"a/b\" cannot name an object"),
        .manifest("dots as a name", Good.page(metadata: "{name: \"..\"}"), says: "app.yaml:1: ", "\"..\" cannot name an object"),
        .manifest("upper case in a name", Good.page(metadata: "{name: Page}"), says: "app.yaml:1: ", "lower-case"),
        .manifest(
            "an endless name", Good.page(metadata: "{name: \(String(repeating: "x", count: 5000))}"), says: "app.yaml:1: ",
            "cannot name an object"),
        .manifest(
            "generateName without a hook", Good.page(metadata: "{generateName: page-}"), says: "app.yaml:1: ",
            "which only a hook may"),
        .manifest(
            "a namespace", Good.page(metadata: "{name: page, namespace: x}"), says: "app.yaml:1: ", "a host has no namespaces"),
        .manifest(
            "an unknown field of metadata", Good.page(metadata: "{name: page, colour: red}"), says: "app.yaml:1: ", "\"colour\""),
        .manifest("a status", Good.file + "status: {}\n", says: "app.yaml:1: ", "unknown field \"status\""),
        .manifest(
            "an unknown kind", Good.page(kind: "Fil"), says: "app.yaml:1: ", "no kind \"Fil\"; it has: File, Directory, Process"),
        .manifest(
            "an unknown version", Good.file.replacing("v1alpha1", with: "v9"), says: "app.yaml:1: ", "Use host.plumb.dev/v1alpha1"),
        .manifest(
            "an object for a cluster", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", says: "app.yaml:1: ",
            "A host takes objects of host.plumb.dev"),
        .manifest(
            "an unknown field", Good.page(spec: "{path: x, content: text, colour: red}"), says: "app.yaml:1: ",
            "unknown field \"colour\""),
        .manifest(
            "a mistyped field", Good.page(spec: "{path: x, contents: y}"), says: "app.yaml:1: ", "content or source",
            "it has: \"contents\", \"path\""),
        .manifest(
            "a mistyped path", Good.page(spec: "{pth: x, content: text}"), says: "app.yaml:1: ", "lacks the field path", "\"pth\""),
        .manifest(
            "content that is a number", Good.page(spec: "{path: x, content: 5}"), says: "app.yaml:1: ", "has to be a string",
            "put it in quotes"),
        .manifest("a spec that is a list", Good.page(spec: "[]"), says: "app.yaml:1: ", "spec has to be a mapping, and is a list"),
        .manifest(
            "no spec", "apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: x}\n", says: "app.yaml:1: ",
            "lacks the field spec"),
        .manifest(
            "an absolute path", Good.page(spec: "{path: /etc/x, content: text}"), says: "app.yaml:1: ", "\"/etc/x\" is absolute"),
        .manifest(
            "a path out of the root", Good.page(spec: "{path: ../x, content: text}"), says: "app.yaml:1: ", "\"../x\"",
            "never leave it"),
        .manifest(
            "a path in Plumb's directory", Good.page(spec: "{path: .plumb/key, content: text}"), says: "app.yaml:1: ",
            "Plumb's own directory"),
        .manifest(
            "a control character in a path", Good.page(spec: "{path: \"a\\eb\", content: text}"), says: "app.yaml:1: ",
            "control character"),
        .manifest(
            "a mode without quotes", Good.page(spec: "{path: x, content: text, mode: 0644}"), says: "app.yaml:1: ", "in quotes"),
        .manifest(
            "a mode that is none", Good.page(spec: "{path: x, content: text, mode: rw}"), says: "app.yaml:1: ", "\"rw\"", "octal"),
        .manifest(
            "an owner that nobody is", Good.page(spec: "{path: x, content: text, owner: nobody-of-that-name}"),
            says: "nobody-of-that-name"),
        .manifest("a source that is not there", Good.page(spec: "{path: x, source: none.html}"), says: "app.yaml:1: ", "none.html"),
        .manifest(
            "a source out of the tree", Good.page(spec: "{path: x, source: ../../etc/passwd}"), says: "app.yaml:1: ",
            "leads out of the source"),
        .manifest("an empty command", Good.page(spec: "{command: []}", kind: "Process"), says: "app.yaml:1: ", "command is empty"),
        .manifest(
            "a command that is text", Good.page(spec: "{command: sleep 5}", kind: "Process"), says: "app.yaml:1: ",
            "has to be a list"),
        .manifest(
            "a bad restart", Good.page(spec: "{command: [x], restart: daily}", kind: "Process"), says: "app.yaml:1: ",
            "always, on-failure, never"),
        .manifest(
            "a probe without a check", Good.page(spec: "{command: [x], readiness: {}}", kind: "Process"), says: "app.yaml:1: ",
            "exactly one of http, tcp and exec"),
        .manifest(
            "a bad port", Good.page(spec: "{command: [x], readiness: {tcp: {port: 70000}}}", kind: "Process"), says: "app.yaml:1: ",
            "from 1 to 65535"),
        .manifest(
            "a bad duration", Good.page(spec: "{command: [x], readiness: {tcp: {port: 7}, timeout: soon}}", kind: "Process"),
            says: "app.yaml:1: ", "\"soon\""),
        .manifest(
            "a restart on nothing", Good.page(spec: "{command: [x], restartOn: [{kind: File, name: none}]}", kind: "Process"),
            says: "app.yaml:1: ", "host.plumb.dev/File none"),
        .manifest(
            "one object twice", Good.file + "---\n" + Good.file, says: "app.yaml:6: ", "File \"page\" is there twice", "app.yaml:1"),
        .manifest(
            "one path twice", Good.file + "---\n" + Good.page(metadata: "{name: other}"), says: "app.yaml:6: ", "the same path",
            "app.yaml:1", "www/index.html"),
        .manifest(
            "a file where a directory is needed",
            Good.page(spec: "{path: www, content: x}") + "---\n" + Good.page(metadata: "{name: other}"), says: "app.yaml:", "www"),
        .manifest(
            "an unknown annotation", annotated("plumb.dev/colour: red"), says: "app.yaml:1: ", "no annotation plumb.dev/colour"),
        .manifest(
            "a bad wave", annotated("plumb.dev/sync-wave: first"), says: "app.yaml:1: ", "sync-wave is \"first\"", "a whole number"),
        .manifest(
            "a wave without quotes", annotated("plumb.dev/sync-wave: 5"), says: "app.yaml:1: ", "plumb.dev/sync-wave",
            "put it in quotes"),
        .manifest("a bad hook", annotated("plumb.dev/hook: Before"), says: "app.yaml:1: ", "PreSync"),
        .manifest("a mistyped prune", annotated("plumb.dev/prune: disable"), says: "app.yaml:1: ", "enabled or disabled"),
        .manifest("a list with a number", list("- 5"), says: "app.yaml:1: ", "items[0] of this list: ", "is a number"),
        .manifest(
            "a list with half an object", list("- {apiVersion: v1, kind: A, metadata: {name: a}}\n- {apiVersion: v1, kind: B}"),
            says: "app.yaml:1: ", "items[1]", "this B has no metadata"),
        .manifest(
            "a list that is none", "apiVersion: v1\nkind: List\nitems: {}\n", says: "app.yaml:1: ",
            "\"items\" of this List is a mapping"),
    ]

    private static func annotated(_ annotation: String) -> String {
        Good.page(metadata: "{name: page, annotations: {\(annotation)}}")
    }

    private static func list(_ items: String) -> String { "apiVersion: v1\nkind: List\nitems:\n\(items)\n" }
}
