/// sprig's functions on the types of values, and on whether there is one.
enum TypeFunctions {
    static let functions: [String: GoFunction] = [
        "default": GoFunction([.any], variadic: .any) { $0.count > 1 && $0[1].isTrue ? $0[1] : $0[0] },
        "empty": GoFunction([.any]) { .bool(!$0[0].isTrue) },
        "coalesce": GoFunction(variadic: .any) { $0.values.first { $0.isTrue } ?? .null },
        "all": GoFunction(variadic: .any) { .bool($0.values.allSatisfy(\.isTrue)) },
        "any": GoFunction(variadic: .any) { .bool($0.values.contains(where: \.isTrue)) },
        "ternary": GoFunction([.any, .any, .bool]) { $0.bool(2) ? $0[0] : $0[1] },
        "typeOf": GoFunction([.any]) { .string($0[0].typeName) },
        "typeIs": GoFunction([.string, .any]) { .bool($0[1].typeName == $0.string(0)) },
        "typeIsLike": GoFunction([.string, .any]) { .bool($0[1].typeName == $0.string(0) || $0[1].typeName == "*" + $0.string(0)) },
        "kindOf": GoFunction([.any]) { .string($0[0].kindName) },
        "kindIs": GoFunction([.string, .any]) { .bool($0[1].kindName == $0.string(0)) },
        "deepEqual": GoFunction([.any, .any]) { .bool(DeepEquality.areEqual($0[0], $0[1])) },
        "getHostByName": GoFunction([.string]) { _ in .string("") },
    ]
}
