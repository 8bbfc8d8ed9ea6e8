import Hummingbird
import Manifests
import Model
import NIOCore
import Operator
import ServiceLifecycle

/// One event stream: what the store holds after an id, then what comes, each once and in order.
///
/// The live stream only says that there is something new; what is sent is always read from the store. So it does not matter
/// what a slow listener missed of it.
struct EventFeed: Sendable {
    let interface: any OperatorInterface
    let application: String?
    let after: Int64
    let heartbeat: Duration

    private static let page = 200

    /// Ends when the operator stops or the task is cancelled. Throws what writing throws.
    @concurrent func run(_ writer: inout any ResponseBodyWriter) async throws {
        // Listened to before the store is read: what is stored in between is announced.
        let live = await interface.eventStream(of: application)
        let (wakes, waker) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
        // These end with this scope.
        async let _ = relay(live, to: waker)
        async let _ = beat(waker)
        async let _ = stop(waker)
        try await send(wakes, to: &writer)
    }

    private enum Wake { case news, heartbeat }

    private func relay(_ live: AsyncStream<Event>, to waker: AsyncStream<Wake>.Continuation) async {
        for await _ in live { waker.yield(.news) }
        waker.finish()
    }

    private func beat(_ waker: AsyncStream<Wake>.Continuation) async {
        while (try? await Task.sleep(for: heartbeat)) != nil { waker.yield(.heartbeat) }
    }

    private func stop(_ waker: AsyncStream<Wake>.Continuation) async {
        try? await gracefulShutdown()
        waker.finish()
    }

    @concurrent private func send(_ wakes: AsyncStream<Wake>, to writer: inout any ResponseBodyWriter) async throws {
        // Something at once, so that the client knows that it is connected; the time in which to come again, in milliseconds.
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        var last = try await sendStored(after: after, to: &writer)
        for await wake in wakes {
            let sent = try await sendStored(after: last, to: &writer)
            if sent == last, case .heartbeat = wake { try await writer.write(ByteBuffer(string: ": heartbeat\n\n")) }
            last = sent
        }
    }

    /// Returns the id of the last event sent, or `id`.
    @concurrent private func sendStored(after id: Int64, to writer: inout any ResponseBodyWriter) async throws -> Int64 {
        var last = id
        while true {
            let events = try await interface.events(of: application, after: last, limit: Self.page)
            guard let newest = events.last, newest.id > last else { return last }
            try await writer.write(ByteBuffer(string: events.map(Self.frame).joined()))
            last = newest.id
            if events.count < Self.page { return last }
        }
    }

    /// Compact JSON has no line breaks, so one line of data is enough.
    static func frame(_ event: Event) -> String { "id: \(event.id)\ndata: \(event.value.json)\n\n" }
}
