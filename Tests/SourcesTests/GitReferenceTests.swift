import Model
import Sources
import TestSupport
import Testing

@Suite struct GitReferenceTests {
    @Test func findsWhatAReferenceLeadsTo() async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            let first = try await repository.commit(["a": "1"])
            try await repository.tag("light")
            try await repository.tag("annotated", message: "first")
            let second = try await repository.commit(["a": "2"])
            let other = try await repository.commit(["a": "3"], branch: "feature/x")
            let cases: [(GitReference, String)] = [
                (.head, "main@sha1:\(second)"), (.branch("main"), "main@sha1:\(second)"),
                (.branch("feature/x"), "feature/x@sha1:\(other)"),
                (.tag("light"), "light@sha1:\(first)"), (.tag("annotated"), "annotated@sha1:\(first)"),
                (.ref("refs/heads/main"), "refs/heads/main@sha1:\(second)"), (.commit(try Revision.Digest(first)), "sha1:\(first)"),
            ]
            try await scratch.source { source in
                for (reference, expected) in cases {
                    let revision = try await source.resolve(reference)
                    #expect(revision.description == expected)
                    let text = try await source.snapshot(at: revision).tree.text("a")
                    #expect(text == [first: "1", second: "2", other: "3"][revision.digest.hex], "\(reference)")
                }
            }
        }
    }

    @Test func tellsWhoCommittedWhatAndWhen() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"], message: "\n\n  Räume auf  \n\nbecause", author: "Zoë  <z@example.com>")
            try await scratch.source("file://\(scratch.repository.path)") { source in
                let commit = try await source.snapshot(at: try await source.resolve()).revision.commit
                let time = try await scratch.repository.git("log", "-1", "--format=%ct")
                #expect(commit?.author == "Zoë")
                #expect(commit?.message == "Räume auf")
                #expect(commit.map { "\($0.time)\n" } == time)
            }
        }
    }

    @Test func saysWhichBranchesThereAre() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            for number in 1...6 { try await scratch.repository.branch("b\(number)") }
            try await scratch.source { source in
                let error = await failure { _ = try await source.resolve(.branch("gone")) }
                #expect(error?.code == .referenceNotFound)
                #expect(error?.message.contains(#"branch "gone""#) == true)
                #expect(error?.message.contains("b1, b2, b3, b4, b5, and 2 more") == true, "\(error as Any)")
                #expect(await failure { _ = try await source.resolve(.tag("v9")) }?.message.contains("It has no tag.") == true)
            }
        }
    }

    @Test func takesTheHighestTagOfARange() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await scratch.source { source in
                let range = GitReference.semver(try VersionRange("1.x"))
                let none = await failure { _ = try await source.resolve(range) }
                #expect(
                    none?.message.contains(#"No tag of"#) == true && none?.message.contains("It has no tag.") == true,
                    "\(none as Any)")
                try await scratch.repository.tag("latest")
                #expect(
                    await failure { _ = try await source.resolve(range) }?.message.contains("None of its tags is a version") == true
                )
                for tag in ["v0.9.0", "v2.0.0", "v2.1.0-rc.1"] { try await scratch.repository.tag(tag) }
                let others = await failure { _ = try await source.resolve(range) }
                #expect(others?.code == .referenceNotFound)
                #expect(
                    others?.message.contains(#"the range "1.x". Its newest are v2.1.0-rc.1, v2.0.0, v0.9.0."#) == true,
                    "\(others as Any)")
                try await scratch.repository.tag("v1.9.0", message: "annotated")
                let commit = try await scratch.repository.commit(["a": "2"])
                try await scratch.repository.tag("v1.10.0", message: "annotated")
                try await scratch.repository.commit(["a": "3"])
                try await scratch.repository.tag("v1.11.0-beta")
                #expect(try await source.resolve(range).description == "v1.10.0@sha1:\(commit)")
            }
        }
    }

    @Test(arguments: [GitReference.head, .branch("main")]) func saysThatARepositoryIsEmpty(reference: GitReference) async throws {
        try await Scratch.with { scratch in
            try await scratch.source { source in
                let error = await failure { _ = try await source.resolve(reference) }
                #expect(error?.code == .emptyRepository)
            }
        }
    }

    @Test func saysThatTheDefaultBranchHasNoCommit() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"], branch: "other")
            try await scratch.source { source in
                let error = await failure { _ = try await source.resolve() }
                #expect(error?.code == .referenceNotFound)
                #expect(error?.message.contains("default branch") == true)
                #expect(error?.message.contains("other") == true)
            }
        }
    }

    @Test(arguments: ["", "file://"]) func saysThatACommitIsNotThere(scheme: String) async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await scratch.source(scheme + scratch.repository.path) { source in
                let missing = Revision(name: nil, digest: try Revision.Digest(String(repeating: "1", count: 40)))
                #expect(await failure { _ = try await source.snapshot(at: missing) }?.code == .referenceNotFound)
                let tree = try await source.snapshot(at: try await source.resolve()).tree
                #expect(try await tree.text("a") == "1")
            }
        }
    }

    @Test(arguments: ["", "file://"]) func tellsARewindFromAStepForward(scheme: String) async throws {
        try await Scratch.with { scratch in
            let repository = scratch.repository
            var commits: [Revision] = []
            for number in 0..<3 {
                commits.append(Revision(name: "main", digest: try Revision.Digest(try await repository.commit(["a": "\(number)"]))))
            }
            try await repository.rewind(to: commits[0].digest.hex)
            let aside = Revision(name: "main", digest: try Revision.Digest(try await repository.commit(["a": "aside"])))
            try await scratch.source(scheme + repository.path) { source in
                _ = try await source.snapshot(at: aside)
                #expect(try await source.isAncestor(commits[0], of: aside))
                #expect(try await source.isAncestor(aside, of: aside))
                #expect(try await !source.isAncestor(commits[2], of: aside))
                #expect(try await !source.isAncestor(aside, of: commits[0]))
                let unknown = Revision(name: nil, digest: try Revision.Digest(String(repeating: "1", count: 40)))
                #expect(try await !source.isAncestor(unknown, of: aside))
            }
        }
    }

    @Test func readsALinkedWorkTreeAndSHA256() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["a": "1"])
            try await scratch.repository.git("worktree", "add", "-q", "../linked", "-b", "linked")
            try await scratch.tree("\(scratch.directory)/linked") { tree in
                let text = try await tree.text("a")
                #expect(text == "1")
            }

            let wide = "\(scratch.directory)/wide"
            try await ProcessRunner.check(
                "sh",
                [
                    "-c",
                    "git init -q -b main --object-format=sha256 wide && cd wide && echo 1 > a && git add a && git commit -qm 1",
                ],
                environment: TestRepository.environment, in: scratch.directory)
            for url in [wide, "file://\(wide)"] {
                try await scratch.source(url) { source in
                    let snapshot = try await source.snapshot(at: try await source.resolve())
                    #expect(snapshot.revision.digest.algorithm == .sha256)
                    #expect(try await snapshot.tree.text("a") == "1\n")
                }
            }
        }
    }
}
