import Model

/// Reads the regular files of a tar archive: ustar, with GNU's and pax's long names.
enum Tar {
    static func files(_ bytes: [UInt8], limit: Int) throws -> [(path: String, content: [UInt8])] {
        var files: [(String, [UInt8])] = []
        var position = 0
        var longName: String?
        while position + 512 <= bytes.count {
            let header = bytes[position..<position + 512]
            if header.allSatisfy({ $0 == 0 }) { break }
            let start = header.startIndex
            guard let size = number(header[(start + 124)..<(start + 136)]), size >= 0, size <= bytes.count - position - 512 else {
                throw PlumbError(.invalid, "The archive ends too early, or is damaged.")
            }
            let content = Array(bytes[(position + 512)..<(position + 512 + size)])
            position += 512 + (size + 511) / 512 * 512
            switch header[start + 156] {
            case UInt8(ascii: "L"): longName = text(content[...])
            case UInt8(ascii: "x"): longName = paxPath(content) ?? longName
            case UInt8(ascii: "0"), 0, UInt8(ascii: "7"):
                files.append((longName ?? name(header), content))
                longName = nil
                guard files.count <= limit else { throw PlumbError(.limit, "The archive holds more than \(limit) files.") }
            default: longName = nil
            }
        }
        return files
    }

    private static func name(_ header: ArraySlice<UInt8>) -> String {
        let start = header.startIndex
        let name = text(header[start..<(start + 100)])
        let isUstar = header[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8)
        let prefix = isUstar ? text(header[(start + 345)..<(start + 500)]) : ""
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            return field.suffix(8).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.filter { (0x30...0x37).contains($0) }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// Lines of the form `LENGTH KEY=VALUE`.
    private static func paxPath(_ content: [UInt8]) -> String? {
        var rest = content[...]
        while let space = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > space + 1 - rest.startIndex, length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            if record.starts(with: "path=".utf8) { return String(decoding: record.dropFirst(5), as: UTF8.self) }
            rest = rest.dropFirst(length)
        }
        return nil
    }
}
