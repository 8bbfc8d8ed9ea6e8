import Manifests
import Model

/// Which parts of a list or mapping some keyword has looked at: what is left is for `unevaluatedItems` and
/// `unevaluatedProperties`.
struct SeenParts {
    var names: Set<String> = []
    var indices: Set<Int> = []

    mutating func formUnion(_ other: SeenParts) {
        if !other.names.isEmpty { names.formUnion(other.names) }
        if !other.indices.isEmpty { indices.formUnion(other.indices) }
    }
}

extension SchemaValidator {
    // MARK: Lists

    mutating func check(
        list elements: [Value], _ schema: SchemaKeywords, _ path: String, _ depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        if let least = schema["minItems"]?.integer, elements.count < least {
            problems.append(
                Problem(path: path, message: "minItems: got \(elements.count), want \(least)"))
        }
        if let most = schema["maxItems"]?.integer, elements.count > most {
            problems.append(Problem(path: path, message: "maxItems: got \(elements.count), want \(most)"))
        }
        if schema["uniqueItems"]?.bool == true {
            for (index, element) in elements.enumerated() {
                if let first = elements[..<index].firstIndex(where: { Self.areEqual($0, element) }) {
                    problems.append(Problem(path: path, message: "items at \(first) and \(index) are equal"))
                    break
                }
            }
        }
        let tuple = schema["prefixItems"]?.array ?? schema["items"]?.array
        let rest =
            schema["prefixItems"] != nil || tuple == nil ? schema["items"] : schema["additionalItems"]
        for (index, element) in elements.enumerated() {
            let part = tuple.flatMap { index < $0.count ? $0[index] : nil } ?? rest
            guard let part else { continue }
            if tracksSeen { seen.indices.insert(index) }
            problems += try check(element, part, path: "\(path)/\(index)", depth: depth)
        }
        if let part = schema["contains"] {
            var count: Int64 = 0
            for (index, element) in elements.enumerated()
            where try fits(element, part, path: "\(path)/\(index)", depth: depth) {
                count += 1
                if tracksSeen, schema.dialect == .draft2020 { seen.indices.insert(index) }
            }
            let least = schema["minContains"]?.integer ?? 1
            if count < least {
                problems.append(Problem(path: path, message: "no items match contains schema"))
            }
            if let most = schema["maxContains"]?.integer, count > most {
                problems.append(
                    Problem(
                        path: path,
                        message: "max \(most) items required to match contains schema, but found \(count)"))
            }
        }
        if let part = schema["unevaluatedItems"] {
            for (index, element) in elements.enumerated() where seen.indices.insert(index).inserted {
                problems += try check(element, part, path: "\(path)/\(index)", depth: depth)
            }
        }
        return problems
    }

    // MARK: Mappings

    mutating func check(
        object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter {
            object[$0] == nil
        }
        if !missing.isEmpty {
            let names = missing.map { "'\($0)'" }.joined(separator: ", ")
            problems.append(
                Problem(
                    path: path,
                    message: missing.count == 1 ? "missing property \(names)" : "missing properties \(names)")
            )
        }
        if let least = schema["minProperties"]?.integer, object.count < least {
            problems.append(
                Problem(path: path, message: "minProperties: got \(object.count), want \(least)"))
        }
        if let most = schema["maxProperties"]?.integer, object.count > most {
            problems.append(
                Problem(path: path, message: "maxProperties: got \(object.count), want \(most)"))
        }
        problems += try checkMembers(object, schema, path, depth, &seen)
        problems += try checkDependencies(object, schema, path, depth, &seen)
        if let part = schema["unevaluatedProperties"] {
            for member in object where seen.names.insert(member.key).inserted {
                problems += try check(member.value, part, path: "\(path)/\(member.key)", depth: depth)
            }
        }
        return problems
    }

    private mutating func checkMembers(
        _ object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        var additional: [String] = []
        for member in object {
            let own = "\(path)/\(member.key)"
            var isKnown = false
            if let part = schema["properties"]?.object?[member.key] {
                isKnown = true
                problems += try check(member.value, part, path: own, depth: depth)
            }
            for pattern in schema["patternProperties"]?.object?.members ?? []
            where try matches(member.key, pattern.key) {
                isKnown = true
                problems += try check(member.value, pattern.value, path: own, depth: depth)
            }
            if let names = schema["propertyNames"],
                !(try fits(.string(member.key), names, path: own, depth: depth))
            {
                problems.append(Problem(path: path, message: "invalid propertyName '\(member.key)'"))
            }
            if tracksSeen, isKnown || schema["additionalProperties"] != nil {
                seen.names.insert(member.key)
            }
            guard !isKnown, let rest = schema["additionalProperties"] else { continue }
            if rest == .bool(false) {
                additional.append("'\(member.key)'")
            } else {
                problems += try check(member.value, rest, path: own, depth: depth)
            }
        }
        if !additional.isEmpty {
            let names = additional.joined(separator: ", ")
            problems.append(Problem(path: path, message: "additional properties \(names) not allowed"))
        }
        return problems
    }

    private mutating func checkDependencies(
        _ object: Object, _ schema: SchemaKeywords, _ path: String, _ depth: Int, _ seen: inout SeenParts
    ) throws -> [Problem] {
        var problems: [Problem] = []
        for key in ["dependencies", "dependentRequired", "dependentSchemas"] {
            for member in schema[key]?.object?.members ?? [] where object[member.key] != nil {
                if let needed = member.value.array {
                    for name in needed.compactMap(\.string) where object[name] == nil {
                        problems.append(
                            Problem(
                                path: path, message: "properties '\(name)' required, if '\(member.key)' exists"))
                    }
                } else {
                    problems += try check(.object(object), member.value, path: path, depth: depth, &seen)
                }
            }
        }
        return problems
    }
}
