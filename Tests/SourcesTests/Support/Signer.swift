import Model
import TestSupport

/// Keys of a test, made by the real programs, with which its repository signs.
struct Signer: Sendable {
    private let directory: String
    private let repository: TestRepository
    private var home: String { "\(directory)/keys" }

    static func with<Success>(_ scratch: Scratch, _ body: (Signer) async throws -> Success) async throws -> Success {
        let signer = Signer(directory: scratch.directory, repository: scratch.repository)
        try await ProcessRunner.check("mkdir", ["-m", "700", signer.home])
        let result: Result<Success, any Error>
        do { result = .success(try await body(signer)) } catch { result = .failure(error) }
        _ = try? await ProcessRunner.run("gpgconf", ["--homedir", signer.home, "--kill", "gpg-agent"])
        return try result.get()
    }

    private init(directory: String, repository: TestRepository) {
        self.directory = directory
        self.repository = repository
    }

    /// Makes an SSH key and returns its public half.
    func makeSSHKey(_ name: String, type: String = "ed25519") async throws -> SigningKey {
        try await ProcessRunner.check("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", name, "-f", "\(home)/\(name)"])
        return try SigningKey(try Files.read("\(home)/\(name).pub"))
    }

    /// Makes an OpenPGP key; with a `validity` (as in `2d`) as if that had been on the first day of 2020.
    func makeOpenPGPKey(_ name: String, validity: String? = nil) async throws -> SigningKey {
        let time = validity == nil ? [] : ["--faked-system-time", "20200101T000000"]
        try await gpg(
            time + ["--passphrase", "", "--quick-gen-key", "\(name)@example.com", "ed25519", "sign", validity ?? "never"])
        return try await publicKey(name)
    }

    func publicKey(_ name: String) async throws -> SigningKey {
        try SigningKey(try await gpg(["--armor", "--export", "\(name)@example.com"]))
    }

    /// Revokes a key with the certificate that GnuPG made along with it.
    func revoke(_ name: String) async throws {
        let listing = try await gpg(["--with-colons", "--list-keys", "\(name)@example.com"])
        let line = listing.split(separator: "\n").first { $0.hasPrefix("fpr:") } ?? ""
        let fingerprint = line.split(separator: ":").last ?? ""
        // A colon keeps people from importing it by accident.
        try await ProcessRunner.check(
            "sh", ["-c", "sed 's/^:---/---/' openpgp-revocs.d/\(fingerprint).rev > revocation"], in: home)
        try await gpg(["--import", "revocation"])
    }

    /// From now on commits and annotated tags are signed with that key.
    func signWithSSH(_ name: String) async throws {
        try await configure(["gpg.format": "ssh", "user.signingKey": "\(home)/\(name).pub"])
    }

    func signWithOpenPGP(_ name: String, at time: String? = nil) async throws {
        let script = "\(home)/sign.sh"
        let arguments = time.map { "--faked-system-time \($0)" } ?? ""
        try Files.write("#!/bin/sh\nexec gpg --homedir '\(home)' --batch \(arguments) \"$@\"\n", to: script, mode: 0o755)
        try await configure(["gpg.format": "openpgp", "gpg.program": script, "user.signingKey": "\(name)@example.com"])
    }

    func stopSigning() async throws { try await configure(["commit.gpgSign": "false", "tag.gpgSign": "false"]) }

    /// Commits the same again with other files, under the old signature.
    func forge() async throws {
        let script = """
            tree=$(git rev-parse HEAD^{tree}); echo forged > a; git add a
            forged=$(git cat-file commit HEAD | sed "s/^tree .*/tree $(git write-tree)/" | git hash-object -t commit -w --stdin)
            git update-ref refs/heads/main $forged && git push -q --force origin main
            """
        try await ProcessRunner.check("sh", ["-ec", script], environment: TestRepository.environment, in: repository.work)
    }

    private func configure(_ settings: [String: String]) async throws {
        for (name, value) in ["commit.gpgSign": "true", "tag.gpgSign": "true"].merging(settings, uniquingKeysWith: { $1 }) {
            try await repository.git("config", name, value)
        }
    }

    @discardableResult
    private func gpg(_ arguments: [String]) async throws -> String {
        try await ProcessRunner.check("gpg", ["--homedir", home, "--batch", "--quiet"] + arguments, in: home)
    }
}
