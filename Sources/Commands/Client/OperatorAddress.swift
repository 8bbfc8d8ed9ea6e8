import Model
import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where an operator answers, and the token for it.
struct OperatorAddress: Sendable {
    /// Without a slash at its end.
    let url: String
    let token: Secret
    /// Where the token is from, for whoever has to change it.
    let tokenPlace: String
    /// The directory that `plumb serve` would have to be started with; nil where the address came from the environment.
    let directory: String?

    /// Throws `notFound` where no operator runs, `usage` where the environment says half of it.
    static func find(dataDir: String?, environment: [String: String] = ProcessInfo.processInfo.environment) async throws
        -> OperatorAddress
    {
        if let url = environment["PLUMB_SERVER"], !url.isEmpty { return try named(url, environment) }
        let directory = dataDir ?? Directories.state
        guard let found = try await ServerFile.read(directory: directory) else {
            throw PlumbError(
                .notFound, "No operator runs with the data directory \(directory).",
                remedy:
                    "Start one with: plumb serve --repository URL|DIR\(dataDir.map { " --data-dir \($0)" } ?? "")\n  Or say where one is: --data-dir DIR, or PLUMB_SERVER and PLUMB_TOKEN."
            )
        }
        return OperatorAddress(url: found.url, token: found.token, tokenPlace: "its token file", directory: directory)
    }

    private static func named(_ url: String, _ environment: [String: String]) throws -> OperatorAddress {
        guard let parsed = URL(string: url), ["http", "https"].contains(parsed.scheme), parsed.host?.isEmpty == false,
            parsed.query == nil, parsed.user == nil, parsed.password == nil
        else {
            throw PlumbError(
                .usage, "PLUMB_SERVER has to be the URL of an operator, without credentials.",
                remedy: "Such as PLUMB_SERVER=https://plumb.example.com or http://127.0.0.1:7420.")
        }
        guard let token = environment["PLUMB_TOKEN"], !token.isEmpty else {
            throw PlumbError(
                .usage, "PLUMB_SERVER is set, and PLUMB_TOKEN is not.",
                remedy: "Set it to what is in the file token of the operator's data directory.")
        }
        guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw PlumbError(.usage, "PLUMB_TOKEN holds characters that no token has, such as spaces or line ends.")
        }
        let trimmed = String(url.dropLast(while: { $0 == "/" }))
        return OperatorAddress(url: trimmed, token: Secret(token), tokenPlace: "PLUMB_TOKEN", directory: nil)
    }
}
