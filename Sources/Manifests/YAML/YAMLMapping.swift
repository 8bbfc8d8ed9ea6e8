/// Collects the members of one mapping, and what is merged into it.
struct YAMLMapping {
    private let file: String
    private var members: [Object.Member] = []
    private var lines: [Int] = []
    private var merged: Object?
    private var mergeLine: Int?

    init(file: String) { self.file = file }

    mutating func append(_ value: Value, for key: String, line: Int) {
        members.append(Object.Member(key: key, value: value))
        lines.append(line)
    }

    /// Takes the value of `<<`: a mapping, or a list of them of which an earlier one wins.
    mutating func merge(_ value: Value, line: Int) throws(ManifestError) {
        if mergeLine != nil { throw duplicate(YAMLScalar.mergeKey, line: line) }
        mergeLine = line
        var result = Object()
        for source in value.array?.reversed() ?? [value] {
            guard case .object(let object) = source else {
                throw ManifestError(
                    "\"<<\" merges a mapping or a list of mappings, not \(source.typeName)", at: Origin(file: file, line: line))
            }
            for member in object { result[member.key] = member.value }
        }
        merged = result
    }

    func object() throws(ManifestError) -> Object {
        var repeated: String?
        let written = Object(unsorted: members) { repeated = $0 }
        if let repeated, let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(repeated.utf8) }) {
            throw duplicate(repeated, line: lines[index])
        }
        guard var result = merged else { return written }
        for member in written { result[member.key] = member.value }
        return result
    }

    private func duplicate(_ key: String, line: Int) -> ManifestError {
        ManifestError("the key \(key.quoted) occurs twice in one mapping; remove one of them", at: Origin(file: file, line: line))
    }
}
