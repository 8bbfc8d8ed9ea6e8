import Logging
import Model

extension GitSource {
    /// In bytes of `git ls-remote`: some half a million references.
    private static let listSize = 32 << 20

    /// All branches and tags and the default branch, by one question to the server; with them those of `also` that are
    /// neither.
    ///
    /// Throws `repositoryNotFound`, `denied`, `hostKeyUnknown`, `hostKeyChanged`, `certificateNotTrusted`, `unreachable`,
    /// `timedOut`, `limit`. An empty repository is no error: its list is empty.
    package func references(also: [GitReference] = []) async throws -> ReferenceList {
        let open = try await opened()
        let others = also.filter { !ReferenceList.isListed($0) }.compactMap(\.names).flatMap { [$0.full, "\($0.full)^{}"] }
        let outcome = try await open.program.run(
            ["ls-remote", "--quiet", "--symref", url.description, "HEAD", "refs/heads/*", "refs/tags/*"] + others,
            limit: Self.listSize, deadline: limits.query)
        guard outcome.succeeded else { throw GitFailure(url: url.description).explain(outcome.errors) }
        let list = ReferenceList(outcome.output, of: url)
        if list != references, url.kind != .local {
            let directory = open.directory
            do { try await work.run { try directory.write(references: outcome.output) } } catch is CancellationError {
                throw CancellationError()
            } catch {
                Logger.current.notice(
                    "What a repository's references are could not be kept for the next start.",
                    metadata: ["repository": "\(url)", "error": "\(error)"])
            }
        }
        references = list
        return list
    }

    /// What `references` gave when the repository was last followed, perhaps by another process; nil where nothing is known.
    func rememberedReferences() async throws -> ReferenceList? {
        let directory = try await opened().directory
        guard let bytes = try await work.run({ directory.references }) else { return nil }
        let list = ReferenceList(bytes, of: url)
        references = references ?? list
        return list
    }
}
