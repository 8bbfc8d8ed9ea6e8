import Manifests
import Model
import OperatorTestSupport
import Testing

@testable import Commands

/// The words of tables, one line a case.
@Suite struct StatusTextTests {
    @Test(arguments: [
        (0, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h"), (172_799, "47h"), (172_800, "2d"), (8_640_000, "100d"),
        (-5, "0s"),
    ])
    func ages(_ seconds: Int, _ text: String) {
        let start = TimeText.parse(Scripted.time) ?? .zero
        #expect(AgeText.text(since: Scripted.time, now: start + .seconds(seconds)) == text)
    }

    @Test(arguments: [nil, "", "yesterday"] as [String?])
    func noAge(_ time: String?) { #expect(AgeText.text(since: time, now: Scripted.now) == "-") }

    @Test(arguments: [
        (Scripted.revision, "0123456"), (Scripted.revision + "-dirty", "0123456*"), ("sha256:abcdef0123456789", "abcdef0"),
        (nil, "-"),
        ("r42", "r42"),
        ("podinfo-6.5.4@sha256:" + String(repeating: "0b", count: 32), "podinfo-6.5.4"),
        ("my-app-1.0.0-rc.1+build@sha256:" + String(repeating: "0b", count: 32), "my-app-1.0.0-rc.1+build"),
        ("main-2@sha256:" + String(repeating: "0b", count: 32), "0b0b0b0"),
    ])
    func shortRevisions(_ revision: String?, _ text: String) { #expect(StatusText.shortRevision(revision) == text) }

    @Test(
        arguments: [
            (["path": "/a", "old": "1", "new": "2", "manager": "ada"], "/a: 1 → 2 (ada)"),
            (["path": "/a", "new": "2", "manager": "unknown"], "/a: + 2"), (["path": "/a", "old": "1"], "/a: - 1"),
            (["path": "/a"], "/a: changed"), ([:], nil),
        ] as [(Value, String?)])
    func changes(_ value: Value, _ text: String?) { #expect(StatusText.change(value) == text) }

    @Test(arguments: [
        ("short", 10, "short"), ("exactly10!", 10, "exactly10!"), ("longer than ten", 10, "longer th…"), ("two\nlines", 10, "two"),
        ("", 10, ""),
    ])
    func clipping(_ text: String, _ length: Int, _ clipped: String) { #expect(StatusText.clipped(text, length) == clipped) }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isProblem: Bool
        let change: @Sendable (inout ApplicationStatus) -> Void
    }

    @Test(arguments: [
        Case(testDescription: "as declared", isProblem: false) { _ in },
        Case(testDescription: "rolling out", isProblem: false) { $0.health = Health(.progressing) },
        Case(testDescription: "out of sync", isProblem: true) { $0.sync = .outOfSync },
        Case(testDescription: "unknown", isProblem: true) { $0.sync = .unknown },
        Case(testDescription: "degraded", isProblem: true) { $0.health = Health(.degraded) },
        Case(testDescription: "missing", isProblem: true) { $0.health = Health(.missing) },
        Case(testDescription: "held", isProblem: true) { $0.hold = Hold(reason: .window, message: "", since: "") },
        Case(testDescription: "orphan", isProblem: true) { $0.isOrphan = true },
        Case(testDescription: "failed", isProblem: true) { $0.operation?.phase = .failed },
    ])
    func problems(_ problem: Case) {
        var status = Scripted.healthy("shop")
        problem.change(&status)
        #expect(StatusText.isProblem(status.value) == problem.isProblem)
    }

    @Test func aTableOfHealthyApplicationsFits80Columns() {
        let items = ["cert-manager", "podinfo", "payments-production"].map { Scripted.healthy($0).value }
        let lines = ListTables.applications(items, now: Scripted.now).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.last == "payments-production   Synced   Healthy   0123456    kubernetes   2m")
    }

    @Test func aRemarkNeedsNoColumn() {
        var table = Table(header: ["A", "B"])
        table.rows = [["1", "2"], ["  a long remark on the row above"], ["3", "4"]]
        #expect(table.text == "A   B\n1   2\n  a long remark on the row above\n3   4")
    }
}
