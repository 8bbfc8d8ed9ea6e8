/// Every time and size that bounds the client.
package struct ClientLimits: Sendable {
    /// For one attempt, from sending to the last byte. Beyond the 60 s after which API servers give up themselves.
    package var requestTime: Duration = .seconds(70)
    /// The same for one page of a list.
    package var pageTime: Duration = .seconds(120)
    /// How long the line may be silent.
    package var silence: Duration = .seconds(65)
    /// After which a server is asked to end a watch.
    package var watchTime: Duration = .seconds(290)
    /// How long a watch may be silent: servers send a bookmark about every minute, so a line that says nothing is dead.
    package var watchSilence: Duration = .seconds(100)
    package var connectTime: Duration = .seconds(10)
    package var requestsInFlight = 32
    /// Bytes of one answer.
    package var answerBytes = 32 << 20
    /// Bytes of one list, all its pages together.
    package var listBytes = 512 << 20
    /// Bytes read of an answer that is an error.
    package var errorBytes = 64 << 10
    package var pageSize = 500
    /// How old a token or certificate from a file may get before it is read again.
    package var credentialAge: Duration = .seconds(60)
    package var pluginTime: Duration = .seconds(60)
    package var retry = RetryPolicy()

    package init() {}

    package static let standard = ClientLimits()
}
