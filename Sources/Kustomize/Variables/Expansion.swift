import Manifests

/// Puts the values of variables where a text says `$(NAME)`; `$$` is a dollar sign.
struct Expansion {
    let values: [String: Value]

    /// The text with the values in it. One that is nothing but a variable becomes its value, type and all.
    func expand(_ text: String) -> Value {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var next = 0
        while next < bytes.count {
            guard bytes[next] == UInt8(ascii: "$"), next + 1 < bytes.count else {
                result.append(bytes[next])
                next += 1
                continue
            }
            switch bytes[next + 1] {
            case UInt8(ascii: "$"): result.append(UInt8(ascii: "$"))
            case UInt8(ascii: "("):
                guard let end = bytes[next...].firstIndex(of: UInt8(ascii: ")")) else {
                    result += bytes[next...(next + 1)]
                    break
                }
                let value = scalar(String(decoding: bytes[(next + 2)..<end], as: UTF8.self))
                if let value, next == 0, end == bytes.count - 1 { return value }
                result += value?.scalarText.map { Array($0.utf8) } ?? Array(bytes[next...end])
                next = end + 1
                continue
            default: result += bytes[next...(next + 1)]
            }
            next += 2
        }
        return .string(String(decoding: result, as: UTF8.self))
    }

    private func scalar(_ name: String) -> Value? {
        switch values[name] {
        case .string?, .integer?, .double?, .bool?: values[name]
        default: nil
        }
    }
}

/// Expands the variables of a build in the fields where they count.
enum Variables {
    static func expand(_ variables: [Variable], in set: inout ResourceSet, fields: [FieldSpec]) throws {
        guard !variables.isEmpty else { return }
        var values: [String: Value] = [:]
        for variable in variables { values[variable.name] = try variable.value(in: set) }
        let expansion = Expansion(values: values)
        for index in set.resources.indices {
            try set.resources[index].update(fields) { value throws(ManifestError) in try expand(&value, expansion) }
        }
    }

    private static func expand(_ value: inout Value, _ expansion: Expansion) throws(ManifestError) {
        switch value {
        case .string(let text): value = expansion.expand(text)
        case .object(let members):
            value = .object(members.mapValues { $0.string.map(expansion.expand) ?? $0 })
        case .array(let elements):
            var result: [Value] = []
            for element in elements {
                guard let text = element.string else {
                    throw ManifestError("variables are looked for in a list of texts, but it holds \(element.typeName)")
                }
                result.append(expansion.expand(text))
            }
            value = .array(result)
        default: return
        }
    }
}
