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

extension GoMap {
    package convenience init(_ object: Object, kind: Kind = .any) {
        self.init(kind)
        append(object.members.map { Entry(key: $0.key, value: GoValue($0.value)) })
    }
}
