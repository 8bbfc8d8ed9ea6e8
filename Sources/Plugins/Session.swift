import CHostSupport
import Glibc

/// The processes of one run: those of the session that its program began.
struct Session {
    struct Usage: Equatable {
        var processes = 0
        /// In bytes, of memory that is there.
        var memory = 0
    }

    /// The program's process id, which is the session's as long as the program was not reaped.
    let id: Int32

    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// What runs now.
    var usage: Usage {
        members.reduce(into: Usage()) { usage, member in
            usage.processes += 1
            usage.memory += member.pages * Self.pageSize
        }
    }

    /// Kills all of them, and those that come while it does.
    func end() {
        kill(-id, SIGKILL)
        // One round is enough unless somebody forks at this moment.
        for _ in 0..<100 {
            let members = members
            if members.isEmpty { return }
            for member in members { Self.end(member.process, of: id) }
        }
    }

    /// By a descriptor: the number may be somebody else's by now.
    private static func end(_ process: Int32, of session: Int32) {
        let descriptor = plumb_process_open(process)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard member(process, of: session) != nil else { return }
        _ = plumb_process_signal(descriptor, SIGKILL)
        var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ended, 1, 1000)
    }

    // MARK: /proc

    private struct Member {
        let process: Int32
        let pages: Int
    }

    /// In any state but ended.
    private var members: [Member] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var result: [Member] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = Int32(name), let member = Self.member(process, of: id) { result.append(member) }
        }
        return result
    }

    private static func member(_ process: Int32, of session: Int32) -> Member? {
        let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &bytes, bytes.count)
        // `1 (name) S parent group session …`, and the memory that is there as the 24th; a name may have anything in it, also a
        // parenthesis.
        guard count > 0, let end = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = String(decoding: bytes[(end + 1)..<count], as: UTF8.self).split(separator: " ")
        guard fields.count > 21, fields[0] != "Z", Int32(fields[3]) == session else { return nil }
        return Member(process: process, pages: max(Int(fields[21]) ?? 0, 0))
    }
}
