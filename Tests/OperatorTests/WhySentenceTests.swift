import Manifests
import Model
import Testing

@testable import Operator

/// What happens next is said of every way in which an application stands still.
struct WhySentenceTests {
    private static let digest = Digest(bytes: [1])

    @Test(
        arguments: [
            (.approval, "2 wait", "; look with `plumb describe application shop`, then `plumb approve shop --plan \(digest)`."),
            (.suspended, "by Ann", "; `plumb resume shop` lets it go on."),
            (.suspended, Decision.observation, "; an operator that is started without --observe goes on."),
            (.rollback, "back to a", "; `plumb resume shop` goes back to the newest revision now."),
            (.dependency, "it waits for db", "; it goes on by itself."), (.target, "another cluster", "."),
        ] as [(Hold.Reason, String, String)])
    func `a hold says what lifts it`(reason: Hold.Reason, message: String, end: String) {
        var status = ApplicationStatus(name: "shop")
        status.hold = Hold(reason: reason, message: message, plan: reason == .approval ? Self.digest : nil, since: "then")
        let why = WhySentence.text(of: status, unreadable: nil, retryIn: nil, healthyIn: nil)
        #expect(why == "shop is held since then: \(message)\(end)")
    }
}
