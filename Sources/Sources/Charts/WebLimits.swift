/// Every time and size that bounds what is fetched.
package struct WebLimits: Sendable {
    package var connect: Duration = .seconds(10)
    /// How long the line may be silent.
    package var silence: Duration = .seconds(30)
    /// For one attempt, from the request to the last byte.
    package var deadline: Duration = .seconds(180)
    /// How long to wait before each further attempt, where a server is too busy or a connection broke.
    package var retries: [Duration] = [.milliseconds(500), .seconds(2)]
    /// The longest that a server may ask to wait.
    package var longestWait: Duration = .seconds(10)
    package var redirects = 5
    package var index = 64 << 20
    package var archive = 128 << 20
    package var manifest = 4 << 20
    package var pages = 200
    package var tags = 100_000
    /// Of an answer that is an error, and of a token.
    package var words = 256 << 10
    /// Of all files that are kept on disk.
    package var cache = 1 << 30

    package init() {}
}
