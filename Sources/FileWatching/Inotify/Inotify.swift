#if os(Linux)
    import Glibc
    import Model

    /// The kernel's notices about directories, through one descriptor; who makes it closes it.
    struct Inotify: Sendable {
        struct Event {
            /// -1: the kernel's queue ran over.
            var watch: Int32
            var mask: UInt32
            /// Of the entry; empty for the watched directory itself.
            var name: String

            func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
        }

        enum Interest: Int {
            /// Coming, going, and attributes of entries.
            case names
            /// The end of writing to one, too.
            case closing
            /// Every write, too.
            case contents

            var mask: UInt32 {
                let names = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
                return switch self {
                case .names: UInt32(bitPattern: names)
                case .closing: UInt32(bitPattern: names | IN_CLOSE_WRITE)
                case .contents: UInt32(bitPattern: names | IN_CLOSE_WRITE | IN_MODIFY)
                }
            }
        }

        enum Failure: Error { case missing, unreadable }

        let descriptor: Int32

        init() throws {
            descriptor = inotify_init1(Int32(O_NONBLOCK) | Int32(O_CLOEXEC))
            guard descriptor < 0 else { return }
            let number = errno
            throw PlumbError(
                number == EMFILE ? .limit : .failed, "Files cannot be watched: \(String(cString: strerror(number))).",
                remedy: number == EMFILE
                    ? "Raise the sysctl fs.inotify.max_user_instances, or the limit of open files (ulimit -n)." : nil)
        }

        func close() { _ = Glibc.close(descriptor) }

        /// Watches a directory and returns its number: the same for the same directory, whatever its name. Throws `Failure`
        /// where it cannot be watched, `PlumbError` where nothing more can.
        func add(_ directory: String, _ interest: Interest) throws -> Int32 {
            let how = UInt32(bitPattern: IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_ADD)
            let watch = inotify_add_watch(descriptor, directory, interest.mask | how)
            guard watch < 0 else { return watch }
            throw Self.failure(errno, directory)
        }

        static func failure(_ number: Int32, _ directory: String) -> any Error {
            switch number {
            case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: Failure.missing
            case ENOSPC:
                PlumbError(
                    .limit, "The directory \(directory) cannot be watched: this user has as many watches as the system permits.",
                    remedy: "Raise the sysctl fs.inotify.max_user_watches.")
            case ENOMEM: PlumbError(.limit, "The directory \(directory) cannot be watched: the kernel has no memory for it.")
            default: Failure.unreadable
            }
        }

        func remove(_ watch: Int32) { _ = inotify_rm_watch(descriptor, watch) }

        /// What has happened, at most a few thousand events a call; empty where nothing has.
        func read() -> [Event] {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            var events: [Event] = []
            for _ in 0..<8 {
                let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                Self.parse(buffer[..<count], into: &events)
            }
            return events
        }

        /// Each is a header of 16 bytes (watch, mask, cookie, length of the name) and a name that is filled up with zeros.
        private static func parse(_ bytes: ArraySlice<UInt8>, into events: inout [Event]) {
            bytes.withUnsafeBytes { bytes in
                var offset = 0
                while offset + 16 <= bytes.count {
                    let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                    let name = bytes[(offset + 16)...].prefix(length).prefix { $0 != 0 }
                    events.append(
                        Event(
                            watch: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                            mask: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self),
                            name: String(decoding: name, as: UTF8.self)))
                    offset += 16 + length
                }
            }
        }
    }
#endif
