import Model
import Subprocess
import Synchronization

/// The life of the process behind an `ObjectReader`, shared between the reader and the task that owns the process. The
/// task holds this and not the reader, so that a reader nobody uses any more ends its process.
final class ReaderSession: Sendable {
    /// The process is no more, and the question was not answered.
    struct Ended: Error {
        let reason: String
    }

    struct Question: Sendable {
        let name: String
        let limit: Int
        let generation: Int
        let answer = Answer<ObjectReader.Object>()
    }

    private struct Running {
        let generation: Int
        let questions: AsyncStream<Question>.Continuation
        let task: Task<Void, Never>
        var open: [ObjectIdentifier: Question] = [:]
        var lastUse = ContinuousClock.now
    }

    private struct State {
        var generation = 0
        var running: Running?
        var isClosed = false
    }

    private let program: GitProgram
    private let arguments: [String]
    private let idle: Duration
    private let state = Mutex(State())

    init(program: GitProgram, arguments: [String], idle: Duration) {
        self.program = program
        self.arguments = arguments
        self.idle = idle
    }

    /// Starts the process where there is none. Throws `CancellationError` after `close`.
    func ask(_ name: String, limit: Int) throws -> Question {
        try state.withLock { state in
            guard !state.isClosed else { throw CancellationError() }
            if state.running == nil { start(&state) }
            let question = Question(name: name, limit: limit, generation: state.generation)
            state.running?.open[ObjectIdentifier(question.answer)] = question
            state.running?.lastUse = .now
            state.running?.questions.yield(question)
            return question
        }
    }

    /// Gives up on a question that is not answered: the process cannot be trusted to be in step any more.
    func abandon(_ question: Question) { end(question.generation, reason: "it did not answer", cancelling: true) }

    func close() {
        let generation = state.withLock { state in
            state.isClosed = true
            return state.generation
        }
        end(generation, reason: "it was closed", cancelling: true)
    }

    private func start(_ state: inout State) {
        state.generation += 1
        let generation = state.generation
        let (stream, continuation) = AsyncStream<Question>.makeStream()
        let task = Task { [self] in
            let reason = await serve(stream, generation)
            end(generation, reason: reason, cancelling: false)
        }
        state.running = Running(generation: generation, questions: continuation, task: task)
    }

    /// Ends one generation, if it is still the running one, and fails what it has not answered.
    private func end(_ generation: Int, reason: String, cancelling: Bool) {
        let ended: Running? = state.withLock { state in
            guard state.running?.generation == generation else { return nil }
            defer { state.running = nil }
            return state.running
        }
        ended?.questions.finish()
        if cancelling { ended?.task.cancel() }
        ended?.open.values.forEach { $0.answer.give(.failure(Ended(reason: reason))) }
    }

    private func answer(_ question: Question, _ object: ObjectReader.Object) {
        state.withLock { state in
            state.running?.open[ObjectIdentifier(question.answer)] = nil
            state.running?.lastUse = .now
        }
        question.answer.give(.success(object))
    }

    /// Runs the process until there is nothing more to ask of it; returns why it ended.
    private func serve(_ questions: AsyncStream<Question>, _ generation: Int) async -> String {
        GitProgram.ignoreBrokenPipes
        do {
            let result = try await Subprocess.run(
                program.configuration(arguments), input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                async let errors = GitProgram.tail(of: execution.standardError)
                async let _: Void = endWhenIdle(generation)
                var replies = BatchReplies(execution.standardOutput)
                for await question in questions {
                    let line = Array("\(question.name)\n".utf8)
                    guard try await execution.standardInputWriter.write(line) == line.count,
                        let object = try await replies.next(limit: question.limit)
                    else { break }
                    answer(question, object)
                    // Its content would have to be read to get past it; and until it is, Git does not end by itself.
                    if case .tooLarge = object { throw Ended(reason: "it had more to say than is read") }
                }
                try await execution.standardInputWriter.finish()
                return await errors
            }
            return program.redactor("status \(GitProgram.status(result.terminationStatus)). \(result.closureResult)")
        } catch {
            return program.redactor("\(error)")
        }
    }

    /// Finishes the stream of questions when none came for a while.
    private func endWhenIdle(_ generation: Int) async {
        while true {
            let last = state.withLock { state in state.running?.generation == generation ? state.running?.lastUse : nil }
            guard let last else { return }
            let due = last.advanced(by: idle)
            if due <= .now {
                let isQuiet = state.withLock { state in state.running?.open.isEmpty ?? true }
                if isQuiet { return end(generation, reason: "it was idle", cancelling: false) }
            }
            do { try await Task.sleep(until: max(due, ContinuousClock.now.advanced(by: idle / 10)), clock: .continuous) } catch {
                return
            }
        }
    }
}
