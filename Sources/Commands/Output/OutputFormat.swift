import ArgumentParser
import Manifests

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, json, yaml

    /// A value as text; the table is the caller's.
    func print(_ value: Value, table: () -> String) {
        switch self {
        case .table: Console.out(table())
        case .json: Console.out(String(decoding: JSON.serialize(value, pretty: true), as: UTF8.self))
        case .yaml: Console.out(YAML.serialize(value), isWhole: true)
        }
    }
}

struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .long], help: "How to print the result: table, json or yaml.")
    var output: OutputFormat = .table
}

extension String {
    func dropLast(while isDropped: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, isDropped(last) { text = text.dropLast() }
        return text
    }
}
