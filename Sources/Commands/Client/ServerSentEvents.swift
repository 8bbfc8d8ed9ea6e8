import Model

/// Reads a stream of server-sent events, however it is cut into pieces.
struct ServerSentEvents {
    /// What an empty line ends: data lines joined by line breaks. A comment or any other field alone has no data.
    struct Message: Hashable {
        var id: String?
        var data: String
    }

    /// In bytes, for one line and for the data of one message.
    static let limit = 4 << 20

    private var line: [UInt8] = []
    private var id: String?
    private var data: [String] = []
    private var size = 0
    private var afterReturn = false

    /// The messages that end in `bytes`. Throws `limit` where a line or a message never ends.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [Message] {
        var messages: [Message] = []
        for byte in bytes {
            let isLineFeed = byte == UInt8(ascii: "\n")
            let isSecondHalf = isLineFeed && afterReturn
            afterReturn = byte == UInt8(ascii: "\r")
            if isSecondHalf { continue }
            guard isLineFeed || afterReturn else {
                line.append(byte)
                size += 1
                if size > Self.limit { throw PlumbError(.limit, "A message of the operator's event stream is too large.") }
                continue
            }
            if let message = endLine() { messages.append(message) }
        }
        return messages
    }

    private mutating func endLine() -> Message? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        if text.isEmpty { return endMessage() }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1] : ""
        switch parts[0] {
        case "data": data.append(String(value))
        case "id": id = String(value)
        default: break
        }
        return nil
    }

    private mutating func endMessage() -> Message? {
        defer {
            data = []
            size = 0
        }
        return data.isEmpty ? nil : Message(id: id, data: data.joined(separator: "\n"))
    }
}
