import Manifests
import TestSupport
import Testing

/// The same questions to `kubectl` itself. `label --local` reads, converts and prints without a server.
@Suite(.enabled(if: ProcessRunner.isThere("kubectl"), "kubectl is not in PATH, so there is nothing to compare with"))
struct KubectlTests {
    @Test func scalarsMeanTheSame() async throws {
        let scalars = ScalarTable.cases.filter { $0.json != nil && !$0.text.contains("\n") }
        let text = header + "v:\n" + scalars.map { "- \($0.text)\n" }.joined()
        let theirs = try JSON.parse(Array(try await kubectl("json", text).utf8))["v"]?.array ?? []
        let ours = try YAML.parse(Array(text.utf8), file: "").first?.value["v"]?.array ?? []
        #expect(theirs.count == scalars.count)
        for (index, scalar) in scalars.enumerated() where index < theirs.count {
            #expect(ours[index] == theirs[index], "\(scalar.text)")
        }
    }

    @Test(arguments: ScalarTable.cases.filter { $0.json == nil })
    func whatIsRefusedIsRefusedThereToo(text: String, json: String?) async throws {
        let result = try await ProcessRunner.run("kubectl", arguments("json"), input: header + "v: \(text)\n")
        #expect(!result.succeeded)
    }

    @Test func readsTheSameStringsFromOurText() async throws {
        var random = SplitMix(seed: 3)
        let strings = (0..<2000).map { _ in Value.string(random.string()) }
        let object: Value = ["apiVersion": "v1", "kind": "Probe", "metadata": ["name": "x"], "v": .array(strings)]
        let theirs = try JSON.parse(Array(try await kubectl("json", YAML.serialize(object)).utf8))
        #expect(theirs["v"]?.array == strings)
    }

    @Test func printsTheSameText() async throws {
        var random = SplitMix(seed: 4)
        // kubectl itself loses or garbles these on the way from JSON to YAML, and writes a key << so that it reads as a merge.
        let garbled: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{FEFF}", "\u{7F}", "\u{0}", "\u{1B}"]
        func isPrintable(_ string: String) -> Bool { !string.unicodeScalars.contains(where: garbled.contains) }
        var object: Value = ["apiVersion": "v1", "kind": "Probe", "metadata": ["name": "x", "labels": ["q": "w"]]]
        for number in 0..<1000 {
            let string = random.string()
            guard isPrintable(string), string != "<<" else { continue }
            let members: [(String, Value)] = [(string, .string(string)), ("list", .array([.string(string)]))]
            object["k\(number)"] = .object(Object(members))
        }
        let theirs = try await kubectl("yaml", object.json)
        #expect(YAML.serialize(object) == theirs)
    }

    private let header = "apiVersion: v1\nkind: Probe\nmetadata:\n  name: x\n"

    private func arguments(_ format: String) -> [String] { ["label", "--local", "-f", "-", "-o", format, "q=w"] }

    private func kubectl(_ format: String, _ input: String) async throws -> String {
        try await ProcessRunner.check("kubectl", arguments(format), environment: ["KUBECONFIG": "/dev/null"], input: input)
    }
}
