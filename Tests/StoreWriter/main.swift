import Glibc
import Manifests
import Model
import Store

// Writes batch after batch to the store at the path given, and says on stdout which ones are stored, until it is killed.
// The first line says that the store is open.

func acknowledge(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
}

let store = try await Store.open(at: CommandLine.arguments[1])
let first = (try await store.states()["app"]?["batch"]?.integer ?? 0) + 1
acknowledge("open")
for batch in first..<first + 100_000 {
    let time = "2026-01-31T18:00:00.000Z"
    let events = (0..<5).map { index in
        StoreChange.record(Event(time: time, application: "app", kind: .updated, message: "\(batch) \(index)"))
    }
    let operation = OperationRecord(id: "operation-\(batch)", application: "app", cause: .drift, phase: .succeeded, startedAt: time)
    _ = try await store.write(events + [.operation(operation), .state(["batch": .integer(batch)], of: "app")])
    acknowledge("\(batch)")
}
