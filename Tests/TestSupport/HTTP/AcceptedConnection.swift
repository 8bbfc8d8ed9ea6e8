package import NIOCore

/// A connection that a listener has accepted and nobody serves yet.
///
/// It becomes an asynchronous channel only where it is served: one that is dropped before, because the server stops just
/// then, would end the process. Until then nothing is read; the bootstrap turns `autoRead` off.
package struct AcceptedConnection: Sendable {
    package let channel: any Channel

    package init(channel: any Channel) { self.channel = channel }

    package func opened<Inbound: Sendable, Outbound: Sendable>() async throws -> NIOAsyncChannel<Inbound, Outbound> {
        let channel = channel
        let opened = try await channel.eventLoop.submit {
            try NIOAsyncChannel<Inbound, Outbound>(wrappingChannelSynchronously: channel)
        }.get()
        try await channel.setOption(.autoRead, value: true).get()
        return opened
    }
}
