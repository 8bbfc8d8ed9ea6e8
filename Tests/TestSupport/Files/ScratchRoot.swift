import Glibc

/// The one directory below which this test process keeps everything.
///
/// A shell holds the reading end of a pipe whose writing end only this process has. However the process ends, also by
/// `kill -9`, the pipe closes, and the shell removes the directory.
enum ScratchRoot {
    static let path: String = {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/plumb-tests.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no directory can be made in \(parent)") }
        let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        startReaper(of: path)
        return path
    }()

    /// Servers may still be writing while they die, so removing is tried more than once.
    private static func startReaper(of path: String) {
        let script = """
            exec >/dev/null 2>&1; trap '' INT TERM HUP QUIT; cat; \
            for n in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- '\(path)' && exit; sleep 0.5; done
            """
        // Never closed on purpose: the end of the process closes it. "e" keeps it from other children.
        guard popen(script, "we") != nil else { preconditionFailure("no shell can be started to clean up \(path)") }
    }
}
