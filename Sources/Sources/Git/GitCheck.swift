import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Whether this machine has a `git` that Plumb can use.
package enum GitCheck {
    /// Its version, as it prints it. Throws `notFound` where there is none.
    package static func version() async throws -> String {
        let environment = GitEnvironment(
            inheriting: ProcessInfo.processInfo.environment, files: GitEnvironment.Files(home: "/nonexistent"), stall: .seconds(10))
        let outcome = try await GitProgram(environment: environment.dictionary, redactor: Redactor(), workingDirectory: "/").run(
            ["--version"], deadline: .seconds(10))
        return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }
}
