/// Flags and arguments that are wrong, or do not fit together: exit code 64.
enum BadFlags {
    private static let digest = "sha256:" + String(repeating: "0", count: 63)

    static let all: [BadInput] = [
        flags("no command", arguments: ["frobnicate"], says: ["Unexpected argument 'frobnicate'", "plumb --help"]),
        flags("no source", arguments: ["apply", "--root", "root"], says: ["Name a directory, or an Application with -f"]),
        flags("a directory and a file", arguments: ["apply", "src", "-f", "app.yaml", "--root", "root"], says: ["not both"]),
        flags("two directories", arguments: ["apply", "src", "other", "--root", "root"], says: ["other"]),
        flags("an unknown flag", arguments: ["apply", "src", "--rooot", "root"], says: ["Unknown option '--rooot'", "--root"]),
        flags("a flag without value", arguments: ["apply", "src", "--root"], says: ["--root"]),
        flags(
            "a bad digest", arguments: BadInput.apply + ["--approve", "abc"], says: ["'abc' is invalid for '--approve", "sha256:"]),
        flags("a short digest", arguments: BadInput.apply + ["--approve", digest], says: ["--approve"]),
        flags(
            "a bad timeout", arguments: BadInput.apply + ["--timeout", "soon"],
            says: ["'soon' is invalid for '--timeout", "90s, 5m"]),
        flags("no time at all", arguments: BadInput.apply + ["--timeout", "0s"], says: ["--timeout"]),
        flags("a negative timeout", arguments: BadInput.apply + ["--timeout=-5s"], says: ["--timeout"]),
        flags("an unknown output", arguments: BadInput.apply + ["--output", "xml"], says: ["'table', 'json' or 'yaml'"]),
        flags(
            "an unknown target", arguments: BadInput.apply + ["--target", "moon"],
            says: ["There is no target \"moon\"", "kubernetes and host"]),
        flags(
            "a host and a cluster", arguments: BadInput.apply + ["--kubeconfig", "k"],
            says: ["Both --root and a cluster are given", "--target"]),
        flags(
            "a host and a context", arguments: BadInput.apply + ["--context", "c"], says: ["Both --root and a cluster are given"]),
        flags(
            "a host without a root", arguments: ["apply", "src", "--name", "app", "--target", "host"],
            says: ["Name it with --root DIR"]),
        flags(
            "a namespace on a host", arguments: BadInput.apply + ["--namespace", "x"], says: ["A host has no namespaces", "\"x\""]),
        flags(
            "a bad name", arguments: ["apply", "src", "--name", "App_1", "--root", "root"],
            says: ["\"App_1\" cannot name an application", "lower-case"]),
        flags(
            "an empty name", arguments: ["apply", "src", "--name", "", "--root", "root"], says: ["\"\" cannot name an application"]),
        flags(
            "a directory that names nothing", arguments: ["apply", "My_Files", "--root", "root"],
            says: ["\"My_Files\" cannot name an application", "--name"]),
        flags(
            "the name of another application", arguments: ["apply", "-f", "app.yaml", "--name", "other", "--root", "root"],
            says: ["--name is \"other\"", "\"app\""]),
        flags(
            "another target than the application's",
            arguments: ["apply", "-f", "app.yaml", "--target", "kubernetes", "--root", "root"],
            says: ["--target is \"kubernetes\"", "\"host\""]),
        flags(
            "a path as a name", arguments: ["delete", "a/../b", "--root", "root"], says: ["\"a/../b\" cannot name an application"]),
        flags(
            "a path to release", arguments: ["release", "../b", "--root", "root"], says: ["\"../b\" cannot name an application"]),
        flags("nothing to delete", arguments: ["delete", "--root", "root"], says: ["name"]),
        flags(
            "a flag for charts without a chart", arguments: ["build", "src", "--set", "a=1"],
            says: ["--set is for charts, and the source is none"]),
        flags("a bad release", arguments: ["build", "src", "--release", "Web_1"], says: ["\"Web_1\" cannot name a release"]),
        flags(
            "values like Helm's", arguments: ["build", "src", "-f", "values.yaml"], says: ["not both", "given with --values"]),
        flags(
            "definitions in and out", arguments: ["build", "src", "--include-crds", "--skip-crds"], says: ["not both"]),
        flags("a flag of apply for build", arguments: ["build", "src", "--wait"], says: ["--wait"]),
        BadInput(
            "an application that is not there", arguments: ["delete", "none", "--root", "root"],
            says: "There is no application \"none\" on host", "There is none at all"),
        BadInput(
            "an application to release that is not there", arguments: ["release", "none", "--yes"], status: 64, says: "--yes"),
    ]

    private static func flags(_ name: String, arguments: [String], says: [String]) -> BadInput {
        var input = BadInput(
            name,
            [
                "src/app.yaml": Good.file, "My_Files/app.yaml": Good.file,
                "app.yaml": Good.application("{sources: [{path: src}], target: {name: host}}"),
            ],
            arguments: arguments, status: 64)
        input.says = says
        return input
    }
}
