package import Model

/// A repository as applications name it: equal for two applications that can share one poller.
package struct RepositoryKey: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case git
        case charts(isInsecure: Bool)
    }

    package var kind: Kind
    package var url: String
    package var secret: String?
    /// One of them must have signed; empty where nobody has to.
    package var keys: [SigningKey]

    package init(_ kind: Kind = .git, url: String, secret: String? = nil, keys: [SigningKey] = []) {
        self.kind = kind
        self.url = url
        self.secret = secret
        self.keys = keys
    }
}

extension RepositoryKey {
    init(_ git: Application.GitSource) { self.init(url: git.url, secret: git.secret, keys: git.trustedKeys) }

    init(_ charts: Application.ChartRepository) {
        self.init(.charts(isInsecure: charts.isInsecure), url: charts.url, secret: charts.secret)
    }
}
