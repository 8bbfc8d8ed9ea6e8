import Model
import Sources
import TestSupport

/// A repository of a test, and sources that read it, closed at the end.
struct Scratch: Sendable {
    let directory: String
    let repository: TestRepository

    static func with<Success>(_ body: (Scratch) async throws -> Success) async throws -> Success {
        try await TemporaryDirectory.with("sources") { directory in
            try await body(Scratch(directory: directory, repository: try await TestRepository.create(in: directory)))
        }
    }

    /// A source for `url` (the repository itself where none is given), for the length of `body`.
    func source<Success>(
        _ url: String? = nil, _ credentials: GitCredentials = .none, trusting keys: [SigningKey] = [],
        limits: GitLimits = GitLimits(), store: String = "store", _ body: (GitSource) async throws -> Success
    ) async throws -> Success {
        let source = try GitSource(
            url: try GitURL(url ?? repository.path), credentials: credentials, trusting: keys, store: "\(directory)/\(store)",
            limits: limits)
        do {
            let result = try await body(source)
            await source.close()
            return result
        } catch {
            await source.close()
            throw error
        }
    }

    /// The tree of a reference's commit now.
    func tree<Success>(
        _ url: String? = nil, _ reference: GitReference = .head, store: String = "store",
        _ body: (any FileTree) async throws -> Success
    ) async throws -> Success {
        try await source(url, store: store) { source in
            try await body(try await source.snapshot(at: try await source.resolve(reference)).tree)
        }
    }
}

extension FileTree {
    func text(_ path: String) async throws -> String { String(decoding: try await read(try TreePath(path)), as: UTF8.self) }
    func entry(_ path: String) async throws -> TreeEntry? { try await entry(at: try TreePath(path)) }
    func list(_ path: String) async throws -> [String] { try await list(try TreePath(path)) }
}

/// The error that `body` throws, or nil.
func failure(of body: () async throws -> Void) async -> PlumbError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PlumbError
    }
}
