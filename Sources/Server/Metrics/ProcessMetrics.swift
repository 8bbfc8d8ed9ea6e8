#if canImport(Glibc)
    import Glibc
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the kernel says of this process. What it does not tell is left out.
enum ProcessMetrics {
    /// By the metrics' names.
    static func read() async -> [String: Double] {
        (try? await BlockingWork.run { readNow() }) ?? [:]
    }

    private static func readNow() -> [String: Double] {
        var values: [String: Double] = [:]
        values[MetricCatalog.residentMemory.name] = residentMemory()
        values[MetricCatalog.processorSeconds.name] = processorSeconds()
        values[MetricCatalog.openDescriptors.name] =
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count) }
        return values
    }

    /// The second number of `statm`, in pages.
    private static func residentMemory() -> Double? {
        guard let text = contents("/proc/self/statm") else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func processorSeconds() -> Double? {
        var usage = rusage()
        #if canImport(Glibc)
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        #else
            return nil
        #endif
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func contents(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
