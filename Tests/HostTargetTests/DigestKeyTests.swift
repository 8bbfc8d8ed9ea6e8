import Manifests
import Model
import TestSupport
import Testing

@testable import HostTarget

struct DigestKeyTests {
    static let machine = Array("4c4c4544004d3010\n".utf8)

    @Test func itFollowsFromTheMachineAndTheRoot() {
        let key = DigestKey.make(root: "/srv", machine: Self.machine, proposed: [1])
        #expect(key.isLasting)
        #expect(key.bytes == DigestKey.make(root: "/srv", machine: Self.machine, proposed: [2]).bytes)
        #expect(key.bytes != DigestKey.make(root: "/srv2", machine: Self.machine, proposed: [1]).bytes)
        #expect(key.bytes != DigestKey.make(root: "/srv", machine: Self.machine.reversed(), proposed: [1]).bytes)
    }

    @Test(arguments: [nil, [], Array("short".utf8)] as [[UInt8]?])
    func withoutAMachineIDItIsTheProcesssOwn(machine: [UInt8]?) {
        let key = DigestKey.make(root: "/srv", machine: machine, proposed: [1, 2, 3])
        #expect(!key.isLasting && key.bytes == [1, 2, 3])
    }

    @Test func aPrivateFileIsNamedWithoutItsContentAsLongAsTheKeyDoesNotLast() async throws {
        let one = try await Self.names("one", mode: "0600", DigestKey(bytes: [1], isLasting: false))
        #expect(one.allSatisfy { $0 != nil })
        #expect(one == (try await Self.names("two", mode: "0600", DigestKey(bytes: [2], isLasting: false))))
        #expect(one != (try await Self.names("one", mode: "0640", DigestKey(bytes: [1], isLasting: false))))
        #expect(try await Self.names("one", mode: "0600", DigestKey(bytes: [1], isLasting: true)) == [nil, nil])
        #expect(try await Self.names("one", mode: "0644", DigestKey(bytes: [1], isLasting: false)) == [nil, nil])
    }

    /// What an approval would name a File with this content by, and a Process that restarts on it.
    private static func names(_ content: String, mode: String, _ key: DigestKey) async throws -> [Digest?] {
        let app =
            FileTests.file("f", "path: f, content: \(content), mode: \"\(mode)\"")
            + ProcessTests.process("command: [sleep, \"1\"], restartOn: [{kind: File, name: f}]")
        let placement = Placement(namespace: nil, createNamespace: false, tree: try MemoryTree([String: String]()))
        let objects = try await Preparation(placement: placement, key: key).prepare(Host.manifests(app))
        return objects.map(\.provisionalDigest)
    }
}
