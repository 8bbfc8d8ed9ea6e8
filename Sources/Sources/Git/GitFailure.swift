package import Model

extension PlumbError.Code {
    package static let hostKeyUnknown = PlumbError.Code("hostKeyUnknown")
    package static let hostKeyChanged = PlumbError.Code("hostKeyChanged")
    package static let certificateNotTrusted = PlumbError.Code("certificateNotTrusted")
    package static let repositoryNotFound = PlumbError.Code("repositoryNotFound")
    /// A branch, tag or commit that the repository does not have.
    package static let referenceNotFound = PlumbError.Code("referenceNotFound")
    /// A repository without a commit.
    package static let emptyRepository = PlumbError.Code("emptyRepository")
    /// A commit or tag that is not signed by a key that is trusted.
    package static let signatureNotTrusted = PlumbError.Code("signatureNotTrusted")
    /// Plumb's own copy is damaged; it is fetched anew.
    package static let storeDamaged = PlumbError.Code("storeDamaged")
}

/// Turns what Git says when it fails into a sentence about the repository, with what to do.
///
/// Git has no machine-readable errors; these are the phrases of git, ssh and libcurl in the C locale.
struct GitFailure: Sendable {
    let url: String

    /// `errors` is what `git` printed, already without secrets.
    func explain(_ errors: String) -> PlumbError {
        let text = errors.lowercased()
        for (phrases, make) in Self.table where phrases.contains(where: text.contains) {
            return make(self, Self.detail(errors))
        }
        return PlumbError(.failed, "Git failed on \(url): \(Self.detail(errors))")
    }

    /// The same for a command on Plumb's own copy, which is no repository any more when it is damaged enough.
    func explainStore(_ errors: String) -> PlumbError {
        let text = errors.lowercased()
        // The remote's name comes from the copy's configuration.
        guard text.contains("fatal: not a git repository") || text.contains("'origin' does not appear") else {
            return explain(errors)
        }
        return PlumbError(
            .storeDamaged, "Plumb's copy of \(url) is no repository any more.",
            remedy: "It is fetched anew; if this repeats, check the disk.")
    }

    /// What the server refuses that older or simpler servers do not know: worth asking again, more simply.
    static func isCapabilityMissing(_ errors: String) -> Bool {
        let text = errors.lowercased()
        return [
            "unadvertised object", "does not support shallow", "does not support filter", "dumb http transport",
            "server does not allow request",
        ]
        .contains(where: text.contains)
    }

    private typealias Row = ([String], @Sendable (GitFailure, String) -> PlumbError)

    /// The first row that matches counts: SSH says several things at once, the most telling first here.
    private static let table: [Row] = trust + access + presence + network + machine

    private static let trust: [Row] = [
        (
            ["remote host identification has changed", "host key for", "possible dns spoofing detected"],
            { failure, _ in
                PlumbError(
                    .hostKeyChanged,
                    "The server of \(failure.url) shows another host key than known_hosts has: it was replaced, or somebody is in between.",
                    remedy: "Ask who runs the server; if the key was really changed, put the new one into known_hosts.")
            }
        ),
        (
            ["host key verification failed", "host key is known for"],
            { failure, _ in
                PlumbError(
                    .hostKeyUnknown, "The host key of the server of \(failure.url) is not in known_hosts.",
                    remedy: "Put it there, as ssh-keyscan prints it and after checking it against what the server's owner says.")
            }
        ),
        (
            [
                "server certificate verification failed", "ssl certificate problem", "certificate verify failed",
                "self-signed certificate",
                "self signed certificate", "no alternative certificate subject name", "unable to get local issuer certificate",
                "certificate subject name", "error setting certificate", "problem with the ssl ca cert",
            ],
            { failure, detail in
                PlumbError(
                    .certificateNotTrusted, "The certificate of the server of \(failure.url) is not trusted: \(detail)",
                    remedy: "Put the authority that signed it as ca.crt into the repository's secret.")
            }
        ),
    ]

    private static let access: [Row] = [
        (
            ["load key", "invalid format", "error in libcrypto"],
            { failure, detail in
                PlumbError(
                    .denied, "The SSH key for \(failure.url) cannot be used: \(detail)",
                    remedy: "Give an unencrypted private key in OpenSSH or PEM format.")
            }
        ),
        (
            [
                "authentication failed", "returned error: 401", "permission denied (", "too many authentication failures",
                "invalid username or",
            ],
            { failure, _ in
                PlumbError(
                    .denied, "The server of \(failure.url) does not accept the credentials.",
                    remedy: "Check username and password, token or key in the repository's secret.")
            }
        ),
        (
            ["could not read username", "could not read password", "terminal prompts disabled"],
            { failure, _ in
                PlumbError(
                    .denied, "The server of \(failure.url) asks for credentials: they are missing, or were not accepted.",
                    remedy: "Put username and password, or a bearerToken, into the repository's secret.")
            }
        ),
        (
            ["returned error: 403"],
            { failure, _ in
                PlumbError(
                    .denied, "The credentials for \(failure.url) do not permit reading it.",
                    remedy: "Give them read access to the repository.")
            }
        ),
        (
            ["dubious ownership"],
            { failure, _ in
                PlumbError(
                    .denied, "The repository \(failure.url) belongs to another user than the one Plumb runs as.",
                    remedy: "Run Plumb as its owner, or change the owner of the directory.")
            }
        ),
    ]

    private static let presence: [Row] = [
        (
            [
                "repository not found", "' not found", "returned error: 404", "not appear to be a git repository",
                "repository not exported",
                "not a git repository", "project you were looking for could not be found",
            ],
            { failure, _ in
                PlumbError(
                    .repositoryNotFound, "There is no repository at \(failure.url), or the credentials do not show it.",
                    remedy: "Check the URL; some servers say so too when they refuse access.")
            }
        ),
        (
            ["not our ref", "couldn't find remote ref", "no such remote ref", "unadvertised object"],
            { failure, _ in
                PlumbError(
                    .referenceNotFound, "The repository \(failure.url) does not have the commit that was asked for, or no longer.",
                    remedy: "Push it again, or name one that a branch or tag leads to.")
            }
        ),
        (
            [
                "unsupported protocol", "not allowed", "returned error: 301", "returned error: 302", "returned error: 307",
                "returned error: 308",
            ],
            { failure, detail in
                PlumbError(
                    .invalid, "The server of \(failure.url) leads somewhere that Plumb does not follow: \(detail)",
                    remedy: "Use the URL that the server redirects to.")
            }
        ),
    ]

    private static let network: [Row] = [
        (
            ["operation too slow", "operation timed out after", "timeout, server", "connection timed out during banner exchange"],
            { failure, _ in
                PlumbError(
                    .timedOut, "The server of \(failure.url) accepted the connection and then stopped answering.",
                    remedy: "Check the server and the network to it.")
            }
        ),
        (
            [
                "could not resolve", "couldn't resolve", "unable to look up", "name or service not known",
                "temporary failure in name resolution",
                "connection refused", "failed to connect", "couldn't connect", "unable to connect", "connection timed out",
                "no route to host",
                "network is unreachable", "connection reset", "connection closed", "empty reply", "hung up unexpectedly",
                "early eof", "returned error: 5",
                "gnutls recv error", "recv failure", "could not read from remote repository", "unexpected disconnect", "rpc failed",
            ],
            { failure, detail in
                PlumbError(
                    .unreachable, "The server of \(failure.url) cannot be reached: \(detail)",
                    remedy: "Check the URL, the server and the network to it.")
            }
        ),
    ]

    private static let machine: [Row] = [
        (
            ["no space left on device", "disk quota exceeded"],
            { failure, _ in
                PlumbError(
                    .failed, "There is no space left for the copy of \(failure.url).", remedy: "Free space in the data directory.")
            }
        ),
        (
            [
                "is corrupt", "corrupt loose object", "object corrupt", "inflate: data stream error", "bad object",
                "invalid sha1 pointer", "unable to read tree",
                "bad index file", "does not match index", "packfile", "unable to read ", "is empty", "bad config", "bad signature",
                "shallow file",
                "did not send all necessary objects", "missing necessary objects", "invalid index-pack output",
            ],
            { failure, detail in
                PlumbError(
                    .storeDamaged, "Plumb's copy of \(failure.url) is damaged: \(detail)",
                    remedy: "It is fetched anew; if this repeats, check the disk.")
            }
        ),
    ]

    /// The lines that tell something, joined to one, at most 300 characters.
    private static func detail(_ errors: String) -> String {
        let noise = ["hint:", "please make sure you have", "and the repository exists", "warning: ", "remote: enumerating", "@@@@"]
        let lines = errors.split(whereSeparator: \.isNewline).map { line in
            String(line.drop { $0 == " " }).dropping(prefix: "fatal: ").dropping(prefix: "error: ").dropping(prefix: "remote: ")
        }
        let telling = lines.filter { line in !line.isEmpty && !noise.contains(where: line.lowercased().hasPrefix) }
        let text = telling.suffix(3).joined(separator: "; ")
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
        return plain.isEmpty ? "it said nothing." : String(plain.prefix(300)) + (plain.hasSuffix(".") ? "" : ".")
    }
}

extension String {
    fileprivate func dropping(prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
