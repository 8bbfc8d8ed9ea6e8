/// Applications, and what they name, that mean nothing.
enum BadApplications {
    static let all: [BadInput] = [
        spec(
            "an unknown field", "{sources: [{path: src}], colour: red}",
            says: ["app.yaml:1: ", "spec has the unknown field \"colour\""]),
        spec(
            "an unknown field further down", "{sources: [{path: src, colour: red}]}",
            says: ["app.yaml:1: ", "spec.sources[0] has the unknown field \"colour\""]),
        spec("no source", "{target: {name: host}}", says: ["app.yaml:1: ", "spec lacks the field sources"]),
        spec("two sources", "{sources: [{path: src}, {path: b}]}", says: ["app.yaml:1: ", "exactly one"]),
        spec("sources that are no list", "{sources: {path: src}}", says: ["app.yaml:1: ", "spec.sources has to be a list"]),
        spec(
            "a path out of the source", "{sources: [{path: ../../..}], target: {name: host}}",
            says: ["\"../../..\" leads out of the source"]),
        spec(
            "a path that is not there", "{sources: [{path: none}], target: {name: host}}",
            says: ["There is no directory none in the source"]),
        spec(
            "a path that is a file", "{sources: [{path: src/app.yaml}], target: {name: host}}",
            says: ["src/app.yaml is a file, and a source is a directory"]),
        spec(
            "a Repository by name", "{sources: [{repository: charts}]}",
            says: ["app.yaml takes its files from the Repository charts", "inline, under git"]),
        spec(
            "settings of a chart that are none", "{sources: [{path: src, render: {helm: {releasename: x}}}]}",
            says: ["app.yaml:1: ", "has the unknown field \"releasename\"", "releaseName"]),
        spec(
            "a chart that is none", "{sources: [{path: src, render: {helm: {}}}], target: {name: host}}",
            says: ["src is no chart: it has no Chart.yaml"]),
        spec("an unknown target", "{sources: [{path: src}], target: {name: moon}}", says: ["There is no target \"moon\""]),
        spec(
            "a namespace on a host", "{sources: [{path: src}], target: {name: host, namespace: x}}",
            says: ["A host has no namespaces", "Leave out"]),
        spec(
            "a bad duration", "{sources: [{path: src}], deadlines: {applied: soon}}",
            says: ["app.yaml:1: ", "\"soon\"", "90s, 2m or 1h30m"]),
        spec("a bad drift", "{sources: [{path: src}], sync: {drift: maybe}}", says: ["app.yaml:1: ", "revert, report, ignore"]),
        spec("a bad prune", "{sources: [{path: src}], sync: {prune: \"no\"}}", says: ["app.yaml:1: ", "prune", "true or false"]),
        spec(
            "a bad budget", "{sources: [{path: src}], sync: {deletionBudget: {percent: 101}}}",
            says: ["app.yaml:1: ", "from 1 to 100"]),
        spec(
            "a variable that is a number", "{sources: [{path: src}], substitute: {A: 5}}",
            says: ["app.yaml:1: ", "substitute.A has to be a string", "put it in quotes"]),
        spec(
            "an ignore rule for nothing", "{sources: [{path: src}], ignore: [{kind: File, paths: []}]}",
            says: ["app.yaml:1: ", "ignores nothing"]),
        spec(
            "an ignore path that is none", "{sources: [{path: src}], ignore: [{kind: File, paths: [mode]}]}",
            says: ["app.yaml:1: ", "\"mode\"", "JSON pointer"]),
        spec(
            "itself as what it waits for", "{sources: [{path: src}], dependsOn: [{name: app}]}",
            says: ["app.yaml:1: ", "depends on itself"]),
        spec(
            "a branch and a tag", "{sources: [{git: {url: \"https://h.invalid/x\", branch: a, tag: b}}]}",
            says: ["app.yaml:1: ", "one of branch, tag, semver, commit and ref"]),
        spec(
            "a password in a URL", "{sources: [{git: {url: \"https://tess:hunter2@h.invalid/x.git\"}}], target: {name: host}}",
            says: ["https://h.invalid/x.git has a password in it"]),
        spec(
            "a program as a URL", "{sources: [{git: {url: \"ext::sh -c date\"}}], target: {name: host}}",
            says: ["is not the URL of a Git repository"]),
        spec(
            "a commit that is none", "{sources: [{git: {url: \"https://h.invalid/x\", commit: abc}}], target: {name: host}}",
            says: ["\"abc\"", "40"]),
        spec(
            "a commit that is a number", "{sources: [{git: {url: \"https://h.invalid/x\", commit: 0123456789}}]}",
            says: ["app.yaml:1: ", "put it in quotes"]),
        spec(
            "a secret out of the directory", "{sources: [{git: {url: \"https://h.invalid/x\"}, secretRef: {name: ../x}}]}",
            says: ["app.yaml:1: ", "\"../x\" cannot name a secret"]),
        spec(
            "a secret that is not there",
            "{sources: [{git: {url: \"https://h.invalid/x\"}, secretRef: {name: x}}], target: {name: host}}",
            says: ["The secret \"x\" cannot be read from", "username and password"]),
        spec(
            "credentials without a repository", "{sources: [{path: src, secretRef: {name: x}}]}",
            says: ["app.yaml:1: ", "only a git or helm source has credentials"]),
        file("another kind", Good.file, says: ["app.yaml:1: ", "\"File\"", "an Application is plumb.dev/v1alpha1"]),
        file(
            "two of them", Good.application("{sources: [{path: src}]}") + "---\n" + Good.application("{sources: [{path: src}]}"),
            says: ["app.yaml holds 2 objects"]),
        file("an empty file", "", says: ["app.yaml holds 0 objects"]),
        file(
            "a bad name", Good.application("{sources: [{path: src}]}", metadata: "{name: App_X}"),
            says: ["app.yaml:1: ", "\"App_X\" cannot name an application"]),
        file(
            "an unknown version", Good.application("{sources: [{path: src}]}").replacing("v1alpha1", with: "v2"),
            says: ["app.yaml:1: ", "plumb.dev/v2"]),
        BadInput("a file that is not there", arguments: ["apply", "-f", "dir/none.yaml", "--root", "root"], says: "dir/none.yaml"),
        BadInput(
            "a directory", ["src/app.yaml": Good.file], arguments: ["apply", "-f", "src", "--root", "root"],
            says: "The Application in src cannot be read", "it is a directory"),
        BadInput(
            "a FIFO as the file", script: "mkfifo app.yaml", arguments: ["apply", "-f", "app.yaml", "--root", "root"],
            says: "app.yaml"),
        substituted(
            "a variable without value", "{path: x, content: \"${A}\"}",
            says: ["src/app.yaml:1: ", "needs the variable A at /spec/content", "spec.substitute"]),
        substituted(
            "a variable that is none", "{path: x, content: \"${A-B}\"}",
            says: ["src/app.yaml:1: ", "\"${A-B}\" at /spec/content, which is no variable"]),
        substituted("a variable without end", "{path: x, content: \"${B\"}", says: ["src/app.yaml:1: ", "which is no variable"]),
        substituted(
            "a value of the wrong type", "\n  path: x\n  content: ${NUMBER}",
            says: ["src/app.yaml:1: ", "spec.content has to be a string", "put it in quotes"]),
    ]

    private static func spec(_ name: String, _ spec: String, says: [String]) -> BadInput {
        file(name, Good.application(spec), says: says)
    }

    private static func file(_ name: String, _ text: String, says: [String]) -> BadInput {
        var input = BadInput(
            name, ["app.yaml": text, "src/app.yaml": Good.file],
            arguments: ["apply", "-f", "app.yaml", "--root", "root", "--secrets-dir", "SCRATCH/secrets"])
        input.says = says
        return input
    }

    private static func substituted(_ name: String, _ spec: String, says: [String]) -> BadInput {
        var input = file(
            name, Good.application("{sources: [{path: src}], target: {name: host}, substitute: {B: x, NUMBER: \"5\"}}"), says: says)
        input.files["src/app.yaml"] = Good.page(spec: spec)
        return input
    }
}
