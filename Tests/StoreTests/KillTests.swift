import Glibc
import Manifests
import Model
import TestSupport
import Testing

@testable import Store

/// `kill -9` at any moment: what was acknowledged is there, and no half of what was not.
@Suite struct KillTests {
    private static func writer() throws -> String {
        try PlumbBinary.path(of: "store-writer")
    }

    /// The batches that the writer says are stored; a line that it was killed in does not count.
    private static func acknowledged(_ file: String) throws -> [Int64] {
        guard Files.exists(file) else { return [] }
        let text = try Files.read(file)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { Int64($0) }
    }

    @Test func whatWasAcknowledgedIsThere() async throws {
        try await TemporaryDirectory.with("kill") { directory in
            let (path, output) = ("\(directory)/plumb.db", "\(directory)/batches")
            for round in 0..<10 {
                let before = try Self.acknowledged(output).count
                let process = try await ServerProcess.start(
                    Self.writer(), [path], log: "\(directory)/log", output: output)
                if round == 0 {
                    _ = try await eventually("the writer has the store") { try Files.read(output).contains("open\n") ? true : nil }
                    let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
                    #expect(error?.code == .held)
                }
                _ = try await eventually("a few batches", every: .milliseconds(1)) {
                    guard process.isRunning else { throw Hopeless("the writer ended: \(Files.tail("\(directory)/log"))") }
                    return try Self.acknowledged(output).count > before + round * 3 ? true : nil
                }
                try await Task.sleep(for: .microseconds(Int.random(in: 0..<3000)))
                await process.kill()
                try await verify(path, try Self.acknowledged(output))
            }
        }
    }

    @Test(arguments: 0..<10) func aStoreThatWasBeingMadeIsMade(_ round: Int) async throws {
        try await TemporaryDirectory.with("kill") { directory in
            let path = "\(directory)/plumb.db"
            let process = try await ServerProcess.start(Self.writer(), [path], log: "\(directory)/log")
            _ = try await eventually("the file", every: .microseconds(200)) { Files.exists(path) ? true : nil }
            try await Task.sleep(for: .microseconds(Int.random(in: 0...round * 2000)))
            await process.kill()
            let store = try await Store.open(at: path)
            #expect(try await store.record([Samples.event("other")]).count == 1)
            await store.close()
        }
    }

    private func verify(_ path: String, _ acknowledged: [Int64]) async throws {
        #expect(acknowledged == acknowledged.sorted())
        let store = try await Store.open(at: path)
        let last = try #require(try await store.states()["app"]?["batch"]?.integer)
        let promised = try #require(acknowledged.last)
        #expect(last == promised || last == promised + 1)
        var messages: [String] = []
        var ids: [Int64] = []
        while true {
            let page = try await store.events(of: "app", after: ids.last ?? 0, limit: 10_000)
            if page.isEmpty { break }
            messages += page.map(\.message)
            ids += page.map(\.id)
        }
        #expect(messages == (1...last).flatMap { batch in (0..<5).map { "\(batch) \($0)" } })
        #expect(ids == Array(1...Int64(ids.count)))
        #expect(try await store.operations(of: "app", limit: 10_000).count == min(Int(last), 10_000))
        let problems = try await store.look { database in
            try database.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") }
        }
        #expect(problems == ["ok"])
        await store.close()
    }
}
