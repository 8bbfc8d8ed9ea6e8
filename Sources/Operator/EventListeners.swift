import Model

/// Who listens to events as they happen. Each has a bounded buffer, and finds what it missed by the ids.
struct EventListeners: Sendable {
    private var streams: [Int: (application: String?, continuation: AsyncStream<Event>.Continuation)] = [:]
    private var nextID = 0

    mutating func add(application: String?) -> (id: Int, stream: AsyncStream<Event>) {
        let (stream, continuation) = AsyncStream<Event>.makeStream(bufferingPolicy: .bufferingNewest(1000))
        nextID += 1
        streams[nextID] = (application, continuation)
        return (nextID, stream)
    }

    func onEnd(of id: Int, _ action: @escaping @Sendable () -> Void) {
        streams[id]?.continuation.onTermination = { _ in action() }
    }

    mutating func remove(_ id: Int) { streams[id] = nil }

    func tell(_ events: [Event]) {
        for (application, continuation) in streams.values {
            for event in events where application == nil || event.application == application { continuation.yield(event) }
        }
    }

    mutating func finish() {
        for (_, continuation) in streams.values { continuation.finish() }
        streams = [:]
    }
}
