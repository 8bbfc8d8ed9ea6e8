import Manifests
import Model
import OperatorTestSupport
import Server
import TestSupport
import Testing

/// How commands find a running operator.
@Suite struct ServerFileTests {
    @Test func itIsThereWhileTheServerRuns() async throws {
        try await TemporaryDirectory.with("server") { directory in
            let file = ServerFile(directory: directory)
            try await ServedOperator.with(file: file) { served in
                try await eventually("readiness") {
                    try await Client(served: served).send("GET", "/readyz").status == 200 ? true : nil
                }
                let found = try #require(try await ServerFile.read(directory: directory))
                #expect(found.url == served.url)
                #expect(found.token.reveal() == served.token)
                let value = try JSON.parse(Array(try Files.read("\(directory)/server.json").utf8))
                #expect(value["tokenFile"] == .string("\(directory)/token"))
                #expect(try await Client(served: served).get("applications").status == 200)
                #expect(try await modes(directory) == ["600 server.json", "600 token"])
                await served.stop()
                try await eventually("the file to go") { Files.exists("\(directory)/server.json") ? nil : true }
            }
            #expect(try await ServerFile.read(directory: directory) == nil)
            #expect(try await modes(directory) == ["600 token"])
        }
    }

    @Test func itGoesWhenTheServerIsCancelled() async throws {
        try await TemporaryDirectory.with("server") { directory in
            try await ServedOperator.with(file: ServerFile(directory: directory)) { _ in }
            #expect(try await modes(directory) == ["600 token"])
        }
    }

    @Test func aTokenIsRandomAndSurvivesRestarts() async throws {
        try await TemporaryDirectory.with("server") { first in
            try await TemporaryDirectory.with("server") { second in
                let token = try await ServerFile(directory: first).token()
                #expect(token.reveal().count == 64)
                #expect(try await ServerFile(directory: first).token() == token)
                #expect(try await ServerFile(directory: second).token() != token)
            }
        }
    }

    @Test func aTokenThatOthersMayReadIsRefused() async throws {
        try await TemporaryDirectory.with("server") { directory in
            try Files.write(String(repeating: "t", count: 64), to: "\(directory)/token", mode: 0o644)
            let error = await #expect(throws: PlumbError.self) { try await ServerFile(directory: directory).token() }
            #expect(error?.code == .denied)
            #expect(error?.message.contains("can be read by others") == true)
        }
    }

    @Test(arguments: ["", "short", "with space " + String(repeating: "t", count: 64), String(repeating: "t", count: 70_000)])
    func whatIsNoTokenIsRefused(_ text: String) async throws {
        try await TemporaryDirectory.with("server") { directory in
            try Files.write(text, to: "\(directory)/token", mode: 0o600)
            await #expect(throws: PlumbError.self) { try await ServerFile(directory: directory).token() }
        }
    }

    @Test(arguments: ["", "{", "{}", #"{"url": 1, "tokenFile": "x"}"#])
    func whatIsNoServerFileIsRefused(_ text: String) async throws {
        try await TemporaryDirectory.with("server") { directory in
            try Files.write(text, to: "\(directory)/server.json", mode: 0o600)
            let error = await #expect(throws: PlumbError.self) { _ = try await ServerFile.read(directory: directory) }
            #expect(error?.code == .invalid)
        }
    }

    @Test func noDirectoryNoOperator() async throws {
        #expect(try await ServerFile.read(directory: "/nonexistent/plumb") == nil)
    }

    @Test func twoOnOnePortIsAnError() async throws {
        try await ServedOperator.with { served in
            let port = try #require(Int(served.url.split(separator: ":").last ?? ""))
            let second = APIServer(
                interface: served.script, address: ListenAddress(host: "127.0.0.1", port: port), token: Secret(served.token),
                metrics: MetricsRegistry(), version: "1", logger: quietLogger)
            let error = await #expect(throws: PlumbError.self) { try await second.run() }
            #expect(error?.code == .unreachable)
            #expect(error?.message.hasPrefix("The operator cannot listen on 127.0.0.1:\(port): ") == true)
        }
    }

    private func modes(_ directory: String) async throws -> [String] {
        try await ProcessRunner.check("find", [directory, "-type", "f", "-printf", "%m %f\n"]).split(separator: "\n").map(
            String.init
        )
        .sorted()
    }
}
