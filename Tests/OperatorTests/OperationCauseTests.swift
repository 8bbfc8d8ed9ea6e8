import Manifests
import Model
import Testing

@testable import Operator

/// Why something was done, as history and the rules for waiting go by it.
@Suite struct OperationCauseTests {
    private static func plan(_ causes: [Model.Operation.Cause]) -> Plan {
        let operations = causes.enumerated().map { index, cause in
            Model.Operation(
                .update, ResourceKey(group: "", kind: "ConfigMap", namespace: "s", name: "\(index)"), cause: cause,
                order: .init(phase: .sync, wave: 0, tier: 0, rank: 0))
        }
        return Plan(
            identity: ApplicationIdentity(installation: "i", name: "shop"), revision: "r", renderedDigest: Digest(bytes: [1]),
            operations: operations, forgotten: [:], isTransition: true)
    }

    typealias Case = (
        causes: [Model.Operation.Cause], asked: OperationRecord.Cause, isRepair: Bool, expected: OperationRecord.Cause
    )

    static let cases: [Case] = [
        ([.new, .changed], .revision, false, .revision),
        ([.drift], .revision, false, .drift),
        ([.drift, .changed], .manual, false, .manual),
        // After a restart the first look is one at the target.
        ([.new], .drift, false, .revision),
        ([.drift, .removed], .drift, false, .revision),
        ([.drift], .drift, false, .drift),
        ([.drift], .manual, true, .drift),
        ([], .drift, true, .drift),
        ([], .retry, false, .retry),
    ]

    @Test(arguments: cases.indices) func `a cause is that of what is done`(index: Int) {
        let test = Self.cases[index]
        #expect(OperationRecord.Cause.of(Self.plan(test.causes), asked: test.asked, isRepair: test.isRepair) == test.expected)
    }
}
