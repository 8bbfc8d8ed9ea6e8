package import Model
import Synchronization

/// Another tree, and a note of everything that was asked of it.
package struct RecordingTree: FileTree {
    /// The other one, for whoever reads all of it and says so.
    let tree: any FileTree
    private let inputs = InputLog()

    package init(_ tree: any FileTree) { self.tree = tree }

    /// What every path that was asked for gave, nil for nothing; nil where some of it changed meanwhile, or cannot be known again.
    package var record: [TreePath: TreeFingerprint?]? { inputs.record }

    package func entry(at path: TreePath) async throws -> TreeEntry? { try await noting(path) { try await tree.entry(at: path) } }
    /// By the symlink's own name: what it leads to is noted when that is asked for.
    package func symlink(at path: TreePath) async throws -> String? {
        inputs.spoil()
        return try await tree.symlink(at: path)
    }

    package func list(_ path: TreePath) async throws -> [String] { try await noting(path) { try await tree.list(path) } }
    package func read(_ path: TreePath) async throws -> [UInt8] { try await noting(path) { try await tree.read(path) } }

    package func fingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        try await noting(path) { try await tree.fingerprint(at: path) }
    }

    package func subtreeFingerprint(at path: TreePath) async throws -> TreeFingerprint? {
        inputs.spoil()
        return try await tree.subtreeFingerprint(at: path)
    }

    /// A directory on disk may change under its reader: only what is the same before and after is known to be what was read.
    private func noting<Answer>(_ path: TreePath, _ ask: () async throws -> Answer) async throws -> Answer {
        if !inputs.has(path) { await note(path) }
        let answer = try await ask()
        await note(path)
        return answer
    }

    private func note(_ path: TreePath) async {
        // What the reader asks for fails in the same way, or does not need it.
        do { inputs.note(path, try await tree.fingerprint(at: path)) } catch { inputs.spoil() }
    }
}

private final class InputLog: Sendable {
    private enum State {
        case noting([TreePath: TreeFingerprint?])
        case spoilt
    }

    private let state = Mutex(State.noting([:]))

    var record: [TreePath: TreeFingerprint?]? {
        state.withLock { if case .noting(let inputs) = $0 { inputs } else { nil } }
    }

    func has(_ path: TreePath) -> Bool { record?[path] != nil }

    func note(_ path: TreePath, _ print: TreeFingerprint?) {
        state.withLock { state in
            guard case .noting(var inputs) = state else { return }
            state = .spoilt
            if let known = inputs[path], known != print { return }
            inputs.updateValue(print, forKey: path)
            state = .noting(inputs)
        }
    }

    func spoil() { state.withLock { $0 = .spoilt } }
}
