package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who writes: `host/boot/pid/start/nonce`, so that the same machine can tell that a holder has died and need not wait.
package struct LeaseHolder: Sendable, Hashable {
    package let text: String

    /// Seconds that a lease holds off others without being renewed.
    package static let duration: Int64 = 60

    package static func thisProcess() -> LeaseHolder {
        let process = getpid()
        let nonce = UInt32.random(in: .min ... .max)
        return LeaseHolder(
            text: [hostName(), bootIdentity(), String(process), startTime(of: process) ?? "0", String(nonce, radix: 36)].joined(
                separator: "/"))
    }

    /// Whether `lease` keeps this holder from writing at `now`, in seconds since 1970.
    package func isHeldOff(by lease: Inventory.Lease?, now: Int64) -> Bool {
        guard let lease, lease.holder != text, lease.until > now else { return false }
        return !Self.isDead(lease.holder)
    }

    package func lease(now: Int64) -> Inventory.Lease { Inventory.Lease(holder: text, until: now + Self.duration) }

    /// True only of a process of this very boot of this machine that no longer runs.
    private static func isDead(_ holder: String) -> Bool {
        let parts = holder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0] == hostName(), !parts[1].isEmpty, parts[1] == bootIdentity(), let process = Int32(parts[2])
        else {
            return false
        }
        return startTime(of: process) != parts[3]
    }

    private static func hostName() -> String {
        String(ProcessInfo.processInfo.hostName.map { $0 == "/" ? "_" : $0 })
    }

    /// Changes with each boot and each container's own process table; empty where the system does not tell.
    private static func bootIdentity() -> String {
        let boot = contents(of: "/proc/sys/kernel/random/boot_id")
        guard !boot.isEmpty, let processes = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid") else {
            return ""
        }
        return boot + "-" + processes.filter(\.isNumber)
    }

    /// In clock ticks since boot: field 22 of proc(5)'s stat, counted after the name, which may hold anything.
    private static func startTime(of process: Int32) -> String? {
        let stat = contents(of: "/proc/\(process)/stat")
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }

    private static func contents(of path: String) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { return "" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }
}
