import Manifests
import TestSupport
import Testing

/// Sources that a program renders.
struct PluginTests {
    /// Makes a page of the words in `words`, and notes that it ran in a file outside.
    private static func plugins(_ log: String, more: String = "") -> String {
        #"""
        plugins:
        - name: pages
          command: [/bin/sh, pages.sh]
          environment: {LOG: '\#(log)'}
        \#(more)
        """#
    }

    private static let files = [
        "app/pages.sh": #"""
        echo run >> "$LOG"
        read -r words < ../lib/words || exit 1
        [ "$words" != wrong ] || { echo "these words will not do" >&2; exit 4; }
        printf 'apiVersion: host.plumb.dev/v1alpha1\nkind: File\nmetadata: {name: page}\nspec: {path: page, content: "%s"}\n' "$words"

        """#, "lib/words": "one\n",
    ]

    private static let application = """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: app}
        spec:
          sources: [{path: app, render: {plugin: {name: pages}}}]

        """

    @Test func `build, plan and apply run what the file allows, and nothing else`() async throws {
        try await PlumbHost.with(Self.files.merging(["app.yaml": Self.application]) { $1 }) { host in
            try Files.write(Self.plugins("\(host.scratch)/log"), to: "\(host.scratch)/plugins.yaml")
            let (file, flag) = ("\(host.source)/app.yaml", ["--plugins", "\(host.scratch)/plugins.yaml"])
            let refused = try await host.plumb(["plan", "-f", file])
            #expect(refused.status == 1 && refused.stderr.contains("no plugins are configured"), "\(refused)")
            #expect(refused.stderr.contains("--plugins FILE"))
            #expect(!Files.exists("\(host.scratch)/log"))

            let built = try await ProcessRunner.run(
                try PlumbBinary.path(), ["build", "-f", file] + flag, environment: host.environment, in: host.scratch)
            #expect(built.status == 0 && built.stdout.contains("content: one"), "\(built)")
            #expect(try await host.plumb(["plan", "-f", file] + flag).status == 2)
            #expect(try await host.plumb(["apply", "-f", file] + flag).status == 0)
            #expect(host.live("page") == "one")

            try host.write(["lib/words": "wrong\n"])
            let failed = try await host.plumb(["apply", "-f", file] + flag)
            #expect(failed.status == 1 && failed.stderr.contains("ended with exit code 4: these words will not do"), "\(failed)")
            #expect(host.live("page") == "one")
        }
    }

    @Test func `an operator runs it when something of the repository changes, and not otherwise`() async throws {
        try await TemporaryDirectory.with("plugins") { directory in
            let log = "\(directory)/log"
            try Files.write(Self.plugins(log), to: "\(directory)/plugins.yaml")
            func runs() -> Int { ((try? Files.read(log)) ?? "").split(separator: "\n").count }
            try await ServedHost.with(
                Self.files.merging(["plumb/app.yaml": Self.application]) { $1 }, ["--plugins", "\(directory)/plugins.yaml"]
            ) { served in
                try await served.settled("app")
                #expect(served.host.live("page") == "one" && runs() == 1)
                for _ in 0..<3 { _ = try await served.plumb("sync", "app", "--wait", "--timeout", "20s") }
                try Files.write("by hand", to: "\(served.host.root)/page")
                _ = try await eventually("the page is one again") { served.host.live("page") == "one" ? true : nil }
                #expect(runs() == 1)

                let wrong = try await served.commit(["lib/words": "wrong\n"], "Wrong words")
                try await served.wait("app", "in error") { $0["why"]?.string?.contains("these words will not do") ?? false }
                #expect(served.host.live("page") == "one", "\(wrong)")
                let commit = try await served.commit(["lib/words": "two\n"], "Two")
                try await served.settled("app", at: commit)
                #expect(served.host.live("page") == "two")
                #expect(try await ProcessRunner.check("sh", ["-c", "ls -A \(served.data)/rendering | wc -l"]) == "0\n")
            }
        }
    }
}
