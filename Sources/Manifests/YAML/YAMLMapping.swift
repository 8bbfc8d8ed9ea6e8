/// Collects the members of one mapping, and what is merged into it.
struct YAMLMapping {
    private let file: String
    /// Whatever stands later counts, merged or written.
    private let isLenient: Bool
    private var members: [Object.Member] = []
    private var lines: [Int] = []
    private var merged: Object?
    private var mergeLine: Int?
    private var writtenTemplates: [[ValuePath.Segment]] = []
    /// By the merged member that they are in.
    private var mergedTemplates: [String: [[ValuePath.Segment]]] = [:]

    init(file: String, isLenient: Bool = false) {
        self.file = file
        self.isLenient = isLenient
    }

    /// Paths of scalars, as `YAMLComposer.Node` has them. What is written hides what is merged.
    var templates: [[ValuePath.Segment]] {
        if mergedTemplates.isEmpty { return writtenTemplates }
        let written = Set(members.map(\.key))
        return writtenTemplates + mergedTemplates.filter { !written.contains($0.key) }.flatMap(\.value)
    }

    mutating func append(_ value: Value, templates: [[ValuePath.Segment]], for key: String, line: Int) {
        if isLenient { writtenTemplates.removeAll { $0.last == .key(key) } }
        writtenTemplates += templates.map { $0 + [.key(key)] }
        members.append(Object.Member(key: key, value: value))
        lines.append(line)
    }

    /// Takes the value of `<<`: a mapping, or a list of them of which an earlier one wins.
    mutating func merge(_ value: Value, templates: [[ValuePath.Segment]], line: Int) throws(ManifestError) {
        if mergeLine != nil, !isLenient { throw duplicate(YAMLScalar.mergeKey, line: line) }
        mergeLine = line
        var result = Object()
        let sources = value.array.map { Array($0.enumerated()) } ?? [(offset: -1, element: value)]
        for (index, source) in sources.reversed() {
            guard case .object(let object) = source else {
                throw ManifestError(
                    "\"<<\" merges a mapping or a list of mappings, not \(source.typeName)", at: Origin(file: file, line: line))
            }
            if result.isEmpty {
                result = object
            } else {
                for member in object { result[member.key] = member.value }
            }
            if !mergedTemplates.isEmpty { for member in object { mergedTemplates[member.key] = nil } }
            let inSource = index < 0 ? templates : templates.filter { $0.last == .index(index) }.map { Array($0.dropLast()) }
            for path in inSource {
                if case .key(let key)? = path.last { mergedTemplates[key, default: []].append(path) }
            }
        }
        guard isLenient else {
            merged = result
            return
        }
        for member in result {
            append(
                member.value, templates: mergedTemplates[member.key]?.map { Array($0.dropLast()) } ?? [], for: member.key,
                line: line)
        }
        mergedTemplates = [:]
    }

    func object() throws(ManifestError) -> Object {
        var repeated: String?
        let written = Object(unsorted: members) { repeated = $0 }
        if isLenient { return written }
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
