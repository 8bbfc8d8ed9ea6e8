import CHostSupport
import Glibc
import Model

/// One process, told from a later one with the same number by when it started.
struct ProcessIdentity: Codable, Hashable, Sendable {
    var pid: Int32
    /// In clock ticks since the machine started; from `/proc/PID/stat`.
    var started: UInt64
    /// Of this run of the machine; the numbers start anew with the next.
    var boot: String

    /// nil where there is no such process, or only its remains that nobody has collected.
    init?(_ pid: Int32) {
        guard pid > 0, let started = Self.startTime(pid), let boot = Self.currentBoot() else { return nil }
        self.pid = pid
        self.started = started
        self.boot = boot
    }

    var isAlive: Bool { ProcessIdentity(pid) == self }

    /// Calls `body` with a process descriptor that is this process's and stays so; nil if it has ended.
    func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result? {
        let descriptor = plumb_process_open(pid)
        guard descriptor >= 0 else {
            if errno == ESRCH { return nil }
            throw systemError("follow the process \(pid)")
        }
        defer { close(descriptor) }
        // Checked after opening: a number that was reused in between does not pass.
        return isAlive ? try body(descriptor) : nil
    }

    private static func startTime(_ pid: Int32) -> UInt64? {
        guard let text = SmallFile.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        // After the name, which may hold anything, the fields from the third on.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return UInt64(fields[19])
    }

    private static func currentBoot() -> String? { SmallFile.text("/proc/sys/kernel/random/boot_id")?.trimmed }
}

/// Files of the kernel.
enum SmallFile {
    static func text(_ path: String) -> String? {
        let file = retrying { open(path, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = retrying { read(file, &buffer, buffer.count) }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
