/// What a platform says of itself to charts.
package struct PlatformCapabilities: Sendable, Hashable {
    /// `v1.31.2`
    package var version: String
    /// `apps/v1` and `apps/v1/Deployment`, sorted.
    package var apiVersions: [String]

    package init(version: String, apiVersions: [String]) {
        self.version = version
        self.apiVersions = apiVersions
    }
}
