import NIOCore
import NIOPosix
import TestSupport

/// A client that says exactly what it is told to.
struct RawConnection: Sendable {
    let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    static func with<Result: Sendable>(
        _ url: String, _ body: @escaping @Sendable (RawConnection) async throws -> Result
    ) async throws -> Result {
        let port = Int(url.split(separator: ":").last ?? "") ?? 0
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await withDeadline(.seconds(120), "a raw connection") {
            try await channel.executeThenClose { try await body(RawConnection(inbound: $0, outbound: $1)) }
        }
    }

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    /// Everything until the other side closes; a reset counts as that.
    func rest() async -> String {
        var text = ""
        do {
            for try await buffer in inbound { text += String(buffer: buffer) }
        } catch {}
        return text
    }
}
