/// How long Git may take.
package struct GitLimits: Sendable {
    /// Without progress on a connection: under 1000 bytes a second for this long.
    package var stall: Duration
    /// To ask a server for its references, and for anything that stays on this machine.
    package var query: Duration
    /// To fetch a commit.
    package var fetch: Duration
    /// Without a question, until the process that reads objects is let go.
    package var idle: Duration

    package init(
        stall: Duration = .seconds(30), query: Duration = .seconds(60), fetch: Duration = .seconds(600),
        idle: Duration = .seconds(30)
    ) {
        self.stall = stall
        self.query = query
        self.fetch = fetch
        self.idle = idle
    }
}
