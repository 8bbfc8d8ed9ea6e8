import Model
import Testing

@Suite struct VersionRangeTests {
    /// In the order of semver.org, lowest first.
    static let ordered = [
        "0.9.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
        "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0-rc.1", "v2.0.0", "10.0.0",
        "18446744073709551615.0.0",
    ]

    @Test func ordersVersions() throws {
        let versions = try Self.ordered.map { try #require(SemanticVersion($0), "\($0)") }
        for (index, version) in versions.enumerated() {
            for other in versions[(index + 1)...] { #expect(version < other && !(other < version), "\(version) \(other)") }
        }
        #expect(VersionRange.newestFirst(Self.ordered.shuffled() + ["main", "v1"]) == Self.ordered.reversed())
    }

    @Test(arguments: [
        "", "v", "1", "1.2", "v1.2", "1.2.3.4", "01.2.3", "1.2.x", "1.2.3-", "1.2.3-a..b", "1.2.3-01", "1.2.3-ä", "1.2.3+",
        "vv1.2.3",
        "V1.2.3", "-1.2.3", "1.-2.3", "release-1.2.3", "app/v1.2.3", "18446744073709551616.0.0", " 1.2.3", "1.2.3\n", "１.2.3",
    ])
    func isNoVersion(_ text: String) { #expect(SemanticVersion(text) == nil) }

    static let tags = [
        "0.0.2", "0.0.3", "0.1.0", "0.2.3", "0.2.9", "0.3.0", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.2.3", "1.2.9", "1.3.0-beta.1",
        "1.3.0-beta.2", "1.4.5", "1.10.0", "2.0.0-rc.1", "2.0.0", "2.1.0", "3.0.0", "main", "v9",
    ]

    /// The tag that is taken, or nil for none. As Masterminds/semver 3, which Helm and Flux use, answers.
    static let cases: [(range: String, taken: String?)] = [
        ("1.2.3", "1.2.3"), ("=1.2.3", "1.2.3"), ("v1.2.3", "1.2.3"), ("= 1.2.3", "1.2.3"), ("1.2.4", nil),
        ("1.x", "1.10.0"), ("1.X.X", "1.10.0"), ("1.*", "1.10.0"), ("1", "1.10.0"), ("1.2", "1.2.9"), ("1.2.x", "1.2.9"),
        ("v1.x", "1.10.0"), ("*", "3.0.0"), ("x", "3.0.0"), ("4.x", nil),
        ("^1.2", "1.10.0"), ("^1.2.3", "1.10.0"), ("^1", "1.10.0"), ("^v1.2", "1.10.0"), ("^1.11", nil),
        ("^0.2.3", "0.2.9"), ("^0.2", "0.2.9"), ("^0", "0.3.0"), ("^0.0.2", "0.0.2"), ("^0.0", "0.0.3"), ("^*", "3.0.0"),
        ("~1.2.3", "1.2.9"), ("~1.2", "1.2.9"), ("~1", "1.10.0"), ("~> 1.2.3", "1.2.9"), ("~1.5", nil), ("~*", "3.0.0"),
        (">=1.0 <2", "1.10.0"), (">=1.0, <2", "1.10.0"), (">= 1.0 , < 2", "1.10.0"), (">=1.0,<2", "1.10.0"),
        ("=>1.0 =<1.4", "1.4.5"),
        (">2.0", "3.0.0"), (">2.0 <3", "2.1.0"), (">1 <3", "2.1.0"), (">3", nil), (">2", "3.0.0"), ("<1", "0.3.0"), ("<0.0.2", nil),
        ("<=1.2", "1.2.9"), ("<=1", "1.10.0"), ("<=1.2.3", "1.2.3"), ("!=3.0.0", "2.1.0"), ("!=3", "2.1.0"),
        ("!=3.x <2.1", "2.0.0"),
        ("1.2 - 1.4", "1.4.5"), ("1.2 - 1.4.0", "1.2.9"), ("v1.0.0 - v2", "2.1.0"), ("1.2.0 - 1.2.3", "1.2.3"),
        ("1.x || 2.x", "2.1.0"), ("2.x||1.x", "2.1.0"), ("4.x || ~0.2", "0.2.9"), ("1.2 - 1.3 || =0.0.2", "1.2.9"),
        ("1.3.0-beta.1", "1.3.0-beta.1"), ("~1.3.0-0", "1.3.0-beta.2"), (">=1.3.0-0 <1.4", "1.3.0-beta.2"),
        (">=2.0.0-0 <2.0.0", "2.0.0-rc.1"),
        ("^1.3.0-beta", "1.10.0"), ("~1.3", nil), ("1.3.x", nil), ("^1.0.0-0 <1.0.0", "1.0.0-rc.1"),
        (">=1.0.0-0 <1.0.0 || 1.2.x", "1.2.9"),
    ]

    @Test(arguments: cases) func takesTheHighest(range: String, taken: String?) throws {
        #expect(try VersionRange(range).highest(of: Self.tags.shuffled()) == taken)
        #expect(try VersionRange(range).description == range)
    }

    static let ties: [(tags: [String], taken: String)] = [
        (["1.2.3", "v1.2.3"], "v1.2.3"), (["1.2.3+build.2", "1.2.3+build.1", "1.2.3"], "1.2.3+build.2"),
        (["v1.2.3", "1.2.4"], "1.2.4"),
    ]

    @Test(arguments: ties) func decidesTies(tags: [String], taken: String) throws {
        let range = try VersionRange("1.x")
        #expect(range.highest(of: tags) == taken)
        #expect(range.highest(of: tags.reversed()) == taken)
    }

    @Test(arguments: [
        "", " ", "||", "1.x ||", "newest", ">", ">=", "1.2.3.4", "><1", "~~1", "1.2 -", "- 1.2", "1.2 - >1.4", "^1.2 - 1.4",
        "1,2,a",
        "1.x && 2.x", "1.2.3-", "01.x", String(repeating: "1.x || ", count: 300) + "1.x",
    ])
    func refuses(_ text: String) {
        let error = #expect(throws: PlumbError.self) { try VersionRange(text) }
        #expect(error?.code == .invalid)
    }
}
