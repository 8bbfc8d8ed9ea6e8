/// Clusters that nothing can be planned for.
enum BadKubeconfigs {
    static let all: [BadInput] = [
        BadInput(
            "a file that is not there", ["src/app.yaml": map], arguments: apply,
            says: "The kubeconfig \"kubeconfig\" cannot be read",
            "No such file"),
        BadInput(
            "a directory", ["src/app.yaml": map, "kubeconfig/x": ""], arguments: apply,
            says: "The kubeconfig \"kubeconfig\" cannot be read",
            "Is a directory"),
        BadInput(
            "no kubeconfig at all", ["src/app.yaml": map], arguments: ["apply", "src", "--name", "app"],
            says: "There is no kubeconfig",
            "/.kube/config", "Name one with --kubeconfig"),
        config("an empty file", "", says: ["no current-context is set"]),
        config("text", "hello\n", says: ["it is not a mapping, but a string"]),
        config("no YAML", "a: [\n", says: ["it is not valid YAML"]),
        config("no current context", text(current: ""), says: ["no current-context is set", "There are: \"a\""]),
        config(
            "a context that is not there", text(), more: ["--context", "none"],
            says: ["there is no context \"none\"", "There are: \"a\""]),
        config(
            "a cluster that is not there", text().replacing("cluster: c,", with: "cluster: d,"),
            says: ["context \"a\"", "there is no cluster \"d\""]),
        config(
            "a user that is not there", text().replacing("user: u}", with: "user: d}"),
            says: ["context \"a\"", "there is no user \"d\""]),
        config("a bad address", text(server: "ftp://h.invalid"), says: ["\"ftp://h.invalid\"", "https://HOST:PORT"]),
        config(
            "a certificate that is no base64", text(cluster: ", certificate-authority-data: \"!!!\""),
            says: ["certificate-authority-data is not base64"]),
        config(
            "a certificate that is none", text(cluster: ", certificate-authority-data: \"aGVsbG8=\""),
            says: ["certificate-authority", "holds no certificate in PEM format"]),
        config(
            "a certificate file that is not there", text(cluster: ", certificate-authority: none.crt"),
            says: ["certificate-authority", "none.crt", "cannot be read"]),
        config(
            "an auth-provider", text(user: "auth-provider: {name: gcp}"),
            says: ["user \"u\": auth-provider is not supported", "exec plugin"]),
        config(
            "a plugin that is not there",
            text(user: "exec: {apiVersion: client.authentication.k8s.io/v1, command: none-such, interactiveMode: Never}"),
            says: ["\"none-such\"", "is not installed"]),
        config(
            "a token with a line's end", text(user: "token: \"s3cr3t\\nx\""),
            says: ["the token holds characters that no header can carry"]),
        config(
            "a server that does not answer", text(),
            says: ["The API server https://127.0.0.1:1 of context \"a\" does not answer", "connection refused"]),
        config(
            "a server that has no address", text(server: "https://h.invalid"),
            says: ["cannot be found", "\"h.invalid\" does not resolve"]),
    ]

    private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
    private static let apply = ["apply", "src", "--name", "app", "--kubeconfig", "kubeconfig"]

    private static func config(_ name: String, _ text: String, more: [String] = [], says: [String]) -> BadInput {
        var input = BadInput(name, ["src/app.yaml": map, "kubeconfig": text], arguments: apply + more)
        input.says = says
        return input
    }

    static func text(
        current: String = "a", server: String = "https://127.0.0.1:1", cluster: String = "", user: String = "token: s3cr3t"
    ) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: "\(current)"
        clusters: [{name: c, cluster: {server: "\(server)"\(cluster)}}]
        users: [{name: u, user: {\(user)}}]
        contexts: [{name: a, context: {cluster: c, user: u}}]

        """
    }
}
