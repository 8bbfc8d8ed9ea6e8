import ArgumentParser
import Model
import Sources

/// Which repositories the remote bases of kustomizations may come from: none, unless somebody says so.
struct RemoteBaseOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-remote-bases"),
        help: ArgumentHelp(
            "Fetch remote bases of kustomizations from repositories whose URLs begin so, with =NAME for credentials in --secrets-dir; several with commas, or the flag again.",
            valueName: "prefix"))
    var prefixes: [String] = []

    func validate() throws { _ = try allowed() }

    private func allowed() throws -> [AllowedPrefix] {
        do {
            return try prefixes.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map {
                try AllowedPrefix(String($0))
            }
        } catch let error as PlumbError {
            throw ValidationError("--allow-remote-bases: \(error.description)")
        }
    }

    /// The repositories that are allowed, with their copies below `directory`; nil where none is.
    func repositories(in directory: String, secrets: SecretsDirectory) throws -> RemoteRepositories? {
        let allowed = try allowed()
        guard !allowed.isEmpty else { return nil }
        return RemoteRepositories(allowed: allowed, store: directory + "/remote-bases") {
            try await secrets.credentials($0, for: "")
        }
    }
}

extension RemoteRepositories {
    nonisolated var trees: RemoteTrees { { try await self.tree($0, $1) } }
}
