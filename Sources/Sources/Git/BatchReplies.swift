import Model
import Subprocess

/// The replies of `git cat-file --batch`: `<id> <type> <size>`, a line feed, the content, a line feed; or `<name> missing`.
struct BatchReplies {
    private var source: SubprocessOutputSequence.Iterator
    private var buffer: [UInt8] = []
    private var position = 0

    init(_ output: SubprocessOutputSequence) { source = output.makeAsyncIterator() }

    /// The next reply, or nil when the process has ended. After `tooLarge` the content is still to come: stop there.
    mutating func next(limit: Int) async throws -> ObjectReader.Object? {
        guard let line = try await line() else { return nil }
        if line.hasSuffix(" missing") || line.hasSuffix(" ambiguous") { return .missing }
        let fields = line.split(separator: " ")
        guard fields.count == 3, let size = Int(fields[2]), size >= 0 else {
            throw PlumbError(.storeDamaged, "git cat-file answered \(line.quoted).")
        }
        guard size <= limit else { return .tooLarge(id: String(fields[0]), size: size) }
        guard let bytes = try await bytes(size + 1) else { return nil }
        return .found(id: String(fields[0]), type: String(fields[1]), bytes: Array(bytes.dropLast()))
    }

    private mutating func line() async throws -> String? {
        while true {
            if let end = buffer[position...].firstIndex(of: 0x0a) {
                defer { position = end + 1 }
                return String(decoding: buffer[position..<end], as: UTF8.self)
            }
            guard buffer.count - position < 8192 else {
                throw PlumbError(.storeDamaged, "git cat-file answered with a line of more than 8 KiB.")
            }
            guard try await fill() else { return nil }
        }
    }

    private mutating func bytes(_ count: Int) async throws -> ArraySlice<UInt8>? {
        if buffer.count - position < count { buffer.reserveCapacity(min(count + position, 64 << 20)) }
        while buffer.count - position < count {
            guard try await fill() else { return nil }
        }
        defer { position += count }
        return buffer[position..<position + count]
    }

    private mutating func fill() async throws -> Bool {
        if position == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
            position = 0
        } else if position > 1 << 20 {
            buffer.removeFirst(position)
            position = 0
        }
        guard let part = try await source.next() else { return false }
        part.withUnsafeBytes { buffer += $0 }
        return true
    }
}
