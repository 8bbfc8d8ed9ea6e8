import Model

/// The OpenPGP keys that are trusted, in a GnuPG home directory of their own.
struct KeyRing {
    private let program: GitProgram
    private let home: String

    private static let deadline = Duration.seconds(30)

    /// `program` is one whose environment leads to `home`.
    init(program: GitProgram, home: String) {
        var program = program
        program.executable = "gpg"
        self.program = program
        self.home = home
    }

    /// Takes in those of `keys` that are OpenPGP keys. Throws `invalid` for one that GnuPG does not read, and `notFound` where
    /// one is needed and there is no GnuPG.
    func take(_ keys: [SigningKey]) async throws {
        for case .openPGP(let block) in keys {
            let outcome = try await imported(block)
            // Not the exit status: gpg fails over an agent that it does not need, where the path of its socket is too long.
            guard String(decoding: outcome.output, as: UTF8.self).contains("[GNUPG:] IMPORT_OK ") else {
                throw PlumbError(
                    .invalid, "An OpenPGP key in verify.keys cannot be read: \(outcome.errors.prefix(300))",
                    remedy: "Give the block that gpg --armor --export prints.")
            }
        }
    }

    private func imported(_ block: String) async throws -> GitProgram.Outcome {
        do {
            return try await program.run(
                ["--homedir", home, "--status-fd", "1", "--import"], input: Array(block.utf8), deadline: Self.deadline)
        } catch let error as PlumbError where error.code == .notFound {
            throw PlumbError(
                .notFound, "An OpenPGP key in verify.keys needs the program gpg, which is not there.",
                remedy: "Install GnuPG, or sign commits with SSH keys.")
        }
    }
}
