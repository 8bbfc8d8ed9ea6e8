import Model
import Testing

@testable import HostTarget

struct RestartPolicyTests {
    @Test(arguments: [
        (ProcessSpec.Restart.never, true, RestartPolicy.Next.finish(succeeded: true)),
        (.never, false, .finish(succeeded: false)),
        (.onFailure, true, .finish(succeeded: true)),
        (.onFailure, false, .restart(after: .seconds(1))),
        (.always, true, .restart(after: .seconds(1))),
        (.always, false, .restart(after: .seconds(1))),
    ])
    func decides(_ restart: ProcessSpec.Restart, _ succeeded: Bool, _ next: RestartPolicy.Next) {
        var policy = RestartPolicy(restart)
        #expect(policy.ended(succeeded: succeeded, uptime: .seconds(1), wasReady: true) == next)
    }

    @Test func backsOffAndForgetsAfterAHealthyMinute() {
        var policy = RestartPolicy(.always)
        var delays: [Duration] = []
        for _ in 0..<9 {
            if case .restart(let delay) = policy.ended(succeeded: false, uptime: .seconds(1), wasReady: true) {
                delays.append(delay)
            }
        }
        #expect(delays == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
        #expect(policy.ended(succeeded: false, uptime: .seconds(61), wasReady: false) == .restart(after: .seconds(60)))
        #expect(policy.ended(succeeded: false, uptime: .seconds(61), wasReady: true) == .restart(after: .seconds(1)))
    }
}
