import Model
import NIOPosix
import SystemPackage

/// Reads small files off the cooperative pool.
enum LocalFile {
    /// Throws the `Errno` of the system, or a `PlumbError` for a file beyond `limit` bytes.
    static func read(_ path: FilePath, limit: Int) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                var bytes: [UInt8] = []
                let size = 64 << 10
                while true {
                    let chunk = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                    }
                    if chunk.isEmpty { return bytes }
                    bytes += chunk
                    if bytes.count > limit {
                        throw PlumbError(.limit, "The file \(path.string.quoted) is larger than \(limit) bytes.")
                    }
                }
            }
        }
    }

    /// The bearer token in a file, as the value of a header.
    static func token(_ path: FilePath) async throws -> Secret {
        do {
            let text = String(decoding: try await read(path, limit: 1 << 20), as: UTF8.self)
            return try Credential.bearer(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()))
        } catch let error as Errno {
            throw PlumbError(.denied, "The token file \(path.string.quoted) cannot be read: \(error).")
        } catch let error as PlumbError where error.code == .invalid {
            throw PlumbError(.denied, "The token file \(path.string.quoted) cannot be used: \(error.message).")
        }
    }
}
