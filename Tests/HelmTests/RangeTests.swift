import Model
import Template
import Testing

/// Versions of charts are chosen by `VersionRange`, and Helm's templates compare by `VersionConstraint`, which is held against Helm
/// itself: the two mean the same.
struct RangeTests {
    private static let ranges = [
        "*", "x", "1", "1.x", "1.2", "1.2.x", "1.2.3", "=1.2", "!=1.2", "!=1.2.3", "!=1.x", ">1", ">1.2", ">1.2.3", ">=1",
        ">=1.2.3",
        "<1", "<1.2", "<1.2.3", "<=1", "<=1.2", "<=1.2.3", "~1", "~1.2", "~1.2.3", "~0", "~0.0.3", "^1", "^1.2", "^1.2.3", "^0",
        "^0.0",
        "^0.2", "^0.2.3", "^0.0.3", ">=1.0 <2", ">=1.0, <2", "1.2 - 1.4", "1.2.3 - 2", "1.x || 3.x", ">=1.0.0-0", "^1.2.0-0",
        "~1.2.3-beta.2", "1.2.3-rc.1", ">=1.2.3-rc.1 <2", "!=1.2.3-rc.1", "<2.0.0-0", ">=1.0.0-0, !=1.2.3", "v1.2", "=>1.2",
        "=<1.2",
        "~>1.2", ">=1 !=1.2.3",
    ]
    private static let versions = [
        "0.0.0", "0.0.3", "0.0.4", "0.2.2", "0.2.3", "0.2.9", "0.3.0", "1.0.0", "1.1.9", "1.2.0", "1.2.3", "1.2.4", "1.3.0",
        "1.4.7",
        "1.5.0", "2.0.0", "2.1.0", "3.0.0", "3.1.2", "4.0.0", "1.2.3-alpha", "1.2.3-beta.2", "1.2.3-beta.11", "1.2.3-rc.1",
        "1.3.0-rc.1",
        "2.0.0-0", "2.0.0-rc.1", "1.2.3+build",
    ]

    @Test(arguments: ranges) func rangesMeanWhatHelmMeans(_ text: String) throws {
        let (ours, helms) = (try VersionRange(text), try #require(VersionConstraint(text)))
        for version in Self.versions {
            let (one, other) = (try #require(SemanticVersion(version)), try #require(HelmVersion(version)))
            #expect(ours.contains(one) == helms.accepts(other), "\(text) and \(version)")
        }
    }
}
