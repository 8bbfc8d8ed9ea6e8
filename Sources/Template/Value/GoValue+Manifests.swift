package import Manifests

extension GoValue {
    /// The value as Helm's templates get it from YAML or JSON: every number is a `float64`.
    package init(_ value: Value) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .integer(let integer): self = .float(Double(integer))
        case .double(let double): self = .float(double)
        case .string(let string): self = .string(string)
        case .array(let elements): self = .list(elements.map { GoValue($0) })
        case .object(let object): self = .map(GoMap(object))
        }
    }
}

extension GoValue {
    /// The value as Go's clients of Kubernetes decode an object: whole numbers are `int64`.
    package init(ofAPI value: Value) {
        switch value {
        case .integer(let integer): self = .int64(integer)
        case .array(let elements): self = .list(elements.map { GoValue(ofAPI: $0) })
        case .object(let object): self = .map(GoMap(object.members.map { ($0.key, GoValue(ofAPI: $0.value)) }))
        case .null, .bool, .double, .string: self = GoValue(value)
        }
    }
}

extension GoMap {
    package convenience init(_ object: Object, kind: Kind = .any) {
        self.init(kind)
        append(object.members.map { Entry(key: $0.key, value: GoValue($0.value)) })
    }
}
