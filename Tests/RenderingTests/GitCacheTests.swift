import Model
import Sources
import TestSupport
import Testing

@testable import Rendering

/// The cache over commits, where unchanged directories are known by their ids, and symlinks lead across them.
struct GitCacheTests {
    @Test(arguments: 0..<2)
    func theCacheNeverShows(_ seed: UInt64) async throws {
        try await TemporaryDirectory.with("cache") { directory in
            let repository = try await TestRepository.create(in: directory)
            let source = try GitSource(
                url: try GitURL(repository.path), credentials: .none, store: "\(directory)/store", limits: GitLimits())
            var random = TreeGenerator(state: seed)
            let cache = RenderCache()
            var reused = 0
            try await ProcessRunner.check("mkdir", ["-p", "\(repository.work)/a/c", "\(repository.work)/b"])
            // What is in one directory by its name is in another by its content.
            try await ProcessRunner.check("ln", ["-s", "../b/x.yaml", "\(repository.work)/a/link.yaml"])
            try await ProcessRunner.check("ln", ["-s", "../../b", "\(repository.work)/a/c/linked"])
            var files: [String: String] = [:]
            for round in 0..<25 {
                let old = files
                RandomTree.edit(&files, &random)
                for path in old.keys where files[path] == nil {
                    try await ProcessRunner.check("rm", ["\(repository.work)/\(path)"])
                }
                try await repository.commit(files.merging(["round": "\(round)"]) { $1 })
                let tree = try await source.snapshot(at: try await source.resolve(.head)).tree
                for path in RandomTree.directories {
                    let app = Application.Source(path: path)
                    let fresh = await outcome { try await Rendering.manifests(of: app, in: tree) }
                    let cached = await outcome {
                        let result = try await cache.manifests(of: app, in: tree)
                        if !result.isFresh { reused += 1 }
                        return result.manifests
                    }
                    #expect(cached == fresh)
                }
            }
            #expect(reused > 0)
            await source.close()
        }
    }
}
