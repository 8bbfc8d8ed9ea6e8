extension GoPrinter {
    private static let maximumDepth = 200

    mutating func format(_ list: GoList, _ verb: Character, _ depth: Int) {
        guard depth < Self.maximumDepth else { return write("...") }
        if list.element == .byte, ["s", "q", "x", "X"].contains(verb) {
            return print(.text(list.bytes), verb: verb)
        }
        let open: String
        if flags.goSyntax {
            write(list.typeName)
            if list.isNil { return write("(nil)") }
            open = "{"
        } else {
            open = "["
        }
        write(open)
        for (index, element) in list.elements.enumerated() {
            if index > 0 { write(flags.goSyntax ? ", " : " ") }
            printElement(element, verb, depth)
        }
        write(open == "{" ? "}" : "]")
    }

    mutating func format(_ map: GoMap, _ verb: Character, _ depth: Int) {
        guard depth < Self.maximumDepth else { return write("...") }
        if flags.goSyntax {
            write(map.typeName)
            if map.isNil { return write("(nil)") }
            write("{")
        } else {
            write("map[")
        }
        for (index, entry) in map.entries.enumerated() {
            if index > 0 { write(flags.goSyntax ? ", " : " ") }
            print(.string(entry.key), verb: verb)
            write(":")
            printElement(entry.value, verb, depth)
        }
        write(flags.goSyntax ? "}" : "]")
    }

    mutating func format(_ object: any GoObject, _ verb: Character, _ depth: Int) {
        if let text = object.text, !flags.goSyntax, depth == 0 || !object.isStructure, ["v", "s", "q", "x", "X"].contains(verb) {
            return print(.string(text), verb: verb)
        }
        switch object.content {
        case .list(let list): format(list, verb, depth)
        case .map(let map): format(map, verb, depth)
        case .int(let value): print(.int(value, .int), verb: verb)
        case .structure(let fields):
            // A pointer shows what it points to, and deeper inside its address, which is another one each time.
            let isPointer = depth == 0 && object.typeName.hasPrefix("*")
            write((isPointer ? "&" : "") + (flags.goSyntax ? object.typeName.drop { $0 == "*" } : "") + "{")
            for (index, field) in fields.enumerated() {
                if index > 0 { write(flags.goSyntax ? ", " : " ") }
                if flags.fieldNames || flags.goSyntax { write(field.name + ":") }
                printElement(field.value, verb, depth)
            }
            write("}")
        }
    }

    private mutating func printElement(_ value: GoValue, _ verb: Character, _ depth: Int) {
        if value.isAbsent {
            if flags.goSyntax {
                write("interface {}(nil)")
            } else {
                write("<nil>")
            }
        } else {
            print(value, verb: verb, depth: depth + 1)
        }
    }
}

extension GoObject {
    fileprivate var isStructure: Bool { if case .structure = content { true } else { false } }
}

extension GoList {
    var bytes: [UInt8] {
        elements.map { if case .int(let value, _) = $0 { UInt8(truncatingIfNeeded: value) } else { 0 } }
    }
}
