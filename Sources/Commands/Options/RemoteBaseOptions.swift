import ArgumentParser
import Model
import Sources

/// Which repositories the remote bases of kustomizations may come from: none, unless somebody says so.
struct RemoteBaseOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-remote-bases"),
        help: ArgumentHelp(
            "Fetch remote bases of kustomizations from repositories whose URLs begin so; several with commas, or the flag again.",
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
    func repositories(in directory: String) throws -> RemoteRepositories? {
        let allowed = try allowed()
        return allowed.isEmpty ? nil : RemoteRepositories(allowed: allowed, store: directory + "/remote-bases")
    }
}

extension RemoteRepositories {
    nonisolated var trees: RemoteTrees { { try await self.tree($0, $1) } }
}
