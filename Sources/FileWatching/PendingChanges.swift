import Model
import Synchronization

/// What changed and was not told yet; bounded, however slowly it is taken.
final class PendingChanges: Sendable {
    private enum State {
        case nothing
        case some(FileWatcher.Change)
        case failed(PlumbError)
    }

    /// Paths that are told one by one; more become `everything`.
    static let limit = 20_000

    /// An element whenever there is something to take.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let state = Mutex(State.nothing)

    init() { (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func add(_ change: FileWatcher.Change) {
        if change == .paths([]) { return }
        state.withLock { state in
            switch (state, change) {
            case (.failed, _), (.some(.everything), _): break
            case (.some(.paths(let known)), .paths(let new)):
                let all = known.union(new)
                state = .some(all.count > Self.limit ? .everything : .paths(all))
            default: state = .some(change)
            }
        }
        signal.yield()
    }

    /// Nothing can be noticed any more: whoever takes next gets the error.
    func fail(_ error: PlumbError) {
        state.withLock { $0 = .failed(error) }
        signal.yield()
    }

    /// nil where nothing changed since the last call.
    func take() throws -> FileWatcher.Change? {
        try state.withLock { state in
            switch state {
            case .nothing: return nil
            case .failed(let error): throw error
            case .some(let change):
                state = .nothing
                return change
            }
        }
    }
}
