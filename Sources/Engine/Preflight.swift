import Manifests
import Model

/// A plan that touches existing objects is rehearsed whole before its first write, so that a revision that cannot be
/// applied changes nothing.
struct Preflight {
    let target: any Target
    let concurrency: Int

    static func isDue(for plan: Plan, _ policy: SyncPolicy.Preflight) -> Bool {
        switch policy {
        case .always: return !plan.due.isEmpty
        case .never: return false
        case .updates:
            // Reverting drift writes what was accepted before.
            return plan.operations.contains { operation in
                [.update, .replace, .adopt].contains(operation.action) && operation.cause != .drift && !operation.isBlocked
            }
        }
    }

    /// The plan with the fields that each write would change. Throws one error that names all that were refused.
    func rehearse(_ planned: PlannedSync) async throws -> Plan {
        let (target, context) = (target, planned.context)
        let rehearsed = planned.plan.operations.indices.filter { isRehearsed(planned.plan.operations[$0]) }
        let results = try await Bounded.map(rehearsed.map { planned.plan.operations[$0] }, limit: concurrency) { operation in
            await Self.rehearse(operation, on: target, context)
        }
        try Task.checkCancellation()

        var plan = planned.plan
        var failures: [Int: any Error] = [:]
        for (index, result) in zip(rehearsed, results) {
            switch result {
            case .success(let rehearsal): if let rehearsal { plan.operations[index].fields = rehearsal.fields }
            case .failure(let error): failures[index] = error
            }
        }
        if !failures.isEmpty { throw refusal(failures, plan) }
        return plan
    }

    private static func rehearse(
        _ operation: Operation, on target: any Target, _ context: SyncContext
    ) async -> Result<Rehearsal?, any Error> {
        guard let write = Write(operation) else { return .success(nil) }
        do { return .success(try await target.rehearse(write, context)) } catch { return .failure(error) }
    }

    private func isRehearsed(_ operation: Operation) -> Bool {
        if case .unverified = operation.state { return false }
        return !operation.isBlocked && !operation.isKept && [.create, .update, .adopt].contains(operation.action)
    }

    private func refusal(_ failures: [Int: any Error], _ plan: Plan) -> PlumbError {
        let lines = failures.sorted { $0.key < $1.key }.map { index, error in
            // Most errors of a write name the object and its place by themselves.
            if "\(error)".contains("\(plan.operations[index].key)") { return "\(error)" }
            let origin = plan.operations[index].desired?.manifest.origin.description
            return "\(plan.operations[index].key)\(origin.map { " (\($0))" } ?? ""): \(error)"
        }
        let first = failures.min { $0.key < $1.key }?.value as? PlumbError
        return PlumbError(
            first?.code ?? .failed,
            "\(target.place) refuses \(lines.count == 1 ? "an object" : "\(lines.count) objects"); nothing was changed.\n  "
                + lines.joined(separator: "\n  "))
    }
}

extension Write {
    /// nil for an operation that writes nothing.
    init?(_ operation: Operation) {
        guard let desired = operation.desired else { return nil }
        let mode: Mode? =
            switch operation.action {
            case .create: .create
            case .update: .update
            case .adopt: .adopt
            case .replace: .replace
            case .run: .hook
            case .delete, .unchanged: nil
            }
        guard let mode else { return nil }
        self.init(desired: desired, mode: mode, uid: operation.uid)
    }
}
