import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The `plumb` program under test.
package enum PlumbBinary {
    /// Runs it to its end. `environment` is added to the base of `ProcessRunner.run`.
    package static func run(
        _ arguments: String..., environment: [String: String] = [:], in directory: String? = nil, input: String = "",
        timeout: Duration = .seconds(120)
    ) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            try path(), arguments, environment: environment, in: directory, input: input, timeout: timeout)
    }

    /// Starts it, for `plumb serve`: `kill()` is `kill -9`, `terminate()` is SIGTERM. Its stdout and stderr go to files in
    /// `directory` (`plumb.out`, `plumb.log`).
    package static func start(
        _ arguments: [String], environment: [String: String] = [:], directory: String
    ) async throws -> ServerProcess {
        try await ServerProcess.start(
            try path(), arguments, environment: environment, log: "\(directory)/plumb.log", output: "\(directory)/plumb.out")
    }

    /// The program under test: `PLUMB_BINARY`, or else the one beside the test bundle.
    package static func path() throws -> String {
        guard let named = ProcessInfo.processInfo.environment["PLUMB_BINARY"], !named.isEmpty else { return try path(of: "plumb") }
        guard Files.exists(named) else { throw TestSupportError("PLUMB_BINARY is \(named), and there is no such file") }
        return named
    }

    /// What was built beside the running test bundle.
    package static func path(of product: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let bundle = String(decoding: buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = bundle.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 } + "/" + product
        guard Files.exists(path) else {
            throw TestSupportError("there is no \(path): swift build --build-tests makes it beside the test bundle")
        }
        return path
    }
}
