import Model
import Sources
import TestSupport
import Testing

/// What a copy costs a process that lives long.
@Suite struct LongFollowingTests {
    @Test(arguments: [true, false]) func aCopyStaysSmall(partial: Bool) async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            try await repository.configure("uploadpack.allowFilter", "\(partial)")
            // Random text: what is let go of shows in the size.
            let history = """
                for n in $(seq 1 240); do head -c 30000 /dev/urandom | base64 > d/big; echo $n > d/a; git commit -qam $n
                git update-ref refs/heads/n/$n HEAD; done; git push -q origin 'refs/heads/n/*'
                """
            let first = try await repository.commit(["d/a": "0", "d/big": "", "other/b": "b"])
            try await ProcessRunner.check(
                "sh", ["-c", history], environment: TestRepository.environment, in: repository.work, timeout: .seconds(300))
            try await scratch.follower("file://\(repository.path)") { follower async throws in
                let held = try await follower.snapshot(at: Revision(name: nil, digest: try Revision.Digest(first)))
                #expect(try await held.tree.text("other/b") == "b")
                var largest = 0
                let references = try #require(await follower.look().references)
                for number in 1...240 {
                    let snapshot = try await follower.snapshot(at: try references.revision(of: .branch("n/\(number)")))
                    #expect(try await snapshot.tree.text("d/a") == "\(number)\n")
                    if number > 60, number % 10 == 0 { largest = max(largest, try await Self.kilobytes(scratch)) }
                }
                // 240 commits are more than 7 MB; at most some 60 are there at once.
                #expect(largest < 4500, "\(largest) kB")
                #expect(try await held.tree.text("d/a") == "0", "what is held stays")
                #expect(try await follower.text("d/a", at: .branch("n/5")) == "5\n", "what was let go of comes again")
                let broken = try await ProcessRunner.run(
                    "sh", ["-c", "git --git-dir=$(echo store/*/repository.git) fsck --connectivity-only 2>&1"],
                    in: scratch.directory)
                #expect(broken.succeeded, "\(broken.stdout)")
            }
        }
    }

    private static func kilobytes(_ scratch: Scratch) async throws -> Int {
        let output = try await ProcessRunner.run("sh", ["-c", "du -sk store/*/repository.git"], in: scratch.directory).stdout
        return try #require(Int(output.prefix { $0.isNumber }))
    }
}
