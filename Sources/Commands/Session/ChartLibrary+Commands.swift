import Logging
import Model
import Rendering
import Sources

extension ChartLibrary {
    /// What `secrets` has for a URL is used where nobody names a secret. Close it.
    static func make(directory: String, secrets: SecretsDirectory, keepsMemory: Bool, logger: Logger) -> ChartLibrary {
        ChartLibrary(
            directory: directory, userAgent: "plumb/\(PlumbVersion.text)", keepsMemory: keepsMemory, logger: logger
        ) { try await secrets.chartCredentials(nil, for: $0) ?? .none }
    }

    /// For charts that ask for charts.
    nonisolated var fetching: ChartFetching {
        ChartFetching(
            fetch: { chart, version, repository in
                let fetched = try await self.archive(chart, version, from: repository)
                return ChartFetching.Fetched(archive: fetched.bytes, digest: fetched.digest)
            }, known: { await self.digest(of: $0, $1, from: $2) })
    }

    /// The files of a chart now, once.
    nonisolated func snapshot(
        of chart: Application.ChartSelection, in repository: Application.ChartRepository, credentials: ChartCredentials?
    ) async throws -> Snapshot {
        let url = try ChartURL(repository.url, isInsecure: repository.isInsecure)
        let follower = try await follower(of: url, named: credentials)
        return try await follower.snapshot(at: try await follower.revision(of: ChartReference(chart)))
    }
}
