import GRDB
import Glibc
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct OpeningTests {
    private static func mode(_ path: String) -> UInt32 {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func nobodyElseMayReadIt() async throws {
        try await Store.with { store, path in
            try await store.remember(fact: "x", as: "y")
            for suffix in ["", "-wal", "-shm", ".lock"] { #expect(Self.mode(path + suffix) == 0o600, "\(suffix)") }
            #expect(Self.mode(String(path.dropLast("/plumb.db".utf8.count))) == 0o700)
        }
    }

    @Test func aStoreThatOthersMayReadIsClosedToThem() async throws {
        try await Store.with { store, path in
            await store.close()
            chmod(path, 0o644)
            let again = try await Store.open(at: path)
            #expect(Self.mode(path) == 0o600)
            await again.close()
        }
    }

    @Test func oneOperatorAtATime() async throws {
        try await Store.with { store, path in
            let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
            #expect(error?.code == .held)
            #expect(error?.message == "Another operator (process \(getpid())) has the store \(path) open.")
            #expect(try await store.fact("x") == nil)
            let again = try await store.reopened(at: path)
            await again.close()
        }
    }

    @Test func aClosedStoreSaysSo() async throws {
        try await Store.with { store, path in
            await store.close()
            await store.close()
            for call in [{ try await store.remember(fact: "x", as: "y") }, { _ = try await store.fact("y") }] {
                let error = await #expect(throws: PlumbError.self) { try await call() }
                #expect(error?.message == "The store \(path) is closed.")
            }
        }
    }

    @Test(arguments: ["x", "SQLite format 3", String(repeating: "garbage ", count: 10_000)])
    func whatIsNoDatabaseIsRefused(_ content: String) async throws {
        try await refused(content: content, "no SQLite database")
    }

    @Test func theDatabaseOfAnotherProgramIsRefused() async throws {
        try await TemporaryDirectory.with("store") { directory in
            let path = "\(directory)/plumb.db"
            let other = try DatabaseQueue(path: path)
            try await other.write { try $0.execute(sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1)") }
            try other.close()
            let before = try await ProcessRunner.check("sha256sum", [path])
            let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
            #expect(error?.code == .invalid)
            #expect(error?.message == "The file \(path) is the SQLite database of another program.")
            #expect(try await ProcessRunner.check("sha256sum", [path]) == before)
            #expect(!Files.exists(path + "-wal"))
        }
    }

    @Test func anEmptyFileBecomesAStore() async throws {
        try await TemporaryDirectory.with("store") { directory in
            try Files.write("", to: "\(directory)/plumb.db")
            let store = try await Store.open(at: "\(directory)/plumb.db")
            try await store.remember(fact: "x", as: "y")
            await store.close()
        }
    }

    @Test func whatANewerVersionWroteIsLeftAlone() async throws {
        try await Store.with { store, path in
            try await store.remember(fact: "x", as: "y")
            try await store.change { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 later')") }
            await store.close()
            let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
            #expect(error?.code == .unsupported)
            #expect(error?.message == "A newer version of Plumb wrote the store \(path), and this one cannot read it.")
            let other = try DatabaseQueue(path: path)
            let kept = try await other.read { try String.fetchOne($0, sql: "SELECT value FROM facts") }
            #expect(kept == "x")
            try other.close()
        }
    }

    /// As a process that was killed between the steps of making the file leaves it.
    @Test func aStoreThatWasOnlyBegunIsFinished() async throws {
        try await TemporaryDirectory.with("store") { directory in
            let path = "\(directory)/plumb.db"
            let begun = try DatabaseQueue(path: path)
            try await begun.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA application_id = \(StoreHeader.applicationID)")
            }
            try begun.close()
            let store = try await Store.open(at: path)
            try await store.remember(fact: "x", as: "y")
            await store.close()
        }
    }

    @Test func aDamagedRowIsNoReasonToStop() async throws {
        try await Store.with { store, path in
            _ = try await store.record([Samples.event()])
            try await store.change { try $0.execute(sql: "UPDATE events SET kind = 'Sideways'") }
            let error = await #expect(throws: PlumbError.self) { _ = try await store.events(of: nil, after: nil, limit: 1) }
            #expect(error?.message.contains("is damaged: a row has something in the column kind") == true)
            try await store.change { try $0.execute(sql: "UPDATE events SET kind = x'ff'") }
            await #expect(throws: PlumbError.self) { _ = try await store.events(of: nil, after: nil, limit: 1) }
            #expect(try await store.record([Samples.event()]).map(\.id) == [2])
        }
    }

    @Test func aDamagedFileIsNamed() async throws {
        try await Store.with { store, path in
            _ = try await store.record((0..<2000).map { Samples.event("shop", "\($0)") })
            await store.close()
            try await ProcessRunner.check(
                "dd", ["if=/dev/urandom", "of=\(path)", "bs=4096", "seek=1", "count=40", "conv=notrunc", "status=none"])
            let error = await #expect(throws: PlumbError.self) {
                let again = try await Store.open(at: path)
                _ = try await again.events(of: nil, after: 0, limit: 10_000)
            }
            #expect(error?.message.hasPrefix("The store \(path) is damaged: ") == true, "\(String(describing: error))")
        }
    }

    @Test(arguments: ["a directory", "a link"]) func whatIsNoFileIsRefused(_ what: String) async throws {
        try await TemporaryDirectory.with("store") { directory in
            let path = "\(directory)/plumb.db"
            if what == "a link" { symlink("/dev/null", path) } else { mkdir(path, 0o700) }
            let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
            #expect(error?.message.hasPrefix("The store \(path) cannot be opened: ") == true)
        }
    }

    private func refused(content: String, _ reason: String) async throws {
        try await TemporaryDirectory.with("store") { directory in
            let path = "\(directory)/plumb.db"
            try Files.write(content, to: path)
            let error = await #expect(throws: PlumbError.self) { _ = try await Store.open(at: path) }
            #expect(error?.code == .invalid)
            #expect(error?.message.contains(reason) == true)
            #expect(try Files.read(path) == content)
        }
    }
}
