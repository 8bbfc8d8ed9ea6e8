import Manifests
import TestSupport

/// What `plumb … -o json` said, in words short enough to compare.
struct Outcome: CustomStringConvertible {
    let status: Int32
    let value: Value
    let errors: String
    private let output: String
    private let namespace: String

    init(_ output: ProcessOutput, namespace: String) throws {
        status = output.status
        errors = output.stderr
        self.output = output.stdout
        self.namespace = namespace
        // A command that fails before its result says nothing on stdout.
        value = output.stdout.isEmpty ? .null : try JSON.parse(Array(output.stdout.utf8))
    }

    var text: String { output + errors }
    var description: String { "status \(status)\n\(text)" }

    var digest: String { value["digest"]?.string ?? "" }
    var operations: [Value] { value["operations"]?.array ?? [] }

    /// `update ConfigMap a: changed`, `delete ConfigMap b: removed, held`: all but what is unchanged, in the plan's order.
    var changes: [String] {
        operations.filter { $0["action"]?.string != "unchanged" || $0["cause"]?.string != "same" }.map { operation in
            let state = operation["state"]?.string ?? ""
            return "\(operation["action"]?.string ?? "") \(name(operation)): \(operation["cause"]?.string ?? "")"
                + (state == "ready" ? "" : ", \(state)")
        }
    }

    /// `ConfigMap a created`, …: every operation with how it went, sorted.
    var results: [String] { operations.map { "\(name($0)) \($0["result"]?.string ?? "")" }.sorted() }

    func results(_ result: String) -> [String] {
        operations.filter { $0["result"]?.string == result }.map(name).sorted()
    }

    func changes(_ action: String) -> [String] {
        operations.filter { $0["action"]?.string == action }.map(name).sorted()
    }

    /// Why the first operation on `key` is as it is.
    func reason(_ key: String) -> String? {
        operations.first { name($0) == key && $0["reason"] != nil }?["reason"]?.string
    }

    /// `/data/color: red → blue by somebody`
    var fields: [String] {
        operations.flatMap { $0["fields"]?.array ?? [] }.map { field in
            "\(field["path"]?.string ?? ""): \(field["old"]?.string ?? "-") → \(field["new"]?.string ?? "-")"
                + (field["manager"]?.string).map { " by \($0)" }.orEmpty
        }
    }

    private func name(_ operation: Value) -> String {
        (operation["key"]?.string ?? "").replacing("\(namespace)/", with: "")
    }
}

extension String? {
    fileprivate var orEmpty: String { self ?? "" }
}
