import Model

/// What each operation of a plan has to wait for, found once: a plan has thousands of operations and as many steps.
struct Requirements: Sendable {
    enum Readiness: Sendable, Hashable { case ready, waiting, blocked(String) }

    private let required: [Int: Set<ResourceKey>]
    /// The operations that write an object; a hook of several phases has several.
    private let writers: [ResourceKey: [Int]]
    /// Objects that the plan cannot write.
    private let unwritable: Set<ResourceKey>
    private let stages: [Int: Int]

    init(of plan: Plan, in stages: [Stage]) {
        var required: [Int: Set<ResourceKey>] = [:]
        var writers: [ResourceKey: [Int]] = [:]
        for (index, operation) in plan.operations.enumerated() where operation.isDue && operation.action != .delete {
            writers[operation.key, default: []].append(index)
            if let keys = operation.desired?.requires, !keys.isEmpty { required[index] = keys }
        }
        self.required = required
        self.writers = writers
        self.unwritable = Set(plan.blocked.filter { $0.action != .delete }.map(\.key))
        self.stages = Dictionary(
            stages.enumerated().flatMap { position, stage in stage.operations.map { ($0, position) } }, uniquingKeysWith: { $1 })
    }

    /// Whether the operation can begin in the stage `current`, and why it never can.
    func readiness(of index: Int, at current: Int, _ statuses: [Int: SyncMachine.Status]) -> Readiness {
        var result = Readiness.ready
        for key in required[index] ?? [] {
            if unwritable.contains(key) { return .blocked("\(key) could not be written") }
            let writers = (writers[key] ?? []).filter { $0 != index }
            let begun = writers.filter { (stages[$0] ?? 0) <= current }
            if begun.isEmpty, !writers.isEmpty { return .blocked("\(key) is written only later") }
            for writer in begun {
                switch statuses[writer] {
                case .failed, .blocked: return .blocked("\(key) failed")
                case .waiting, .running: result = .waiting
                case .done, .pending, nil: break
                }
            }
        }
        return result
    }
}
