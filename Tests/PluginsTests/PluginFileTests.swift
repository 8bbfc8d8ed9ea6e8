import Manifests
import Model
import Testing

@testable import Plugins

/// The file that says which programs may render.
struct PluginFileTests {
    private static func read(_ text: String) throws -> [Plugin] {
        try PluginFile.plugins(in: Array(text.utf8), file: "plugins.yaml")
    }

    @Test func everyFieldIsRead() throws {
        let plugins = try Self.read(
            """
            plugins:
            - name: jsonnet
              command: [/usr/bin/jsonnet, -y, main.jsonnet]
              timeout: 90s
              memory: 1Gi
              output: 64Ki
              processes: 3
              fileSize: 0
              environment: {A: b}
              reads: source
              takesArguments: true
            - {name: bare, command: [/bin/cat]}
            """)
        var first = Plugin(name: "jsonnet", command: ["/usr/bin/jsonnet", "-y", "main.jsonnet"])
        (first.timeout, first.memory, first.output, first.processes) = (.seconds(90), 1 << 30, 64 << 10, 3)
        (first.fileSize, first.environment, first.scope, first.takesArguments) = (0, ["A": "b"], .source, true)
        #expect(plugins == [first, Plugin(name: "bare", command: ["/bin/cat"])])
    }

    @Test(arguments: [
        ("plugins: [{name: a}]", "absolute path"), ("plugins: [{name: a, command: [jsonnet]}]", "absolute path"),
        ("plugins: [{name: a, command: []}]", "absolute path"), ("plugins: [{name: A, command: [/a]}]", "cannot name a plugin"),
        ("plugins: [{name: a, command: [/a]}, {name: a, command: [/b]}]", "is there twice"),
        ("plugins: [{name: a, command: [/a], shell: true}]", "unknown field \"shell\""),
        ("plugins: [{name: a, command: [/a], timeout: 1h}]", "more than 10m"),
        ("plugins: [{name: a, command: [/a], memory: much}]", "512Mi"), ("plugins: [{name: a, command: [/a], memory: 1}]", "512Mi"),
        ("plugins: [{name: a, command: [/a], memory: 99999999999999Gi}]", "512Mi"),
        ("plugins: [{name: a, command: [/a], processes: 0}]", "from 1 to"),
        ("plugins: [{name: a, command: [/a], environment: {HOME: /root}}]", "HOME and TMPDIR"),
        ("plugins: [{name: a, command: [/a], environment: {A: 1}}]", "a string"),
        ("plugins: [{name: a, command: [/a], user: nobody-of-this-name}]", "no user"),
        ("plugins: [{name: a, command: [/a], reads: all}]", "repository, source"), ("[]", "mapping"), ("plugins: [", "YAML"),
        ("", "holds one document"),
    ])
    func whatIsWrongIsSaid(_ text: String, _ words: String) throws {
        let error = #expect(throws: PlumbError.self) { try Self.read(text) }
        #expect("\(error as Any)".contains(words) && error?.origin?.file == "plugins.yaml", "\(error as Any)")
    }
}
