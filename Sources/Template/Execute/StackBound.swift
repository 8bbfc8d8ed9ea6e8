#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far down the stack of this thread templates may go: they run inside each other as their authors like.
struct StackBound {
    private let lowest: UInt

    /// Half of what a thread has, unless it was given less than usual; the rest is for those who call and are called.
    private static let room: UInt = {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
        // Without a limit, threads get 2 MiB.
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur <= 64 << 20 else { return 1 << 20 }
        return UInt(limit.rlim_cur) / 2
    }()

    init() {
        let here = Self.current()
        lowest = here > Self.room ? here - Self.room : 0
    }

    var isReached: Bool { Self.current() < lowest }

    /// About where the stack ends at the moment.
    @inline(never)
    private static func current() -> UInt {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    }
}
