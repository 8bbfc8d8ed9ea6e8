import Manifests
import Model

/// Files of values: YAML of one document or more.
enum ValuesFile {
    /// The mappings of all documents, a later one over an earlier one. Throws `invalid` for what is none.
    static func parse(_ bytes: [UInt8], file: String) throws -> Object {
        // JSON may write characters as two escapes, which YAML has not.
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), case .object(let object)? = try? JSON.parse(bytes) {
            return object
        }
        var values = Object()
        for document in try documents(bytes, file: file) {
            switch try YAML.first(document, file: file, dialect: .helm) {
            case nil: continue
            case .object(let object)?: merge(object, into: &values)
            case let other?: throw PlumbError(.invalid, "\(file) holds \(other.typeName), and values are a mapping.")
            }
        }
        return values
    }

    /// The text between lines that begin with `---`. Each line gets an end, the last one too: a block at the end of a file
    /// has its line break even where the file has none. Lines before a document stay, empty, for the sake of errors.
    private static func documents(_ bytes: [UInt8], file: String) throws -> [[UInt8]] {
        var documents: [[UInt8]] = []
        var current: [UInt8] = []
        var isEmpty = true
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty, line.endIndex == bytes.endIndex { break }
            if line.starts(with: [0x2D, 0x2D, 0x2D]) {
                let rest = String(decoding: line.dropFirst(3), as: UTF8.self).trimmed
                guard rest.isEmpty || rest.hasPrefix("#") else {
                    throw PlumbError(
                        .invalid, "\(file):\(number + 1): behind the --- there is \(rest.quoted), which belongs on the next line.")
                }
                if !isEmpty {
                    documents.append(current)
                    current = Array(repeating: 0x0A, count: number + 1)
                    isEmpty = true
                    continue
                }
            }
            current.append(contentsOf: line.last == 0x0D && line.endIndex < bytes.endIndex ? line.dropLast() : line)
            current.append(0x0A)
            isEmpty = false
        }
        return isEmpty ? documents : documents + [current]
    }

    private static func merge(_ new: Object, into values: inout Object) {
        for member in new {
            if case .object(let inner) = member.value, case .object(var own)? = values[member.key] {
                merge(inner, into: &own)
                values[member.key] = .object(own)
            } else {
                values[member.key] = member.value
            }
        }
    }
}
