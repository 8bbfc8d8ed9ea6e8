import Manifests
import TestSupport

/// Helm's own engine, in a process of its own that answers a batch of requests.
enum HelmReference {
    /// One outcome a request, in order.
    static func answers(to requests: [Value]) async throws -> [Outcome] {
        let python = try await ProcessRunner.check(Place.script("helm-reference.sh"), timeout: .seconds(300))
        let input = requests.map { $0.json + "\n" }.joined()
        return try await TemporaryDirectory.with("helm") { directory in
            let arguments = [Place.file("reference.py"), directory]
            let output = try await ProcessRunner.run(
                python.filter { $0 != "\n" }, arguments, input: input, timeout: .seconds(300))
            guard output.succeeded else { throw TestSupportError("Helm's engine: status \(output.status)\n\(output.stderr)") }
            let lines = output.stdout.split(separator: "\n")
            guard lines.count == requests.count else {
                throw TestSupportError("Helm's engine answered \(lines.count) of \(requests.count) requests\n\(output.stderr)")
            }
            return try lines.map { line in
                let answer = try JSON.parse(Array(line.utf8)).object
                if let message = answer?["error"]?.string { return .error(message) }
                return .result(answer?["result"] ?? .null)
            }
        }
    }

    private enum Place {
        static func file(_ name: String, here: String = #filePath) -> String { directory(here, up: 1) + "/" + name }

        static func script(_ name: String, here: String = #filePath) -> String { directory(here, up: 4) + "/scripts/" + name }

        private static func directory(_ path: String, up count: Int) -> String {
            path.split(separator: "/").dropLast(count).reduce("") { $0 + "/" + $1 }
        }
    }
}
