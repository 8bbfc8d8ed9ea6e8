import Model
import Subprocess
import Synchronization

/// Reads objects of one repository through one long-lived `git cat-file --batch`.
///
/// The process is started by the first question, let go after a while without one, ended with this value, and started
/// again when it died. Questions are answered one after another.
final class ObjectReader: Sendable {
    enum Object: Sendable {
        case found(id: String, type: String, bytes: [UInt8])
        /// `size` is over the limit; the content was not read.
        case tooLarge(id: String, size: Int)
        case missing
    }

    private let session: ReaderSession
    private let deadline: Duration

    init(_ program: GitProgram, directory: String, idle: Duration, deadline: Duration) {
        let arguments = ["--git-dir=\(directory)", "cat-file", "--batch"]
        session = ReaderSession(program: program, arguments: arguments, idle: idle)
        self.deadline = deadline
    }

    deinit { session.close() }

    func close() { session.close() }

    /// The object that `name` leads to: an object id, or `<id>^{commit}`. `limit` in bytes.
    ///
    /// Throws `storeDamaged` when Git dies twice over the same question, `timedOut`.
    func object(_ name: String, limit: Int) async throws -> Object {
        do {
            return try await ask(name, limit)
        } catch is ReaderSession.Ended {
            // Killed from outside, most likely; a question that kills it itself does so again.
            do { return try await ask(name, limit) } catch let ended as ReaderSession.Ended {
                throw PlumbError(
                    .storeDamaged, "git cat-file ended while it read \(name): \(ended.reason)", remedy: "The copy is fetched anew.")
            }
        }
    }

    private func ask(_ name: String, _ limit: Int) async throws -> Object {
        let question = try session.ask(name, limit: limit)
        let late: @Sendable () -> any Error = { [session, deadline] in
            session.abandon(question)
            return PlumbError(.timedOut, "git cat-file did not answer within \(deadline.components.seconds) seconds.")
        }
        return try await withDeadline(deadline, orThrow: late) { try await question.answer.value }
    }
}
