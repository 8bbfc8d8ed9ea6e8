import Manifests
import Model
import Testing

/// Which revision of its release a chart is.
@Suite struct ReleaseRevisionTests {
    private static func inputs(_ text: String) -> Digest { Digest(bytes: Array(text.utf8)) }
    private static func inventory(_ releases: [(Int, String)], isSynced: Bool = true) -> Inventory {
        var inventory = Inventory(identity: ApplicationIdentity(installation: "i", name: "shop"))
        inventory.releases = releases.map { ReleaseRevision(number: $0, inputs: inputs($1)) }
        if isSynced { inventory.synced = Inventory.SyncedRecord(renderedDigest: Digest(bytes: [1]), revision: "r") }
        return inventory
    }

    static let numbers: [(releases: [(Int, String)], isSynced: Bool, expected: Int?)] = [
        ([], false, nil),
        // Applied when the chart did not tell its revisions apart.
        ([], true, 2),
        ([(1, "a")], true, 1),
        ([(1, "b")], true, 2),
        ([(1, "a"), (2, "b")], true, 1),
        ([(1, "b"), (2, "c")], true, 3),
        // The name is new, and what it takes over has been installed.
        ([(4, "b")], false, 5),
    ]

    @Test(arguments: numbers) func `the number is of the inputs, and not of the tries`(
        releases: [(Int, String)], isSynced: Bool, expected: Int?
    ) {
        #expect(Self.inventory(releases, isSynced: isSynced).releaseNumber(of: Self.inputs("a")) == expected)
    }

    @Test func `only so many are remembered, and the newest is the last`() {
        var inventory = Self.inventory([])
        for number in 1...15 { inventory.remember(ReleaseRevision(number: number, inputs: Self.inputs("\(number)"))) }
        inventory.remember(ReleaseRevision(number: 8, inputs: Self.inputs("8")))
        #expect(inventory.releases.map(\.number) == Array(6...15))
        #expect(inventory.releaseNumber(of: Self.inputs("8")) == 8)
        #expect(inventory.releaseNumber(of: Self.inputs("new")) == 16)
    }
}
