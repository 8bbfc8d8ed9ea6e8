import TestSupport
import Testing

/// Input that is wrong, and what has to be said about it.
struct BadInput: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Below the scratch directory, which is the working directory too; SCRATCH in a text and in an argument is its path.
    /// By default the source is `src`.
    var files: [String: String]
    /// Makes what is no text file. A script for `sh`, in the scratch directory.
    var script: String
    var arguments: [String]
    var status: Int32
    /// What stderr has to say.
    var says: [String]

    init(
        _ name: String, _ files: [String: String] = [:], script: String = "", arguments: [String] = Self.apply, status: Int32 = 1,
        says: String...
    ) {
        testDescription = name
        self.files = files
        self.script = script
        self.arguments = arguments
        self.status = status
        self.says = says
    }

    static let apply = ["apply", "src", "--name", "app", "--root", "root"]

    /// Of a source with one file.
    static func manifest(_ name: String, _ text: String, file: String = "app.yaml", says: String...) -> BadInput {
        var input = BadInput(name, ["src/\(file)": text])
        input.says = says
        return input
    }

    /// What the program knows and must not tell.
    static let secrets = ["hunter2", "s3cr3t"]

    /// What only a programmer could read.
    private static let noise = [
        "Fatal error", "Error Domain", "Optional(", "Swift.", ".swift:", "Backtrace", "Stack dump", "PlumbError", "ManifestError",
        "KubernetesError",
        "NIOCore", "NIOPosix", "errno", "Code=", "0x00",
    ]

    /// In KiB; address space, of which a program in Swift reserves far more than it uses.
    private static let memory = 2 << 20

    /// Runs `plumb` on it, with bounds on time and memory, and checks what is true of every bad input.
    @discardableResult
    func check() async throws -> ProcessOutput {
        try await TemporaryDirectory.with("bad") { scratch in
            try Files.write(files.mapValues { $0.replacing("SCRATCH", with: scratch) }, to: scratch)
            if !script.isEmpty {
                try await ProcessRunner.check("sh", ["-ec", script], environment: TestRepository.environment, in: scratch)
            }
            return try await check(in: scratch)
        }
    }

    /// The same in a directory that the caller has filled.
    @discardableResult
    func check(in scratch: String) async throws -> ProcessOutput {
        let output = try await ProcessRunner.run(
            "sh",
            ["-c", "ulimit -v \(Self.memory); exec \"$@\"", "sh", try PlumbBinary.path()]
                + arguments.map { $0.replacing("SCRATCH", with: scratch) },
            environment: ["HOME": "\(scratch)/home", "XDG_CACHE_HOME": "\(scratch)/cache", "MALLOC_ARENA_MAX": "2"], in: scratch,
            timeout: .seconds(20))
        let said = output.stderr
        #expect(output.status == status, "\(output)")
        for text in says { #expect(said.contains(text), "\(text)\nis not in\n\(said)") }
        for text in Self.noise + Self.secrets { #expect(!(said + output.stdout).contains(text), "\(text)\nis in\n\(said)") }
        #expect(said.hasSuffix("\n") && said.utf8.count < 4000, "\(said)")
        #expect(
            said.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }, "\(said.debugDescription)")
        #expect(!Files.exists("\(scratch)/root"), "nothing is written where the input is wrong")
        return output
    }
}

/// Texts that many cases begin from.
enum Good {
    static let file = page()
    static let chart = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"

    static func page(
        metadata: String = "{name: page}", spec: String = "{path: www/index.html, content: \"x\"}", kind: String = "File"
    ) -> String {
        "apiVersion: host.plumb.dev/v1alpha1\nkind: \(kind)\nmetadata: \(metadata)\nspec: \(spec)\n"
    }

    static func application(_ spec: String, metadata: String = "{name: app}") -> String {
        "apiVersion: plumb.dev/v1alpha1\nkind: Application\nmetadata: \(metadata)\nspec: \(spec)\n"
    }
}

/// One after the other: hundreds of programs at once would take each other's time.
@Suite(.serialized) struct BadInputTests {
    @Test(arguments: BadYAML.all) func yaml(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadObjects.all) func objects(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadDirectories.all) func directories(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadKustomizations.all) func kustomizations(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadApplications.all) func applications(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadFlags.all) func flags(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadKubeconfigs.all) func kubeconfigs(_ input: BadInput) async throws { try await input.check() }
    @Test(arguments: BadRepositories.all) func repositories(_ input: BadInput) async throws { try await input.check() }
}
