import CHostSupport
import Glibc

/// The processes of one run: those of the session that its program began.
struct Session {
    /// The program's process id, which is the session's as long as the program was not reaped.
    let id: Int32

    /// In any state but ended.
    var members: [Int32] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var result: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = Int32(name), Self.isMember(process, of: id) { result.append(process) }
        }
        return result
    }

    private static func isMember(_ process: Int32, of session: Int32) -> Bool {
        let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &bytes, bytes.count)
        // `1 (name) S parent group session …`; a name may have anything in it, also a parenthesis.
        guard count > 0, let end = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else { return false }
        let fields = String(decoding: bytes[(end + 1)..<count], as: UTF8.self).split(separator: " ")
        return fields.count > 3 && fields[0] != "Z" && Int32(fields[3]) == session
    }

    /// Kills all of them, and those that come while it does.
    func end() {
        kill(-id, SIGKILL)
        // One round is enough unless somebody forks at this moment.
        for _ in 0..<100 {
            let members = members
            if members.isEmpty { return }
            for process in members { Self.end(process, of: id) }
        }
    }

    /// By a descriptor: the number may be somebody else's by now.
    private static func end(_ process: Int32, of session: Int32) {
        let descriptor = plumb_process_open(process)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard isMember(process, of: session) else { return }
        _ = plumb_process_signal(descriptor, SIGKILL)
        var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ended, 1, 1000)
    }
}
