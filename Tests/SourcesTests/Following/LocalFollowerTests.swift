import Model
import Sources
import TestSupport
import Testing

/// Repositories on this machine: no look is due for an hour, so whatever is told was noticed.
@Suite struct LocalFollowerTests {
    @Test(arguments: [true, false]) func noticesWhatChanges(bare: Bool) async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            let first = try await repository.commit(["a": "1"])
            try await scratch.running(bare ? repository.path : repository.work) { follower, reports async throws in
                try await reports.tell(.branch("main"), at: first)
                let second = try await repository.commit(["a": "2"])
                try await reports.tell(.branch("main"), at: second)
                #expect(try await follower.text("a") == "2")
                // Directories of references come and go.
                let branch = try await repository.commit(["a": "3"], branch: "feature/deep/x")
                try await reports.tell(.branch("feature/deep/x"), at: branch)
                let further = try await repository.commit(["a": "4"], branch: "feature/deep/x")
                try await reports.tell(.branch("feature/deep/x"), at: further)
                try await repository.tag("v1.0.0", message: "one")
                try await reports.tell(.semver(try VersionRange("1.x")), at: second)
                try await ProcessRunner.check(
                    "git", ["pack-refs", "--all", "--prune"], environment: TestRepository.environment,
                    in: bare ? repository.path : repository.work)
                let last = try await repository.commit(["a": "5"])
                try await reports.tell(.branch("main"), at: last)
                #expect(try await follower.text("a") == "5")
            }
        }
    }

    @Test func noticesThatTheDefaultBranchIsAnother() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            let other = try await scratch.repository.commit(["a": "2"], branch: "other")
            try await scratch.running { _, reports in
                try await eventually("the first report") { reports.all.isEmpty ? nil : () }
                try await ProcessRunner.check("git", ["symbolic-ref", "HEAD", "refs/heads/other"], in: scratch.repository.path)
                try await reports.tell(.head, at: other)
            }
        }
    }

    @Test func noticesALinkedWorkTree() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await scratch.repository.git("worktree", "add", "-q", "../linked", "-b", "linked")
            try await scratch.running("\(scratch.directory)/linked") { _, reports in
                try await eventually("the first report") { reports.all.isEmpty ? nil : () }
                let commit = try await scratch.repository.commit(["a": "2"])
                try await reports.tell(.branch("main"), at: commit)
            }
        }
    }

    @Test func noticesARepositoryThatComes() async throws {
        try await Scratch.with { scratch in
            let path = "\(scratch.directory)/later"
            try await scratch.running(path, interval: .milliseconds(200)) { follower, reports async throws in
                try await eventually("that there is none is told") {
                    reports.all.last?.look.error?.code == .repositoryNotFound ? () : nil
                }
                let commit = try await scratch.repository.commit(["a": "1"])
                try await ProcessRunner.check("cp", ["-r", scratch.repository.path, path])
                try await reports.tell(.branch("main"), at: commit)
                #expect(try await follower.text("a") == "1")
            }
        }
    }
}
