import Model
import Sources
import TestSupport
import Testing

@Suite struct DirectoryTests {
    @Test func refusesWhatIsNotAFile() async throws {
        try await TemporaryDirectory.with { directory in
            try await ProcessRunner.check("mkfifo", ["\(directory)/pipe"])
            let tree = try await DirectoryTree(directory)
            let error = await failure { _ = try await tree.text("pipe") }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("pipe") == true)
        }
    }

    @Test func refusesNamesThatAreNotText() async throws {
        try await TemporaryDirectory.with { directory in
            try await ProcessRunner.check("sh", ["-c", #"touch "$(printf 'bad\377name')""#], in: directory)
            let tree = try await DirectoryTree(directory)
            let error = await failure { _ = try await tree.list(".") }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("bad") == true)
        }
    }

    @Test func namesTheDirectoryThatIsMissing() async throws {
        let error = await failure { _ = try await DirectoryTree("/nowhere/at all") }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("/nowhere/at all") == true)
    }

    @Test func digestNamesTheContent() async throws {
        try await TemporaryDirectory.with { directory in
            func digest(_ name: String, _ files: [String: String], _ command: String = "true") async throws -> Revision.Digest {
                try Files.write(files, to: "\(directory)/\(name)")
                try await ProcessRunner.check("sh", ["-c", command], in: "\(directory)/\(name)")
                return try await DirectorySource.revision(root: "\(directory)/\(name)").digest
            }
            let files = ["a": "1", "b/c": "2"]
            let first = try await digest("first", files)
            #expect(try await digest("same", files, "touch -d 2001-01-01 a") == first)
            for (name, other, command) in [
                ("text", ["a": "2", "b/c": "2"], "true"), ("name", ["a": "1", "b/d": "2"], "true"),
                ("moved", ["a": "1", "c": "2"], "true"),
                ("mode", files, "chmod +x a"), ("link", files, "ln -s a d"),
            ] {
                #expect(try await digest(name, other, command) != first, "\(name)")
            }
            #expect(try await DirectorySource.revision(root: "\(directory)/first").name == "directory")
        }
    }

    @Test func revisionOfAWorkTreeIsItsCommit() async throws {
        try await Scratch.with { scratch in
            let commit = try await scratch.repository.commit(["a": "1"], message: "Say one\n\nand why")
            let clean = try await DirectorySource.revision(root: scratch.repository.work)
            #expect(clean.description == "main@sha1:\(commit)")
            #expect(clean.commit?.message == "Say one")
            #expect(clean.commit?.author == "Tess Ting")
            try Files.write("2", to: "\(scratch.repository.work)/b")
            let modified = try await DirectorySource.revision(root: scratch.repository.work)
            #expect(modified.description == "main@sha1:\(commit)-dirty")
        }
    }
}

@Suite struct SourceLocationTests {
    @Test func aDirectoryBelongsToItsWorkTree() async throws {
        try await Scratch.with { scratch in
            try await scratch.repository.commit(["apps/web/a": "1"])
            let work = scratch.repository.work
            let inside = try TreePath("apps/web")
            #expect(try await SourceLocation.of("\(work)/apps/web") == .directory(root: work, path: inside))
            #expect(try await SourceLocation.of(work) == .directory(root: work, path: .root))
            try Files.write(["plain/x": ""], to: scratch.directory)
            #expect(
                try await SourceLocation.of("\(scratch.directory)/plain")
                    == .directory(root: "\(scratch.directory)/plain", path: .root))
        }
    }

    @Test func aURLIsARepository() async throws {
        let spec = try GitSpec(url: GitURL("https://host/x.git"))
        #expect(try await SourceLocation.of("https://host/x.git") == .git(spec))
        #expect(await failure { _ = try await SourceLocation.of("/no/such/dir") }?.code == .notFound)
    }

    @Test func readsWhatAnApplicationNames() throws {
        let spec = try GitSpec(Application.GitSource(url: "https://host/x", reference: .semver("1.x")))
        #expect(spec.reference == .semver(try VersionRange("1.x")))
        for reference in [Application.GitSource.Reference.semver("newest"), .commit("abc"), .branch("a..b")] {
            #expect(throws: PlumbError.self) { try GitSpec(Application.GitSource(url: "https://host/x", reference: reference)) }
        }
    }
}
