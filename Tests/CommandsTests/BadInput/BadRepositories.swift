/// Git repositories that nothing can be read from.
enum BadRepositories {
    static let all: [BadInput] = [
        url("no repository", "file://SCRATCH/none.git", says: ["There is no repository at file://", "Check the URL"]),
        url(
            "an empty repository", "file://SCRATCH/empty.git", script: "git init -q --bare -b main empty.git",
            says: ["is empty: it has no commit", "Push a first commit"]),
        url(
            "an unknown scheme", "gopher://h.invalid/x.git",
            says: ["\"gopher://h.invalid/x.git\" is not the URL of a Git repository"]),
        url("a flag as URL", "--upload-pack=date", status: 64, says: ["Error: "]),
        url(
            "a host that has no address", "https://h.invalid/x.git",
            says: ["https://h.invalid/x.git cannot be reached", "h.invalid"]),
        url("a server that does not answer", "https://127.0.0.1:1/x.git", says: ["https://127.0.0.1:1/x.git cannot be reached"]),
        url(
            "a password in the URL", "https://tess:hunter2@h.invalid/x.git", says: ["https://h.invalid/x.git has a password in it"]),
        url("a control character in the URL", "https://h.invalid/\u{7}x.git", says: ["h.invalid"]),
        source("a branch that is not there", "branch: none", says: ["The branch \"none\" does not exist", "It has: main"]),
        source("a tag that is not there", "tag: none", says: ["The tag \"none\" does not exist"]),
        source("a flag as branch", "branch: \"--upload-pack=date\"", says: ["\"--upload-pack=date\""]),
        source(
            "a commit that is not there", "commit: \"\(String(repeating: "ab", count: 20))\"", says: ["does not have the commit"]),
        source("a path that is not there", "branch: main", path: "none", says: ["There is no directory none in the source"]),
        source(
            "a symlink out of the repository", "branch: main", script: "ln -s /etc/passwd w/link.yaml",
            says: ["The symlink link.yaml leads out of the source"]),
        source(
            "a pointer of Git LFS", "branch: main",
            script: "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\nsize 12\\n' > w/app.yaml",
            says: ["app.yaml is kept in Git LFS"]),
        source(
            "a submodule", "branch: main", path: "sub",
            script:
                "git init -q -b main other; git -C other commit -q --allow-empty -m x; git -C w -c protocol.file.allow=always submodule --quiet add ../other sub",
            says: ["sub is a Git submodule, which Plumb does not read"]),
        source(
            "a file of 100 MB", "branch: main", script: "truncate -s 100M w/app.yaml", says: ["The file app.yaml is too large"]),
        source(
            "bad YAML", "branch: main", script: "printf 'a: 1\\na: 2\\n' > w/app.yaml",
            says: ["app.yaml:2: ", "\"a\" occurs twice"]),
    ]

    private static func url(_ name: String, _ url: String, script: String = "", status: Int32 = 1, says: [String]) -> BadInput {
        var input = BadInput(name, script: script, arguments: ["apply", url, "--name", "app", "--root", "root"], status: status)
        input.says = says
        return input
    }

    /// Of an Application with a repository `w` that has one good file, and what the script does to it.
    private static func source(_ name: String, _ reference: String, path: String = ".", script: String = "", says: [String])
        -> BadInput
    {
        var input = BadInput(
            name,
            [
                "w/app.yaml": Good.file,
                "app.yaml": Good.application(
                    "{sources: [{git: {url: \"file://SCRATCH/w\", \(reference)}, path: \(path)}], target: {name: host}}"),
            ],
            script: "git init -q -b main w\n\(script)\ngit -C w add -A; git -C w commit -q -m x",
            arguments: ["apply", "-f", "app.yaml", "--root", "root"])
        input.says = says
        return input
    }
}
