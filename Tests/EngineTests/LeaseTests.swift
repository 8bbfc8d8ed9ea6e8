import Model
import Testing

@testable import Engine

@Suite struct LeaseTests {
    static let own = LeaseHolder.thisProcess()
    static let elsewhere = "another-host/boot/1/2/nonce"

    /// The holder of a process of this machine that no longer runs: no process has this number.
    static var dead: String {
        var parts = own.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts[2] = "2000000000"
        return parts.joined(separator: "/")
    }

    /// The same process number, taken by a process that was started later.
    static var reused: String {
        var parts = own.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts[3] += "1"
        return parts.joined(separator: "/")
    }

    static let cases: [(what: String, lease: Inventory.Lease?, isHeldOff: Bool)] = [
        ("nobody's", nil, false),
        ("its own", Inventory.Lease(holder: own.text, until: 200), false),
        ("another machine's", Inventory.Lease(holder: elsewhere, until: 200), true),
        ("another machine's, expired", Inventory.Lease(holder: elsewhere, until: 100), false),
        ("a dead process's", Inventory.Lease(holder: dead, until: 200), false),
        ("a process's whose number was taken again", Inventory.Lease(holder: reused, until: 200), false),
        ("one that cannot be read", Inventory.Lease(holder: "somebody", until: 200), true),
    ]

    @Test(arguments: cases) func holdsOff(_ what: String, lease: Inventory.Lease?, isHeldOff: Bool) {
        #expect(Self.own.isHeldOff(by: lease, now: 100) == isHeldOff)
    }
}
