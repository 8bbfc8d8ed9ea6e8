import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Small files that only their owner may read. Blocking.
enum PrivateFile {
    static let sizeLimit = 64 << 10

    /// nil where there is none. Throws `denied` for one that others may read, `limit` for one that is no small file.
    static func read(_ path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("read", path)
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw failure("read", path) }
        guard facts.st_mode & 0o077 == 0 else {
            throw PlumbError(
                .denied, "\(path) can be read by others than its owner, so what is in it is no secret any more.",
                remedy: "Remove the file: a new token is made at the next start.")
        }
        var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { unsafeRead(descriptor, $0[count...]) }
            if got == 0 { break }
            if got < 0 && errno != EINTR { throw failure("read", path) }
            count += max(got, 0)
        }
        guard count <= sizeLimit else { throw PlumbError(.limit, "\(path) is larger than \(sizeLimit >> 10) KiB.") }
        return Array(bytes.prefix(count))
    }

    /// Whoever reads it sees the old content or the new one, and finds the new one after a power cut.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = "\(path).\(getpid()).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("written", path) }
        do {
            defer { close(descriptor) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { unsafeWrite(descriptor, $0) }
                if written < 0 && errno != EINTR { throw failure("written", path) }
                rest = rest.dropFirst(max(written, 0))
            }
            guard fsync(descriptor) == 0 else { throw failure("written", path) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = failure("written", path)
            unlink(temporary)
            throw error
        }
    }

    /// One that is not there is not an error.
    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("removed", path) }
    }

    private static func failure(_ what: String, _ path: String) -> PlumbError {
        let reason = String(cString: strerror(errno))
        return PlumbError(
            .failed, "\(path) cannot be \(what): \(reason).", remedy: "Check that the directory is there and belongs to this user.")
    }

    private static func unsafeRead(_ descriptor: Int32, _ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Int {
        let buffer = UnsafeMutableRawBufferPointer(rebasing: bytes)
        #if canImport(Glibc)
            return Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            return Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func unsafeWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
