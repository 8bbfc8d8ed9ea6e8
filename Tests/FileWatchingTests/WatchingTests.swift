import Glibc
import Model
import TestSupport
import Testing

@testable import FileWatching

struct WatchingTests {
    @Test(arguments: Reports.Means.allCases)
    func theSetIsReplaced(_ means: Reports.Means) async throws {
        try await TemporaryDirectory.with("watch") { directory in
            let (paths, set) = AsyncStream.makeStream(of: [WatchedPath].self)
            set.yield(["a", "b"].map { WatchedPath("\(directory)/\($0)", .entries) })
            try await Reports.with(means, paths) { reports in
                set.yield(["b", "new/c"].map { WatchedPath("\(directory)/\($0)", .entries) })
                // What is new is told once it is watched.
                try await reports.wait(for: "\(directory)/new/c")
                #expect(reports.paths == ["\(directory)/new/c"])
                reports.clear()
                try await shell(["echo 1 > a", "mkdir new", "echo 1 > new/c"], in: directory)
                try await reports.wait(for: "\(directory)/new/c")
                try await shell(["echo 1 > b"], in: directory)
                try await reports.wait(for: "\(directory)/b")
                #expect(!reports.paths.contains("\(directory)/a"))
                set.yield([])
                set.finish()
            }
        }
    }

    /// Whoever is interested in the entry alone is not woken by writes, and hears when the writer is gone.
    @Test func anEntryWithoutItsContent() async throws {
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(["mkdir d", "echo 1 > d/one", "echo 1 > lock"], in: directory)
            try await Reports.with(.kernel, ["\(directory)/d", "\(directory)/lock"], .entry) { reports in
                let file = open("\(directory)/lock", O_WRONLY)
                try await shell(["echo 2 > d/one", "echo 2 > d/two", "chmod 700 d"], in: directory)
                #expect(write(file, "2", 1) == 1)
                try await reports.wait(for: "\(directory)/d")
                #expect(reports.paths == ["\(directory)/d"])
                close(file)
                try await reports.wait(for: "\(directory)/lock")
            }
        }
    }

    @Test func tenThousandPaths() async throws {
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(
                ["mkdir $(seq 1000)", "for d in $(seq 0 100 900); do touch $d/5; done 2>/dev/null || true"], in: directory)
            let paths = (1...1000).flatMap { folder in (0..<10).map { "\(directory)/\(folder)/\($0)" } }
            try await Reports.with(.kernel, paths) { reports in
                try await shell(["echo 1 > 7/3", "mv 500 gone", "rm -rf 900", "mkdir 900", "echo 1 > 900/0"], in: directory)
                for path in ["7/3", "500/0", "500/9", "900/0"] { try await reports.wait(for: "\(directory)/\(path)") }
                #expect(!reports.paths.contains("\(directory)/8/3"))
            }
        }
    }

    /// While a report is under way, what happens is collected and comes with the next one.
    @Test func oneReportAtATime() async throws {
        try await TemporaryDirectory.with("watch") { directory in
            let reports = Reports()
            let (releases, release) = AsyncStream.makeStream(of: Void.self)
            let paths = (0..<20).map { "\(directory)/\($0)" }
            let watching = Task {
                try await FileWatcher.watch(paths: paths) { change in
                    reports.add(change)
                    if change == .everything { for await _ in releases { return } }
                }
            }
            try await reports.waitForBeginning()
            for path in paths { try Files.write("1", to: path) }
            #expect(reports.paths.isEmpty)
            release.yield()
            for path in paths { try await reports.wait(for: path) }
            release.finish()
            watching.cancel()
            try await watching.value
        }
    }

    /// The kernel lists the watched inodes of a descriptor; the directory's is nobody else's.
    @Test func cancellationGivesEverythingBack() async throws {
        try await TemporaryDirectory.with("watch") { directory in
            var status = stat()
            try #require(stat(directory, &status) == 0)
            let mark = "ino:\(String(status.st_ino, radix: 16)) "
            try await Reports.with(.kernel, ["\(directory)/file"]) { _ in #expect(descriptors(mark) == 1) }
            #expect(descriptors(mark) == 0)
        }
    }

    @Test func aPathHasToBeAbsolute() async throws {
        let error = await #expect(throws: PlumbError.self) { try await FileWatcher.watch(paths: ["a/b"]) { _ in } }
        #expect(error?.code == .invalid)
    }

    @Test func theLimitNamesItsSetting() throws {
        let error = try #require(Inotify.failure(ENOSPC, "/srv") as? PlumbError)
        #expect(error.code == .limit)
        #expect(error.remedy?.contains("fs.inotify.max_user_watches") == true)
    }

    @Test func aDirectoryThatMayNotBeReadIsLookedAt() async throws {
        // Nothing is closed to root.
        guard geteuid() != 0 else { return }
        try await TemporaryDirectory.with("watch") { directory in
            try await shell(["mkdir closed", "echo 1 > closed/file", "chmod 300 closed"], in: directory)
            try await Reports.with(.kernel, ["\(directory)/closed/file"]) { reports in
                try await shell(["echo 2 > closed/file"], in: directory)
                try await reports.wait(for: "\(directory)/closed/file")
            }
        }
    }

    private func descriptors(_ mark: String) -> Int {
        SystemCalls.names(in: "/proc/self/fdinfo", limit: 10_000).count { number in
            (try? Files.read("/proc/self/fdinfo/\(number)"))?.contains(mark) ?? false
        }
    }
}

struct PendingChangesTests {
    @Test func changesAreMergedAndBounded() throws {
        let changes = PendingChanges()
        changes.add(.paths([]))
        #expect(try changes.take() == nil)
        changes.add(.paths(["/a"]))
        changes.add(.paths(["/b"]))
        #expect(try changes.take() == .paths(["/a", "/b"]))
        changes.add(.paths(Set((0...PendingChanges.limit).map { "/\($0)" })))
        changes.add(.paths(["/b"]))
        #expect(try changes.take() == .everything)
        changes.add(.everything)
        changes.add(.paths(["/b"]))
        #expect(try changes.take() == .everything)
        #expect(try changes.take() == nil)
        changes.fail(PlumbError(.limit, "No more."))
        changes.add(.everything)
        #expect(throws: PlumbError.self) { try changes.take() }
    }
}
