/// Kustomizations that cannot be built.
enum BadKustomizations {
    static let all: [BadInput] = [
        input("an unknown field", "resorces: []", says: ["src/kustomization.yaml", "no field \"resorces\" in a kustomization"]),
        input("a wrong type", "resources: 5", says: ["The field resources must be a list, but is a number"]),
        input("a list", "[]", says: ["A kustomization must be a mapping, but is a list"]),
        input("an empty file", "", says: ["this one is empty"]),
        input("two documents", "resources: []\n---\nresources: []", says: ["this one holds 2"]),
        input("a duplicate key", "resources: []\nresources: []", says: ["src/kustomization.yaml:2: ", "occurs twice"]),
        input("no YAML", "a: [", says: ["src/kustomization.yaml:", "not valid YAML"]),
        input(
            "a missing resource", "resources: [none.yaml]",
            says: ["\"none.yaml\" under resources does not exist", "Add the file, or remove the entry"]),
        input("a missing patch", "patches: [{path: none.yaml}]", says: ["\"none.yaml\" under patches[0] does not exist"]),
        input("a resource out of the source", "resources: [../../etc]", says: ["The path \"../../etc\" leads out of the source"]),
        input("an absolute resource", "resources: [/etc]", says: ["\"/etc\""]),
        input(
            "a remote base", "resources: [\"https://github.com/x/y?ref=v1\"]",
            says: ["a remote base, and none may be fetched", "--allow-remote-bases"]),
        input(
            "a remote base over SSH", "resources: [\"git@github.com:x/y.git\"]", says: ["a remote base, and none may be fetched"]
        ),
        input("a remote base by shorthand", "resources: [github.com/x/y]", says: ["github.com/x/y"]),
        input("a chart that is not there", "helmCharts: [{name: x}]", says: ["helmCharts[0]", "is not at charts/x"]),
        input(
            "a generator program",
            "generators: [\"{apiVersion: x/v1, kind: Y, metadata: {name: a, annotations: {config.kubernetes.io/function: 'exec: {path: ./x}'}}}\"]",
            says: ["Y a (x/v1) is a function that runs a program, which rendering never does"]),
        input("a generator that is not there", "generators: [x.yaml]", says: ["\"x.yaml\" under generators does not exist"]),
        input(
            "a patch that fits nothing",
            "resources: [app.yaml]\npatches: [{patch: \"- {op: replace, path: /spec/no/x, value: 1}\", target: {kind: File}}]",
            says: ["patches[0]", "/spec/no/x", "does not apply"]),
        input("itself", "resources: [.]", says: ["in a circle: src → src."]),
        BadInput(
            "a circle", ["src/kustomization.yaml": "resources: [../b]", "b/kustomization.yaml": "resources: [../src]"],
            script: "git init -q .",
            says: "in a circle: src → b → src.", "Remove one of the references"),
        BadInput(
            "two files", ["src/kustomization.yaml": "resources: []", "src/kustomization.yml": "resources: []"],
            says: "There are several kustomization files in src: kustomization.yaml and kustomization.yml"),
        BadInput(
            "a base without a kustomization", ["src/kustomization.yaml": "resources: [base]", "src/base/app.yaml": Good.file],
            says: "There is no kustomization in src/base"),
        BadInput(
            "one object twice",
            ["src/kustomization.yaml": "resources: [a.yaml, b.yaml]", "src/a.yaml": Good.file, "src/b.yaml": Good.file],
            says: "page", "b.yaml"),
        BadInput("a directory as a file", ["src/kustomization.yaml/x": ""], says: "kustomization.yaml"),
        BadInput("nothing in it", ["src/kustomization.yaml": "namePrefix: x-"], says: "holds no manifests"),
    ]

    /// In a Git work tree, so that the file has a path.
    private static func input(_ name: String, _ text: String, says: [String]) -> BadInput {
        var input = BadInput(name, ["src/kustomization.yaml": text, "src/app.yaml": Good.file], script: "git init -q .")
        input.says = says
        return input
    }
}
