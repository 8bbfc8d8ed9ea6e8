import CHostSupport
import Glibc
import Model

/// Starts the supervisor of a process so that it outlives whoever started it.
struct SupervisorLauncher: Sendable {
    /// Of the `plumb` program.
    let executable: String

    /// How long a supervisor may take to say that it is there.
    private static let patience = Duration.seconds(20)

    /// Blocks until the supervisor has the lock and has written its status, or has said what is wrong.
    func launch(_ directory: Folder, state: String) throws {
        let handshake = try Pipe()
        defer { handshake.close() }
        let arguments = ["plumb", "supervise", "--state", state, "--handshake", "3"]
        var environment = ["MALLOC_ARENA_MAX=1", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"]
        // Where the libraries of the language are not beside the program.
        if let libraries = getenv("LD_LIBRARY_PATH") { environment.append("LD_LIBRARY_PATH=\(String(cString: libraries))") }
        let result = withCStrings(arguments) { arguments in
            withCStrings(environment) { plumb_start_detached(executable, arguments, $0, handshake.write) }
        }
        guard result == 0 else { throw systemError("start a supervisor for \(directory.path)") }
        handshake.closeWrite()
        let answer = try read(handshake.read, directory.path)
        guard answer == SupervisorMain.greeting else {
            throw PlumbError(
                .failed,
                "The supervisor of \(directory.path) did not start: \(answer.isEmpty ? "it ended without a word" : answer).",
                remedy: "Is \(executable) this version of Plumb?")
        }
    }

    private func read(_ descriptor: Int32, _ shown: String) throws -> String {
        let deadline = ContinuousClock.now + Self.patience
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1024)
        while bytes.count < 4096 {
            guard ProcessEnd.wait(descriptor, max(.zero, deadline - .now)) else {
                throw PlumbError(.timedOut, "The supervisor of \(shown) has not begun within \(Self.patience).")
            }
            let count = retrying { Glibc.read(descriptor, &chunk, chunk.count) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Calls `body` with the strings as C passes lists of them.
func withCStrings<Result>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws -> Result) rethrows
    -> Result
{
    var copies = strings.map { strdup($0) }
    copies.append(nil)
    defer { for copy in copies { free(copy) } }
    return try copies.withUnsafeMutableBufferPointer { buffer in
        // Never empty: the end mark is always there.
        var end: UnsafeMutablePointer<CChar>?
        guard let base = buffer.baseAddress else { return try body(&end) }
        return try body(base)
    }
}
