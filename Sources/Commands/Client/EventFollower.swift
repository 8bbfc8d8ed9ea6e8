import AsyncHTTPClient
import Manifests
import Model
import NIOCore
import NIOHTTP1

/// Follows an operator's events, and goes on where it was when the connection breaks or the operator starts anew.
struct EventFollower {
    let options: OperatorOptions
    let application: String?

    /// What there is to look at.
    enum Sign {
        case event(Value)
        /// Nothing happened for a while, or the connection is new.
        case alive
    }

    /// Longer than two signs of life of the operator are apart.
    private static let silence = Duration.seconds(40)
    private static let longestPause = Duration.seconds(10)

    /// Calls `handle` with each event after `id` in their order, until it gives false. Throws what the operator refuses, and
    /// where it is not there at the start; later it is waited for.
    func follow(after id: Int64, _ handle: (Sign) async throws -> Bool) async throws {
        var last = id
        var failures = 0
        while true {
            let before = last
            var hasConnected = false
            do {
                let isDone = try await connect(&last, &hasConnected, handle)
                if isDone { return }
                failures = 0
            } catch let error as PlumbError where error.isRetryable || error.code == .notFound && failures > 0 {
                if failures == 0 && before == id && !hasConnected { throw error }
                if failures == 0 || hasConnected { Console.error("plumb: \(error.message) Trying again.") }
                failures = hasConnected ? 1 : failures + 1
            }
            try await Task.sleep(for: min(.seconds(1 << min(failures, 4)), Self.longestPause))
        }
    }

    /// One connection; true where `handle` has seen enough, false where the operator ended the stream.
    private func connect(
        _ last: inout Int64, _ hasConnected: inout Bool, _ handle: (Sign) async throws -> Bool
    ) async throws -> Bool {
        // Found anew each time: an operator that was restarted may listen elsewhere.
        let address = try await OperatorAddress.find(dataDir: options.dataDir)
        let http = OperatorClient.httpClient(silence: Self.silence)
        do {
            let isDone = try await OperatorClient.with(address) { client in
                try await read(client, http, &last, &hasConnected, handle)
            }
            try? await http.shutdown()
            return isDone
        } catch {
            try? await http.shutdown()
            throw OperatorFailure.described(error, address, Self.silence)
        }
    }

    private func read(
        _ client: OperatorClient, _ http: HTTPClient, _ last: inout Int64, _ hasConnected: inout Bool,
        _ handle: (Sign) async throws -> Bool
    ) async throws -> Bool {
        var request = client.request(["events"], application.map { [("application", $0)] } ?? [])
        request.headers.replaceOrAdd(name: "Accept", value: "text/event-stream")
        request.headers.replaceOrAdd(name: "Last-Event-ID", value: "\(last)")
        let response = try await http.execute(request, deadline: .now() + TimeAmount(OperatorClient.usualTime))
        guard response.status == .ok else {
            _ = try await client.answer(response)
            return false
        }
        hasConnected = true
        var parser = ServerSentEvents()
        for try await buffer in response.body {
            let messages = try parser.feed(buffer.readableBytesView)
            for message in messages {
                let event = try JSON.parse(Array(message.data.utf8), file: "An event")
                if let id = event["id"]?.integer { last = id }
                guard try await handle(.event(event)) else { return true }
            }
            if messages.isEmpty, try await !handle(.alive) { return true }
        }
        return false
    }
}
