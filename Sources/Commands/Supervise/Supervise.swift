package import ArgumentParser
import HostTarget

/// The life of one process of a host; started by the host target, not by people.
///
/// Not asynchronous: the loop has its thread to itself, and the process dies with that thread.
package struct Supervise: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "supervise", abstract: "Keep one process of a host running.", shouldDisplay: false)

    @Option(help: "The directory of the process's state.")
    var state: String

    @Option(help: "A descriptor to say on that the process is taken care of.")
    var handshake: Int32?

    package init() {}

    package func run() throws {
        throw ExitCode(SupervisorMain.run(stateDirectory: state, handshake: handshake))
    }
}
