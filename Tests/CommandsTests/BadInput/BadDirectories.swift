/// Directories that are no source.
enum BadDirectories {
    static let all: [BadInput] = [
        BadInput("a directory that is not there", says: "There is no directory \"src\"", "Name a directory, or the URL"),
        BadInput("a file", ["src": Good.file], says: "\"src\" is a file, and a source is a directory"),
        BadInput("an empty directory", script: "mkdir src", says: "The source of app holds no manifests", "Check the path"),
        BadInput("a directory without manifests", ["src/README.md": "text"], says: "The source of app holds no manifests"),
        BadInput("only empty documents", ["src/a.yaml": "---\n# nothing\n"], says: "The source of app holds no manifests"),
        BadInput(
            "a chart without content", ["src/Chart.yaml": ""], says: "Chart.yaml is no mapping", "apiVersion, name and version"),
        BadInput(
            "a chart that lacks charts",
            ["src/Chart.yaml": Good.chart + "dependencies: [{name: db, version: 1.x, repository: 'https://charts.example.com'}]\n"],
            says: "The chart shop asks for db 1.x, a range, and there is no lock file", "helm dependency update"),
        BadInput(
            "a template that fails",
            ["src/Chart.yaml": Good.chart, "src/templates/a.yaml": "{{ required \"name the color\" .Values.color }}"],
            says: "(shop/templates/a.yaml:1:3): name the color"),
        BadInput(
            "a template without end",
            ["src/Chart.yaml": Good.chart, "src/templates/a.yaml": "{{ range until 1000000000 }}x{{ end }}"],
            says: "shop/templates/a.yaml"),
        BadInput(
            "a packed chart that is none", ["src.tgz": "text"], arguments: ["build", "src.tgz"], says: "src.tgz: "),
        BadInput(
            "a Compose project", ["src/compose.yaml": ""], says: "a Compose project, which this version of Plumb does not render"),
        BadInput(
            "a Terraform module", ["src/main.tf": ""], says: "a Terraform module, which this version of Plumb does not render"),
        BadInput("a FIFO", script: "mkdir src; mkfifo src/app.yaml", says: "app.yaml is neither a file nor a directory", "FIFOs"),
        BadInput(
            "a device", script: "mkdir src; ln -s /dev/zero src/app.yaml",
            says: "The symlink app.yaml leads out of the source, to \"/dev/zero\""),
        BadInput(
            "a socket", script: "mkdir src; python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('src/app.yaml')\"",
            says: "app.yaml is neither a file nor a directory", "sockets"),
        BadInput(
            "a symlink to a file of the system", script: "mkdir src; ln -s /etc/passwd src/app.yaml",
            says: "The symlink app.yaml leads out of the source"),
        BadInput(
            "a symlink out of the source", ["secret.yaml": "s3cr3t"], script: "mkdir src; ln -s ../secret.yaml src/app.yaml",
            says: "The symlink app.yaml leads out of the source"),
        BadInput(
            "a directory's symlink out of the source", ["out/app.yaml": "s3cr3t"], script: "mkdir src; ln -s ../out src/sub",
            says: "The symlink sub leads out of the source"),
        BadInput(
            "symlinks in a circle", script: "mkdir src; ln -s b.yaml src/a.yaml; ln -s a.yaml src/b.yaml",
            says: "The symlink a.yaml leads in a circle"),
        BadInput(
            "a symlink to its own directory", ["src/app.yaml": Good.file], script: "ln -s . src/self", says: "leads in a circle"),
        BadInput(
            "a symlink to nothing", script: "mkdir src; ln -s nothing.yaml src/app.yaml",
            says: "The symlink app.yaml leads to nothing"),
        BadInput(
            "a name that is no text", ["src/app.yaml": Good.file], script: "printf x > \"src/$(printf 'a\\377.yaml')\"",
            says: "is not UTF-8", "Rename the file"),
        BadInput(
            "forty directories deep", script: "d=src; for n in $(seq 40); do d=$d/d; done; mkdir -p $d; echo x > $d/app.yaml",
            says: "is more than 32 directories deep"),
        BadInput("eleven thousand files", script: "mkdir src; cd src; seq -f %g.yaml 11000 | xargs touch", says: "more than 10000"),
        BadInput(
            "a file that may not be read", ["src/app.yaml": Good.file],
            script: "chmod 000 src/app.yaml; test \"$(id -u)\" != 0 || echo '- x' > src/app.yaml",
            says: "app.yaml"),
        BadInput(
            "a pointer of Git LFS", ["src/app.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"],
            says: "The file app.yaml is kept in Git LFS"),
        BadInput(
            "a root that is a file", ["src/app.yaml": Good.file, "file": ""],
            arguments: ["apply", "src", "--name", "app", "--root", "file"],
            says: "/file: Not a directory"),
        BadInput(
            "a root whose parent is not there", ["src/app.yaml": Good.file],
            arguments: ["apply", "src", "--name", "app", "--root", "a/b/root"],
            says: "Cannot make the target's root", "make those above it first"),
    ]
}
