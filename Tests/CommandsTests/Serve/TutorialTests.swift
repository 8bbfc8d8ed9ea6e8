import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The documents do as they say, and the example is what they say of it.
@Suite struct TutorialTests {
    @Test func `every command of the tutorial prints what the tutorial shows`() async throws {
        let tutorial = Tutorial(try Files.read("\(Shop.package)/docs/tutorial-pull.md"))
        #expect(tutorial.steps.count > 50)
        try await Shop.with { shop in
            for step in tutorial.steps {
                let difference = try await shop.follow(step)
                // What comes next needs what came before.
                if let difference { throw TestSupportError("$ \(step.command)\n\(difference)\n\(shop.logs)") }
            }
        }
    }

    @Test func `a merge of staging into production brings versions and nothing else`() async throws {
        try await Shop.with { shop in
            try await shop.run(
                """
                "$PLUMB/examples/environment/create.sh" shop
                sed -i 's/"1.0"/"1.1"/' shop/api/objects.yaml
                mkdir shop/cache && printf '%s\\n' 'apiVersion: host.plumb.dev/v1alpha1' 'kind: File' 'metadata: {name: cache}' \
                    'spec: {path: etc/cache, content: "${ENVIRONMENT}"}' > shop/cache/objects.yaml
                sed 's/motd/cache/g' shop/plumb/motd.yaml > shop/plumb/cache.yaml
                sed -i 's/motd.yaml/motd.yaml, cache.yaml/' shop/plumb/kustomization.yaml
                git -C shop add --all && git -C shop commit --quiet --message 'api 1.1, and a cache'
                git -C shop checkout --quiet production
                """)
            let before = try await shop.run("git -C shop show production:plumb/environment.yaml")
            let merge = try await shop.run("git -C shop merge --no-edit staging")
            #expect(!merge.contains("environment.yaml"), "\(merge)")
            #expect(try await shop.run("git -C shop show production:plumb/environment.yaml") == before)
            #expect(
                try await shop.run("git -C shop diff --name-only staging production").split(separator: "\n") == [
                    "plumb/environment.yaml"
                ])
            let built = try await shop.run("plumb build shop/plumb")
            // What is new on staging has production's values from its first merge on.
            let caches = built.split(separator: "---\n").filter { $0.contains("name: cache") }
            #expect(caches.count == 1 && caches[0].contains("ENVIRONMENT: production"), "\(built)")
            #expect(!built.contains("ENVIRONMENT: staging"))
        }
    }
}

/// A scratch directory in which one works as the tutorial's reader does.
private struct Shop {
    let host: PlumbHost
    /// The first of eight: each environment takes four.
    let port: Int

    static let package = String(#filePath.split(separator: "/Tests/CommandsTests/")[0])

    /// Ends whatever runs below the directory, on every path.
    static func with(_ body: (Shop) async throws -> Void) async throws {
        try await PlumbHost.with { host in
            let shop = Shop(host: host, port: try FreePort.next(consecutive: 8))
            do { try await body(shop) } catch {
                await shop.end()
                throw error
            }
            await shop.end()
        }
    }

    /// What a broken walk through the tutorial leaves behind; nothing after a whole one.
    private func end() async {
        _ = try? await execute(
            """
            kill $STAGING $PRODUCTION
            for root in staging/host production/host; do
                for name in gateway web api database motd; do
                    [ ! -d $root ] || timeout 20 plumb delete $name --yes --root $root
                done
            done
            """)
    }

    var logs: String {
        ["staging.log", "production.log"].map { (try? Files.read("\(host.scratch)/\($0)")) ?? "" }.joined(separator: "\n")
    }

    /// What the command's output has that the tutorial does not show, or the other way round.
    func follow(_ step: Tutorial.Step) async throws -> String? {
        // The reader's directory, in place of this one.
        func difference() async throws -> String? {
            let output = try await execute(step.command)
            return TutorialOutput.difference(step.expected, output.replacing(host.scratch, with: "/home/you/tutorial"))
        }
        guard step.isLook else { return try await difference() }
        var last: String?
        do {
            _ = try await eventually(step.command, within: .seconds(60), every: .milliseconds(100)) {
                last = try await difference()
                return last == nil ? true : nil
            }
            return nil
        } catch {
            return last ?? "\(error)"
        }
    }

    @discardableResult
    func run(_ script: String) async throws -> String { try await execute("set -e\n" + script) }

    /// In a shell that knows the variables and functions of those before, as the reader's does.
    private func execute(_ command: String) async throws -> String {
        let script = """
            exec 2>&1
            set -a
            [ ! -e .shell ] || . ./.shell
            \(command)
            status=$?
            { export -p; declare -f; } > .shell
            exit $status
            """
        let output = try await ProcessRunner.run("bash", ["-c", script], environment: environment, in: host.scratch)
        return output.stdout
    }

    private var environment: [String: String] {
        get throws {
            let directory = URL(fileURLWithPath: try PlumbBinary.path()).deletingLastPathComponent().path
            var environment = host.environment
            environment["PLUMB"] = Self.package
            environment["PATH"] = directory + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            environment["USER"] = "you"
            environment["STAGING_PORT"] = "\(port)"
            environment["PRODUCTION_PORT"] = "\(port + 4)"
            for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
                environment["\(name)_NAME"] = "Ann"
                environment["\(name)_EMAIL"] = "ann@example.com"
            }
            return environment
        }
    }
}
