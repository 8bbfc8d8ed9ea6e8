import Model

/// The environment that `git` runs in: an allow-list, so that neither the machine's nor a person's configuration changes
/// what Plumb reads, and the only place through which secrets reach the program.
struct GitEnvironment {
    /// Files that hold what Git and SSH only take from files; absolute paths.
    struct Files: Sendable {
        let home: String
        var identity: String?
        var knownHosts: String?
        var certificateAuthority: String?
    }

    /// Needed to find programs, go through a proxy, and trust the system's authorities.
    private static let inherited = [
        "PATH", "TMPDIR", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY",
        "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_EXEC_PATH",
    ]

    private var variables: [String: String]
    private var configuration: [(key: String, value: String)]

    init(inheriting environment: [String: String], files: Files, stall: Duration) {
        variables = environment.filter { Self.inherited.contains($0.key) }
        variables["PATH"] = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        variables["HOME"] = files.home
        variables["LC_ALL"] = "C"
        // Commands run in that directory; the repository that may be around it is not theirs.
        variables["GIT_CEILING_DIRECTORIES"] = files.home.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 }
        variables["GIT_CONFIG_NOSYSTEM"] = "1"
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
        variables["GIT_ATTR_NOSYSTEM"] = "1"
        variables["GIT_TERMINAL_PROMPT"] = "0"
        // Reading must not take locks, nor be led to other content than the commit names.
        variables["GIT_OPTIONAL_LOCKS"] = "0"
        variables["GIT_NO_REPLACE_OBJECTS"] = "1"
        let seconds = max(1, Int(stall.components.seconds))
        configuration = [
            ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("gc.auto", "0"), ("maintenance.auto", "false"),
            ("credential.helper", ""), ("transfer.credentialsInUrl", "die"), ("submodule.recurse", "false"),
            ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "\(seconds)"),
        ]
    }

    /// Lets Git reach `url`, and nothing of another kind, with these credentials.
    mutating func allow(_ url: GitURL, _ credentials: GitCredentials, files: Files, stall: Duration) {
        variables["GIT_ALLOW_PROTOCOL"] = url.kind == .local ? "file" : url.kind.rawValue
        if let path = files.certificateAuthority { variables["GIT_SSL_CAINFO"] = path }
        switch (credentials.method, url.origin) {
        case (.userPassword(let user, let password), let origin?):
            variables["PLUMB_GIT_USERNAME"] = user
            variables["PLUMB_GIT_PASSWORD"] = password
            // Bound to the origin: a redirect to another host gets nothing.
            configuration.append(("credential.\(origin).helper", Self.helper))
        case (.bearerToken(let token), let origin?):
            configuration.append(("http.\(origin)/.extraHeader", "Authorization: Bearer \(token)"))
            configuration.append(("http.followRedirects", "false"))
        default: break
        }
        guard url.kind == .ssh else { return }
        variables["GIT_SSH_VARIANT"] = "ssh"
        variables["GIT_SSH_COMMAND"] = Self.secureShell(files, stall: stall)
    }

    /// Files that say whose signatures count.
    struct KeyFiles: Sendable {
        /// A GnuPG home directory of its own, and a file of SSH's `allowed_signers`.
        let keyRing: String
        let allowedSigners: String
    }

    /// Lets Git check signatures, by these keys and by the programs in `PATH` whatever a repository's configuration says.
    mutating func verify(with files: KeyFiles) {
        variables["GNUPGHOME"] = files.keyRing
        configuration += [
            ("gpg.program", "gpg"), ("gpg.openpgp.program", "gpg"), ("gpg.ssh.program", "ssh-keygen"),
            ("gpg.ssh.allowedSignersFile", files.allowedSigners), ("gpg.minTrustLevel", "undefined"),
        ]
    }

    /// Answers Git's question for a password from the environment, with nothing on disk.
    private static let helper =
        #"!f() { test "$1" = get && printf 'username=%s\npassword=%s\n' "$PLUMB_GIT_USERNAME" "$PLUMB_GIT_PASSWORD"; }; f"#

    private static func secureShell(_ files: Files, stall: Duration) -> String {
        let interval = max(1, Int(stall.components.seconds) / 3)
        var options = [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null", "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "UpdateHostKeys=no", "ForwardAgent=no", "ControlMaster=no", "ConnectTimeout=\(max(1, stall.components.seconds))",
            "ServerAliveInterval=\(interval)", "ServerAliveCountMax=3", "LogLevel=ERROR",
        ]
        options.append("UserKnownHostsFile=\"\(files.knownHosts ?? "/dev/null")\"")
        options.append("IdentityFile=\"\(files.identity ?? "/dev/null")\"")
        // Its configuration files belong to a person, not to Plumb.
        return (["ssh", "-F", "/dev/null"] + options.flatMap { ["-o", $0.shellQuoted] }).joined(separator: " ")
    }

    var dictionary: [String: String] {
        var result = variables
        result["GIT_CONFIG_COUNT"] = "\(configuration.count)"
        for (index, setting) in configuration.enumerated() {
            result["GIT_CONFIG_KEY_\(index)"] = setting.key
            result["GIT_CONFIG_VALUE_\(index)"] = setting.value
        }
        return result
    }
}

extension String {
    /// As one word of a POSIX shell.
    fileprivate var shellQuoted: String {
        "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
