import Foundation
import Manifests
import TestSupport
import Testing

/// What the README shows of rendering.
struct ExampleTests {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/kubectl"), "kubectl is not on this machine"))
    func `the overlay is what kubectl makes of it`() async throws {
        let overlay = Self.repository + "/examples/rendering/overlay/production"
        let ours = try await PlumbBinary.run("build", overlay)
        #expect(ours.stdout == (try await ProcessRunner.check("kubectl", ["kustomize", overlay])), "\(ours.stderr)")
    }

    @Test func `the newlines of a text at the end of a document are printed`() async throws {
        try await TemporaryDirectory.with("newlines") { directory in
            for name in ["a", "b"] {
                let secret = #"{apiVersion: v1, kind: Secret, metadata: {name: \#(name)}, stringData: {t: "a\n\n\n"}}"#
                try Files.write(secret, to: "\(directory)/\(name).yaml")
            }
            let output = try await PlumbBinary.run("build", directory)
            let objects = try YAML.parse(Array(output.stdout.utf8), file: "stdout").map(\.value)
            #expect(objects.map { $0.at("stringData", "t") } == ["a\n\n\n", "a\n\n\n"], "\(output)")
        }
    }

    @Test(arguments: ["examples/rendering/overlay/production", "examples/rendering/chart --release web --set replicas=3 --raw"])
    func `the README shows what is printed`(_ arguments: String) async throws {
        let command = "$ plumb build \(arguments)"
        let lines = try Files.read(Self.repository + "/README.md").split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == command || $0.hasPrefix(command + " | grep ") })
        let shown = lines[(start + 1)...].prefix { !["…", "```"].contains($0) }
        let output = try await ProcessRunner.run(
            try PlumbBinary.path(), ["build"] + arguments.split(separator: " ").map(String.init), in: Self.repository)
        let printed = output.stdout.split(separator: "\n")
        if lines[start] == command {
            #expect(printed.starts(with: shown), "\(output)")
        } else {
            #expect(shown.allSatisfy { printed.contains($0) }, "\(output)")
        }
        #expect(!shown.isEmpty)
    }
}
